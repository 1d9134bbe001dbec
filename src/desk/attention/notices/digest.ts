import { sayNotice, type Digest } from './model.ts'
import type { Notice } from './store.ts'

/** The digest's words. Pure. */

export interface DigestWords {
  publicUrl: string
  name: string
  digest: Digest
  /** With names and the beginnings of messages. */
  words: boolean
  /** There are more than are listed. */
  more: boolean
}

const CASES_MAX = 40
const pace: Readonly<Record<Digest, string>> = { off: '', hourly: 'at most once an hour', fourHourly: 'at most once in four hours', daily: 'once a day' }

/** One line of somebody else's text. */
const line = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()

/** What is unread, by case, the newest first. Without `words` it holds nothing about people but numbers and subjects. */
export function digestOf(notices: readonly Notice[], given: DigestWords): { subject: string; text: string } {
  const groups = [...Map.groupBy(notices, (notice) => notice.case?.number ?? 0)]
  const count = notices.reduce((sum, notice) => sum + notice.count, 0)
  const first = notices[0]
  const subject = groups.length === 1 && first?.case ? `#${first.case.number} ${line(first.case.subject)}` : `${count}${given.more ? ' or more' : ''} new things in ${groups.length} ${groups.length === 1 ? 'case' : 'cases'}`
  const parts = groups.slice(0, CASES_MAX).map(([number, about]) => partOf(number, about, given))
  const rest = groups.length - CASES_MAX
  return {
    subject,
    text: [
      `Hello ${line(given.name).split(' ')[0] ?? ''},`, 'since you last looked:', ...parts, ...(rest > 0 || given.more ? ['There is more than stands here.'] : []), `All of it: ${given.publicUrl}/notices`,
      `You get this mail ${pace[given.digest]}. Choose what it tells, or end it: ${given.publicUrl}/settings/notifications`,
    ].join('\n\n'),
  }
}

function partOf(number: number, about: readonly Notice[], { publicUrl, words }: DigestWords): string {
  const head = about[0]?.case ? [`#${number} ${line(about[0].case.subject)}`] : []
  const said = about.flatMap((notice) => [`- ${sayNotice(notice, words)}`, ...(words && notice.words ? [`  ${line(notice.words)}`] : [])])
  return [...head, ...said, `  ${publicUrl}${number > 0 ? `/cases/${number}` : '/notices'}`].join('\n')
}
