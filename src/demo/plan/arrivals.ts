import type { SampleAccount } from '../cast/accounts.ts'
import type { Random } from '../random.ts'
import { DAY_MS, instantAt, localOf } from './hours.ts'

/** From Sunday: people write on working days, most on Mondays. */
const weekdays = [0.32, 1.4, 1.15, 1.08, 1.02, 0.92, 0.42]
/** By the hour of the sender's own day. */
const hours = [0.08, 0.05, 0.04, 0.04, 0.05, 0.1, 0.25, 0.55, 1.1, 1.7, 1.9, 1.75, 1.35, 1.3, 1.6, 1.65, 1.45, 1.15, 0.8, 0.6, 0.5, 0.4, 0.25, 0.15]
const PAYOUT_PEAK = 1.5

export const DAYS = 60

/** The instant at which a case of this account comes in: by weekday, hour of the day where the account is, and the peak around the month's end. */
export function arrivalOf(random: Random, account: SampleAccount, aboutPayouts: boolean, now: number): number {
  const zone = account.country.timeZone
  for (;;) {
    const at = instantAt(zone, now, -random.between(0, DAYS), 60 * random.weighted(hoursOfDay, (hour) => hours[hour] ?? 0) + 60 * random.next())
    const { weekday, dayOfMonth } = localOf(zone, at)
    const monthEnd = aboutPayouts && (dayOfMonth >= 28 || dayOfMonth <= 3) ? PAYOUT_PEAK : 1
    const likely = ((weekdays[weekday] ?? 1) * monthEnd) / (Math.max(...weekdays) * PAYOUT_PEAK)
    if (random.chance(likely) && at < now - 120_000 && at > now - DAYS * DAY_MS) return Math.floor(at / 1000) * 1000
  }
}

const hoursOfDay = hours.map((_, hour) => hour)
