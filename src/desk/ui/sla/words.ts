import type { Entry, Metric, What } from '../../sla/model.ts'

/** Promises in words. */

export const metricNames: Readonly<Record<Metric, string>> = { firstReply: 'First reply', nextReply: 'Next reply', resolution: 'Resolution' }

export type PromiseTone = 'quiet' | 'soon' | 'late' | 'done' | 'still'

/** A promise as it arrives in the browser. */
export interface Shown {
  metric: Metric
  state: 'running' | 'paused' | 'breached' | 'met'
  dueAt: string | null
  breachedAt: string | null
  pausedFor: 'pending' | 'on_hold' | null
  share: number
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** From this share on a promise is at risk, where no policy says another. */
const RISK = 0.8

export function toneOf({ state, share }: Pick<Shown, 'state' | 'share'>): PromiseTone {
  if (state === 'breached') return 'late'
  if (state === 'paused') return 'still'
  if (state === 'met') return 'done'
  return share >= RISK ? 'soon' : 'quiet'
}

/** "25 min", "2 h 10 min", "3 d": what of it matters at a glance. */
export function span(ms: number): string {
  const size = Math.abs(ms)
  if (size < HOUR) return `${Math.max(1, Math.round(size / MINUTE))} min`
  if (size < 5 * HOUR && Math.round(size % HOUR / MINUTE) > 0 && Math.round(size % HOUR / MINUTE) < 60) return `${Math.floor(size / HOUR)} h ${Math.round(size % HOUR / MINUTE)} min`
  return size < 2 * DAY ? `${Math.round(size / HOUR)} h` : `${Math.round(size / DAY)} d`
}

/** "First reply due in 25 min", "Breached 2 h ago: next reply", "Paused: waits for the customer". */
export function promiseWords(shown: Shown, now: Date): string {
  const name = metricNames[shown.metric]
  if (shown.state === 'breached') {
    const since = shown.breachedAt === null ? '' : ` ${span(now.getTime() - Date.parse(shown.breachedAt))} ago`
    return `Breached${since}: ${name.toLowerCase()}${shown.pausedFor === null ? '' : `, ${pauseWords[shown.pausedFor]}`}`
  }
  if (shown.state === 'paused') return `Paused: ${shown.pausedFor === null ? 'stands still' : pauseWords[shown.pausedFor]}`
  if (shown.state === 'met') return shown.breachedAt === null ? `${name} in time` : `${name} was late`
  if (shown.dueAt === null) return `${name}: no opening hours ahead`
  const left = Date.parse(shown.dueAt) - now.getTime()
  return left > 0 ? `${name} due in ${span(left)}` : `${name} is due now`
}

/** For the narrow end of a row; empty where nothing presses. */
export function promiseShort(shown: Shown, now: Date): string {
  if (shown.state === 'breached') return shown.breachedAt === null ? 'late' : `${span(now.getTime() - Date.parse(shown.breachedAt)).replace(/ \d+ min$/, '')} late`
  if (shown.state !== 'running' || shown.dueAt === null) return ''
  const left = Date.parse(shown.dueAt) - now.getTime()
  return left > 0 ? span(left).replace(/ \d+ min$/, '') : 'now'
}

export const pauseWords = { pending: 'waits for the customer', on_hold: 'on hold', removed: 'out of sight', merged: 'merged into another case' } as const

const whyWords: Readonly<Record<string, string>> = {
  opened: 'the case was opened', customer: 'the customer wrote', replied: 'we replied', solved: 'the case was solved', closed: 'the case was closed', recalled: 'the reply was taken back',
  reopened: 'the case was reopened', pending: 'waits for the customer', on_hold: 'on hold', removed: 'out of sight', merged: 'merged into another case', restored: 'the case was restored',
  moved: 'messages were moved', priority: 'the priority changed', segment: 'the segment changed', policy: 'the policies changed', calendar: 'the calendar changed', queue: 'the queue changed',
  topic: 'the topic changed', team: 'the team changed', tag: 'the tags changed', kind: 'the kind changed', customerChanged: 'the customer changed', subject: 'the subject changed', due: 'the time was up',
  open: 'work goes on', participant: 'the people on it changed', case: 'the case changed',
}
const whatWords: Readonly<Record<What, string>> = {
  activated: 'Started', paused: 'Paused', resumed: 'Went on', applied: 'Changed', fulfilled: 'Kept', reopened: 'Went on', breached: 'Breached', cancelled: 'Ended',
}

/** A line of the ledger: "Paused: waits for the customer". */
export function entryWords({ what, why }: Pick<Entry, 'what' | 'why'>): string {
  if (what === 'breached') return 'Breached'
  const because = what === 'resumed' && (why === 'pending' || why === 'on_hold') ? `no longer ${why === 'pending' ? 'waits for the customer' : 'on hold'}` : whyWords[why] ?? ''
  return because === '' ? whatWords[what] : `${whatWords[what]}: ${because}`
}

/** Minutes as one writes them: `90` as `1 h 30 min`, `2400` as `40 h`. */
export function minutesWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return [hours > 0 ? `${hours} h` : '', rest > 0 || hours === 0 ? `${rest} min` : ''].filter(Boolean).join(' ')
}

/** What somebody wrote as a length: `90`, `90m`, `1h 30`, `1:30`, `2d` (of 24 hours). Null for what is none; empty is no promise. */
export function readMinutes(text: string): number | 'none' | null {
  const plain = text.trim().toLowerCase().replace(/\s+/g, ' ')
  if (plain === '' || plain === '-' || plain === '–') return 'none'
  const clock = /^(\d{1,4}):([0-5]\d)$/.exec(plain)
  if (clock) return Number(clock[1]) * 60 + Number(clock[2])
  const parts = /^(?:(\d+(?:[.,]\d+)?) ?d(?:ays?)?)? ?(?:(\d+(?:[.,]\d+)?) ?h(?:ours?|rs?)?)? ?(?:(\d+) ?(?:m(?:in(?:utes?)?)?)?)?$/.exec(plain)
  if (!parts) return null
  const number = (part: string | undefined) => (part === undefined ? 0 : Number(part.replace(',', '.')))
  const minutes = Math.round(number(parts[1]) * 1_440 + number(parts[2]) * 60 + number(parts[3]))
  return minutes > 0 && minutes <= 527_040 ? minutes : null
}
