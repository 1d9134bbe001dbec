import { duration } from '#web'
import type { Side } from '../merging/wire.ts'

type Clocked = Pick<Side, 'status' | 'askedAt' | 'dueAt'>

export const partyNames = (parties: readonly { name: string; address: string }[]): string => {
  const [first, ...others] = parties
  return first ? `${first.name || first.address}${others.length > 0 ? ` +${others.length}` : ''}` : 'Nobody'
}

/** Where it stands, as one says it: "Asked 3 d ago, due in 4 h". */
export function standingWords({ status, askedAt, dueAt }: Clocked, now: Date): { word: string; tone: 'late' | 'soon' | 'done' | 'quiet' } {
  if (status === 'done') return { word: 'Done', tone: 'done' }
  if (status === 'open') return { word: 'Answered: it is our turn', tone: 'soon' }
  const asked = askedAt === null ? 'Waits for them' : `Asked ${ago(now.getTime() - Date.parse(askedAt))}`
  if (dueAt === null) return { word: asked, tone: 'quiet' }
  const left = Date.parse(dueAt) - now.getTime()
  if (left <= 0) return { word: `${asked}, overdue by ${duration(-left)}`, tone: 'late' }
  return { word: `${asked}, due in ${duration(left)}`, tone: left < SOON_MS ? 'soon' : 'quiet' }
}

const SOON_MS = 4 * 3_600_000
const MINUTE_MS = 60_000
const ago = (ms: number): string => (ms < MINUTE_MS ? 'just now' : `${duration(ms)} ago`)

/** By when an answer is needed, in hours from now; the empty one asks for none. */
export const dueChoices = [
  { value: '', label: 'whenever they can' }, { value: '4', label: 'in 4 hours' }, { value: '24', label: 'tomorrow' }, { value: '48', label: 'in 2 days' }, { value: '120', label: 'in 5 days' }, { value: '240', label: 'in 10 days' },
] as const
export type DueChoice = (typeof dueChoices)[number]['value']

export const dueAt = (choice: string, now: Date): string | null => (choice === '' ? null : new Date(now.getTime() + Number(choice) * 3_600_000).toISOString())

/** The choice that is nearest to what a partner usually may take. */
export const choiceFor = (hours: number | null): DueChoice => dueChoices.find(({ value }) => value !== '' && Number(value) >= (hours ?? 48))?.value ?? '240'

/** Addresses as people write them: with commas, spaces or on lines, with names before them or not. */
export function addressesIn(text: string): { address: string; name?: string }[] {
  return text.split(/[,;\n]+/).map((part) => part.trim()).filter(Boolean).map((part) => {
    const named = /^(.*)<([^<>\s]+@[^<>\s]+)>$/.exec(part)
    const name = named?.[1]?.replaceAll('"', '').trim()
    return named?.[2] ? { address: named[2], ...(name ? { name } : {}) } : { address: part }
  })
}

