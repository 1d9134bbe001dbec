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
