/** Hours of the day where people are. */

const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS
const formats = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, number>()

/** How far a zone is ahead of UTC, in milliseconds. It changes at most on the hour, so it is looked up once an hour and zone. */
function offsetOf(zone: string, at: number): number {
  const key = `${zone} ${Math.floor(at / HOUR_MS)}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
  formats.set(zone, format)
  const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [undefined, '+', '0', '0']
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE_MS
  offsets.set(key, offset)
  return offset
}

export interface Local {
  /** 0 is Sunday. */
  weekday: number
  dayOfMonth: number
  /** Of the day, from 0. */
  minutes: number
}

export function localOf(zone: string, at: number): Local {
  const local = new Date(at + offsetOf(zone, at))
  return { weekday: local.getUTCDay(), dayOfMonth: local.getUTCDate(), minutes: local.getUTCHours() * 60 + local.getUTCMinutes() }
}

/** The instant at which it is so many minutes after midnight there, `days` after the local day of `at`. */
export function instantAt(zone: string, at: number, days: number, minutes: number): number {
  const local = at + offsetOf(zone, at)
  const wanted = Math.floor(local / DAY_MS) * DAY_MS + days * DAY_MS + minutes * MINUTE_MS
  return wanted - offsetOf(zone, wanted - offsetOf(zone, at))
}

/** The same instant when people are awake, else some time the next morning. */
export function whenAwake(zone: string, at: number, share: number): number {
  const { minutes } = localOf(zone, at)
  if (minutes >= 8 * 60 && minutes < 22 * 60) return at
  return instantAt(zone, at, minutes < 8 * 60 ? 0 : 1, 8 * 60 + share * 150)
}
