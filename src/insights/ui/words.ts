import { duration } from '#web'
import type { Dimension } from '../measures/model.ts'
import type { State } from '../board/model.ts'

/** The words of insights on the screen. Pure. */

export const ageNames = ['under 4 hours', '4 to 24 hours', '1 to 3 days', '3 to 7 days', '7 days and more'] as const
export const ageShort = ['< 4 h', '4–24 h', '1–3 d', '3–7 d', '≥ 7 d'] as const

export const stateNames: Readonly<Record<State, string>> = {
  all: 'At hand', unassigned: 'Unassigned', waiting: 'Customer waits', atRisk: 'Due within 1 h', breached: 'Promise broken', pressing: 'Promises', snoozed: 'Snoozed', sideOverdue: 'Others are late',
}

/** What is counted, after a number. */
export const stateCounts: Readonly<Record<State, string>> = {
  all: 'at hand', unassigned: 'of nobody', waiting: 'whose customer waits for us', atRisk: 'due within the hour', breached: 'with a broken promise', pressing: 'whose promise presses, or is broken', snoozed: 'snoozed', sideOverdue: 'in which somebody we asked is late',
}

export const presenceNames: Readonly<Record<string, string>> = { available: 'Available', busy: 'Busy', away: 'Away', off: 'Off work' }
export const statusNames: Readonly<Record<string, string>> = { new: 'New', open: 'Open', pending: 'Pending', on_hold: 'On hold', solved: 'Solved', closed: 'Closed' }
const segmentNames: Readonly<Record<string, string>> = { independent: 'Independent', startup: 'Startup', smb: 'SMB', enterprise: 'Enterprise' }
const channelNames: Readonly<Record<string, string>> = { email: 'Mail', form: 'Form', api: 'API', desk: 'Desk', phone: 'Phone', chat: 'Chat' }

export const dimensionNames: Readonly<Record<Dimension, string>> = {
  queue: 'Queue', team: 'Team', site: 'Site', segment: 'Segment', topic: 'Topic', channel: 'Channel', priority: 'Priority', agent: 'Agent',
}
const noneNames: Readonly<Record<Dimension, string>> = {
  queue: 'No queue', team: 'No team', site: 'No site', segment: 'No account', topic: 'No topic yet', channel: 'No channel', priority: 'No priority', agent: 'Nobody, or a program',
}

/** What a group is called. One without a name is gone, or lies behind a wall. */
export function groupName(by: Dimension, { id, name }: { id: string | null; name: string | null }): string {
  if (id === null) return noneNames[by]
  if (by === 'segment') return segmentNames[id] ?? id
  if (by === 'channel') return channelNames[id] ?? id
  if (by === 'priority') return id.charAt(0).toUpperCase() + id.slice(1)
  return name ?? (by === 'queue' ? 'A queue that you may not look into' : 'One that is no more')
}

export interface Valued {
  kind: 'time' | 'share' | 'count' | 'level'
  counted: 'case' | 'reply' | 'target'
}

export interface Numbers {
  count: number
  part: number
  p50: number | null
  p90: number | null
}

/** The one number that a measure is about: milliseconds, a share, or how many. Null where nothing was counted. */
export function valueOf({ kind }: Pick<Valued, 'kind'>, figure: Numbers): number | null {
  if (kind === 'time') return figure.p50
  if (kind === 'share') return figure.count === 0 ? null : figure.part / figure.count
  return figure.count
}

const percent = (share: number) => `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`

/** That number with its unit; a dash where there is none. */
export function shown({ kind }: Pick<Valued, 'kind'>, value: number | null): string {
  if (value === null) return '–'
  if (kind === 'time') return value < 1_000 ? '0 s' : duration(value)
  return kind === 'share' ? percent(value) : Math.round(value).toLocaleString('en-GB')
}

const many: Readonly<Record<Valued['counted'], string>> = { case: 'cases', reply: 'replies', target: 'targets' }

/** How many are counted, in words: "1 case", "3 replies". */
export const countedIn = ({ counted }: Pick<Valued, 'counted'>, count: number): string => `${count.toLocaleString('en-GB')} ${count === 1 ? counted : many[counted]}`

/** By how much a value is more or less than before, in words: "12 % less", "+3 points". Null when there is nothing to compare. */
export function change({ kind }: Pick<Valued, 'kind'>, now: number | null, before: number | null): string | null {
  if (now === null || before === null) return null
  if (kind === 'share') {
    const points = Math.round((now - before) * 1_000) / 10
    return points === 0 ? 'as before' : `${points > 0 ? '+' : '−'}${Math.abs(points)} ${Math.abs(points) === 1 ? 'point' : 'points'}`
  }
  if (before === 0) return now === 0 ? 'as before' : null
  const parts = Math.round(((now - before) / before) * 100)
  return parts === 0 ? 'as before' : `${Math.abs(parts)} % ${parts > 0 ? 'more' : 'less'}`
}

/** Whether a change is good news: by colour and sign, never by colour alone. */
export function tone(better: 'less' | 'more' | 'neither', now: number | null, before: number | null): 'good' | 'bad' | 'same' {
  if (better === 'neither' || now === null || before === null || now === before) return 'same'
  return (now > before) === (better === 'more') ? 'good' : 'bad'
}

/** A date, with its time where that is not midnight in the zone; a date without a zone is itself. */
export function moment(text: string, zone: string, locale: string): string {
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) return text
  const day = { day: 'numeric', month: 'short', year: 'numeric' } as const
  if (text.length === 10) return new Intl.DateTimeFormat(locale, { ...day, timeZone: 'UTC' }).format(at)
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
  const date = new Intl.DateTimeFormat(locale, { ...day, timeZone: zone }).format(at)
  return clock === '00:00' ? date : `${date}, ${clock} (${zone.replaceAll('_', ' ')})`
}
