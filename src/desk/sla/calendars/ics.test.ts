import { expect, test } from 'vitest'
import { holidaysFrom } from './ics.ts'

const file = (...events: string[]) => `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Office//EN\r\n${events.map((event) => `BEGIN:VEVENT\r\nUID:${Math.random()}\r\n${event}\r\nEND:VEVENT`).join('\r\n')}\r\nEND:VCALENDAR\r\n`
const days = (...events: string[]) => holidaysFrom(file(...events), '2026-01-01', '2027-12-31')?.days

test.each<[string, string[], unknown[]]>([
  ['a day', ['DTSTART;VALUE=DATE:20260501\r\nDTEND;VALUE=DATE:20260502\r\nSUMMARY:Tag der Arbeit'], [{ date: '2026-05-01', name: 'Tag der Arbeit' }]],
  ['a day without an end', ['DTSTART;VALUE=DATE:20260501\r\nSUMMARY:Tag der\r\n  Arbeit'], [{ date: '2026-05-01', name: 'Tag der Arbeit' }]],
  ['two days', ['DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227\r\nSUMMARY:Christmas'], [{ date: '2026-12-25', name: 'Christmas' }, { date: '2026-12-26', name: 'Christmas' }]],
  ['every year', ['DTSTART;VALUE=DATE:20200101\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:New Year'], [{ date: '2026-01-01', name: 'New Year' }, { date: '2027-01-01', name: 'New Year' }]],
  ['every year but one', ['DTSTART;VALUE=DATE:20200101\r\nRRULE:FREQ=YEARLY\r\nEXDATE;VALUE=DATE:20270101\r\nSUMMARY:New Year'], [{ date: '2026-01-01', name: 'New Year' }]],
  ['an afternoon', ['DTSTART:20261224T120000\r\nDTEND:20261224T180000\r\nSUMMARY:Christmas Eve'], [{ date: '2026-12-24', name: 'Christmas Eve', hours: { from: 720, to: 1_080 } }]],
  ['long ago and far away', ['DTSTART;VALUE=DATE:20190501\r\nSUMMARY:Old', 'DTSTART;VALUE=DATE:20400501\r\nSUMMARY:New'], []],
  ['one day twice', ['DTSTART;VALUE=DATE:20260501\r\nSUMMARY:May', 'DTSTART;VALUE=DATE:20260501\r\nSUMMARY:May'], [{ date: '2026-05-01', name: 'May' }]],
])('%s', (_name, events, expected) => expect(days(...events)).toEqual(expected))

test('what cannot be read is skipped and counted', () => {
  expect(holidaysFrom(file('SUMMARY:No date', 'DTSTART;VALUE=DATE:20260501\r\nSUMMARY:May'), '2026-01-01', '2026-12-31')).toEqual({ days: [{ date: '2026-05-01', name: 'May' }], skipped: 1 })
})
test.each(['', 'hello', 'BEGIN:VCARD\r\nEND:VCARD', '\u0000'.repeat(10), 'BEGIN:VCALENDAR'])('%j is no calendar', (text) => expect(holidaysFrom(text, '2026-01-01', '2026-12-31')?.days ?? []).toEqual([]))
