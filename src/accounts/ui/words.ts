import type { Segment } from '../model.ts'

/** What the screens of accounts and customers say. */

export const segmentNames: Readonly<Record<Segment, string>> = { independent: 'Independent', startup: 'Startup', smb: 'SMB', enterprise: 'Enterprise' }

const languageNames = new Intl.DisplayNames('en', { type: 'language' })

export function languageName(tag: string): string {
  try {
    return languageNames.of(tag) ?? tag
  } catch {
    return tag
  }
}

interface Person {
  name: string
  addresses: readonly string[]
  accountId: string | null
}

export const nameOf = ({ name, addresses }: Pick<Person, 'name' | 'addresses'>): string => name || addresses[0] || 'Somebody without an address'

const listWords = (words: readonly string[]) => new Intl.ListFormat('en', { type: 'conjunction' }).format(words)

/** What merging two customers does, one sentence a change. */
export function mergeWords(kept: Person, merged: Person, accountName: (id: string) => string): string[] {
  const [stays, goes] = [nameOf(kept), nameOf(merged)]
  const account = kept.accountId === null ? 'belongs to no account' : `belongs to ${accountName(kept.accountId)}`
  const moves = merged.accountId !== null && merged.accountId !== kept.accountId
  return [
    `${stays} stays: the name, language and time zone do not change, and ${stays} ${account} as before.`,
    merged.addresses.length === 0 ? `${goes} has no address to hand over.` : `${stays} gets ${listWords(merged.addresses)}. Mail from there is mail from ${stays}.`,
    `The cases of both are shown together. Nothing inside of them changes.`,
    ...(moves && merged.accountId !== null ? [`${goes} leaves ${accountName(merged.accountId)}. Cases opened for it stay with it.`] : []),
    'You can take this back at any time.',
  ]
}

/** What a merge did, for the list of merges. */
export const mergedWords = (addresses: readonly string[]): string =>
  (addresses.length === 0 ? 'no address came along' : addresses.length === 1 ? `${addresses[0]} came along` : `${addresses.length} addresses came along`)

/** What people write in, by name; a tag that is not among them still stands where it was set. */
const TAGS = [
  'ar', 'bg', 'bn', 'ca', 'cs', 'da', 'de', 'el', 'en', 'en-GB', 'en-IN', 'en-US', 'es', 'es-419', 'es-ES', 'es-MX', 'et', 'fa', 'fi', 'fil', 'fr', 'fr-CA', 'ga', 'gu', 'he', 'hi', 'hr', 'hu', 'id', 'it',
  'ja', 'kn', 'ko', 'lt', 'lv', 'ml', 'mr', 'ms', 'nb', 'nl', 'pa', 'pl', 'pt', 'pt-BR', 'pt-PT', 'ro', 'ru', 'sk', 'sl', 'sr', 'sv', 'sw', 'ta', 'te', 'th', 'tr', 'uk', 'ur', 'vi', 'zh', 'zh-Hans', 'zh-Hant',
]
export const languages = (): { tag: string; name: string }[] => TAGS.map((tag) => ({ tag, name: languageName(tag) })).toSorted((a, b) => a.name.localeCompare(b.name, 'en'))

export const zones = (): string[] => ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

/** The time of day at a place: `09:04`. */
export const timeAt = (zone: string, now: Date): string => new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(now)
