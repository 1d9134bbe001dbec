import { instantOf, later, wallAt } from '../snooze/model.ts'

/** What people are told of, by which ways, and when they are left in peace. Also runs in the browser. */

export const noticeKinds = [
  'assigned', 'handOver', 'mention', 'customerReplied', 'colleagueWrote', 'slaAtRisk', 'slaBreached', 'woke', 'undelivered', 'sideAnswered', 'sideOverdue', 'bulkDone',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** In the program, in the mail digest, in both, or not at all. */
export const ways = ['app', 'mail', 'both', 'off'] as const
export type Way = (typeof ways)[number]
export type Ways = Readonly<Record<NoticeKind, Way>>

/** What is told to somebody who has chosen nothing. */
export const standardWays: Ways = {
  assigned: 'both', handOver: 'both', mention: 'both', customerReplied: 'both', colleagueWrote: 'app', slaAtRisk: 'both', slaBreached: 'both', woke: 'app', undelivered: 'both',
  sideAnswered: 'both', sideOverdue: 'both', bulkDone: 'app',
}

/** Kinds that name the person themselves: told of muted cases too. */
export const naming: ReadonlySet<NoticeKind> = new Set(['mention', 'handOver', 'assigned'])

export const digests = ['off', 'hourly', 'fourHourly', 'daily'] as const
export type Digest = (typeof digests)[number]

export interface NoticeSettings {
  ways: Ways
  digest: Digest
  /** The hour of the daily digest in the person's zone. */
  digestHour: number
  /** Minutes of the day in the person's zone; `from` may lie after `to`, over midnight. */
  quiet: { from: number; to: number } | null
  /** Send mail also while the person is at work. */
  mailWhileHere: boolean
  /** Put the beginnings of messages and names into the mail, not only numbers and subjects. */
  mailWords: boolean
  watchOnNote: boolean
  watchOnMention: boolean
}

export const standardSettings: NoticeSettings = {
  ways: standardWays, digest: 'off', digestHour: 8, quiet: null, mailWhileHere: false, mailWords: false, watchOnNote: true, watchOnMention: true,
}

export const byApp = (way: Way): boolean => way === 'app' || way === 'both'
export const byMail = (way: Way): boolean => way === 'mail' || way === 'both'

const minuteAt = (at: Date, zone: string): number => {
  const { hour, minute } = wallAt(at, zone)
  return hour * 60 + minute
}

/** Whether somebody is to be left in peace at an instant. */
export function isQuiet({ quiet }: Pick<NoticeSettings, 'quiet'>, at: Date, zone: string): boolean {
  if (!quiet || quiet.from === quiet.to) return false
  const minute = minuteAt(at, zone)
  return quiet.from < quiet.to ? minute >= quiet.from && minute < quiet.to : minute >= quiet.from || minute < quiet.to
}

/** When the quiet hours that hold at an instant are over. */
export function quietUntil(settings: Pick<NoticeSettings, 'quiet'>, at: Date, zone: string): Date {
  if (!settings.quiet || !isQuiet(settings, at, zone)) return at
  const wall = wallAt(at, zone)
  const end = { hour: Math.floor(settings.quiet.to / 60), minute: settings.quiet.to % 60 }
  const today = instantOf({ ...wall, ...end }, zone)
  return today > at ? today : instantOf({ ...later(wall, 1), ...end }, zone)
}

const HOURS: Readonly<Record<Digest, number>> = { off: 0, hourly: 1, fourHourly: 4, daily: 24 }

/** When the next digest is due after an instant: at most one in each of its windows. Null while there is none. */
export function nextDigestAt({ digest, digestHour }: Pick<NoticeSettings, 'digest' | 'digestHour'>, after: Date, zone: string): Date | null {
  if (digest === 'off') return null
  if (digest !== 'daily') return new Date(after.getTime() + HOURS[digest] * 3_600_000)
  const wall = wallAt(after, zone)
  const today = instantOf({ ...wall, hour: digestHour, minute: 0 }, zone)
  return today > after ? today : instantOf({ ...later(wall, 1), hour: digestHour, minute: 0 }, zone)
}

/** What a notice says, as far as it is put into words. */
export interface Sayable {
  kind: NoticeKind
  count: number
  /** Null when it stands for many cases. */
  case: { number: number } | null
  actor: { kind: string; name: string | null }
  data: Readonly<Record<string, unknown>>
}

/** One sentence for a notice. `who` puts the name of whoever did it in place of "somebody". */
export function sayNotice({ kind, count, case: about, actor, data }: Sayable, who = true): string {
  const name = who && actor.name !== null && actor.name !== '' ? actor.name : actor.kind === 'system' || actor.kind === 'token' ? null : 'A colleague'
  if (about === null && count > 1) return many[kind](count)
  switch (kind) {
    case 'assigned': return data['how'] === 'routed' || name === null ? 'The case came to you' : `${name} gave you the case`
    case 'handOver': return `${name ?? 'Somebody'} handed the case over to you`
    case 'mention': return count === 1 ? `${name ?? 'Somebody'} mentioned you` : `You were mentioned ${count} times`
    case 'customerReplied': return count === 1 ? `${who && actor.name ? actor.name : 'The customer'} wrote` : `${count} new messages from the customer`
    case 'colleagueWrote': return count === 1 ? `${name ?? 'A program'} wrote in the case` : `Colleagues wrote ${count} times`
    case 'slaAtRisk': return `${metricWords(data)} is due soon`
    case 'slaBreached': return `${metricWords(data)} is late`
    case 'woke': return 'The case is back: its time came'
    case 'undelivered': return data['outcome'] === 'uncertain' ? 'A reply may not have arrived' : 'A reply did not arrive'
    case 'sideAnswered': return count === 1 ? 'A side conversation was answered' : `${count} answers in side conversations`
    case 'sideOverdue': return 'A side conversation waits for an answer for too long'
    case 'bulkDone': return 'A bulk run is finished'
  }
}

const many: Readonly<Record<NoticeKind, (count: number) => string>> = {
  assigned: (count) => `${count} cases came to you`, handOver: (count) => `${count} cases were handed over to you`, mention: (count) => `You were mentioned in ${count} notes`,
  customerReplied: (count) => `${count} messages from customers`, colleagueWrote: (count) => `Colleagues wrote ${count} times in your cases`, slaAtRisk: (count) => `${count} promises are due soon`,
  slaBreached: (count) => `${count} promises are late`, woke: (count) => `${count} cases are back`, undelivered: (count) => `${count} replies did not arrive`, sideAnswered: (count) => `${count} answers in side conversations`,
  sideOverdue: (count) => `${count} side conversations wait for too long`, bulkDone: (count) => `${count} bulk runs are finished`,
}

const metrics: Readonly<Record<string, string>> = { firstReply: 'The first reply', nextReply: 'The next reply', resolution: 'The resolution', fullResolution: 'The resolution' }
const metricWords = (data: Readonly<Record<string, unknown>>): string => metrics[String(data['metric'])] ?? 'A promise'
