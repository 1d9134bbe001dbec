import type { Terms } from '#desk'
import type { SiteKey } from './places.ts'

/** When the sample centre's sites are at work, and what they promise. */

const week = (days: readonly number[], ...hours: readonly (readonly [from: number, to: number])[]) => days.flatMap((day) => hours.map(([from, to]) => ({ day, from: from * 60, to: to * 60 })))
const weekdays = [1, 2, 3, 4, 5] as const
const yearly = (day: string, name: string) => ({ date: `2025-${day}`, name, yearly: true })

export const calendars = [
  {
    name: 'Dublin', timeZone: 'Europe/Dublin', site: 'dublin', standard: true, slots: week(weekdays, [8, 18]),
    holidays: [yearly('01-01', 'New Year’s Day'), yearly('03-17', 'Saint Patrick’s Day'), yearly('12-24', 'Christmas Eve'), yearly('12-25', 'Christmas Day'), yearly('12-26', 'Saint Stephen’s Day')],
    half: '12-24',
  },
  {
    name: 'Mexico City', timeZone: 'America/Mexico_City', site: 'mexico', standard: false, slots: [...week(weekdays, [8, 14], [15, 19]), ...week([6], [9, 13])],
    holidays: [yearly('01-01', 'Año Nuevo'), yearly('05-01', 'Día del Trabajo'), yearly('09-16', 'Día de la Independencia'), yearly('12-25', 'Navidad')], half: null,
  },
  {
    name: 'Bengaluru', timeZone: 'Asia/Kolkata', site: 'bengaluru', standard: false, slots: [...week(weekdays, [9, 13], [13.5, 18.5]), ...week([6], [9, 14])],
    holidays: [yearly('01-26', 'Republic Day'), yearly('08-15', 'Independence Day'), yearly('10-02', 'Gandhi Jayanti'), yearly('12-25', 'Christmas Day')], half: null,
  },
] as const satisfies readonly { name: string; timeZone: string; site: SiteKey; standard: boolean; slots: object[]; holidays: object[]; half: string | null }[]

const HOUR = 60
const usual: Omit<Terms, 'targets'> = { hours: 'site', calendarId: null, always: [], segments: [], pauses: { pending: ['resolution'], on_hold: ['resolution'] }, graceMinutes: 2 * HOUR, warnPercent: 80 }
const row = (firstReply: number, nextReply: number, resolution: number) => ({ firstReply: firstReply * HOUR, nextReply: nextReply * HOUR, resolution: resolution * HOUR })

export const policies: readonly { name: string; condition: string; terms: Terms }[] = [
  {
    name: 'Accounts in danger', condition: 'topic:account-takeover,api-key-leak',
    terms: { ...usual, hours: 'always', targets: { urgent: row(2, 4, 24), high: row(8, 12, 48), normal: row(24, 24, 96), low: row(24, 24, 96) } },
  },
  {
    name: 'Enterprise', condition: 'segment:enterprise',
    terms: { ...usual, always: ['urgent'], targets: { urgent: row(4, 8, 48), high: row(6, 8, 40), normal: row(9, 10, 60), low: row(18, 20, 80) } },
  },
  {
    name: 'Disputes have a deadline', condition: 'queue:disputes',
    terms: { ...usual, targets: { urgent: row(4, 6, 30), high: row(8, 10, 40), normal: row(12, 14, 60), low: row(20, 20, 80) } },
  },
  {
    name: 'Everybody', condition: '',
    terms: {
      ...usual, targets: { urgent: row(4, 6, 40), high: row(9, 10, 60), normal: row(16, 18, 80), low: row(27, 27, 120) },
      segments: [{ segment: 'smb', targets: { high: { firstReply: 6 * HOUR } } }],
    },
  },
]
