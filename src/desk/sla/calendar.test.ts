import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addBusiness, businessMs, openBetween, type Calendar } from './calendar.ts'

const MINUTE = 60_000
const week = (days: readonly number[], ...hours: [from: number, to: number][]) => days.flatMap((day) => hours.map(([from, to]) => ({ day, from: from * 60, to: to * 60 })))
const calendar = (timeZone: string, given: Partial<Calendar> = {}): Calendar => ({ timeZone, slots: week([1, 2, 3, 4, 5], [9, 12], [13, 17]), holidays: [], openDays: [], ...given })
const always = (timeZone: string) => calendar(timeZone, { slots: week([1, 2, 3, 4, 5, 6, 7], [0, 24]) })
const hours = (c: Calendar | null, from: string, to: string) => businessMs(c, new Date(from), new Date(to)) / 3_600_000
const after = (c: Calendar | null, from: string, h: number) => addBusiness(c, new Date(from), h * 3_600_000)?.toISOString()

describe('a week', () => {
  const berlin = calendar('Europe/Berlin')
  test.each<[string, string, string, number]>([
    ['inside of a slot', '2026-03-02T08:00:00Z', '2026-03-02T09:30:00Z', 1.5],
    ['over a break', '2026-03-02T10:00:00Z', '2026-03-02T13:00:00Z', 2],
    ['over a night', '2026-03-02T15:00:00Z', '2026-03-03T08:30:00Z', 1.5],
    ['over a weekend', '2026-03-06T15:00:00Z', '2026-03-09T09:00:00Z', 2],
    ['nothing of it', '2026-03-07T00:00:00Z', '2026-03-08T23:00:00Z', 0],
    ['backwards', '2026-03-03T10:00:00Z', '2026-03-02T10:00:00Z', 0],
    ['a year', '2025-01-01T00:00:00+01:00', '2026-01-01T00:00:00+01:00', 261 * 7],
  ])('%s', (_name, from, to, expected) => expect(hours(berlin, from, to)).toBe(expected))

  test('adding ends with the slot in which the time is up, not with the next one', () => {
    expect(after(berlin, '2026-03-02T08:00:00Z', 3)).toBe('2026-03-02T11:00:00.000Z')
    expect(after(berlin, '2026-03-02T08:00:00Z', 3.5)).toBe('2026-03-02T12:30:00.000Z')
    expect(after(berlin, '2026-03-07T00:00:00Z', 1)).toBe('2026-03-09T09:00:00.000Z')
    expect(after(berlin, '2026-03-07T00:00:00Z', 0)).toBe('2026-03-07T00:00:00.000Z')
  })
  test('without a calendar every hour counts', () => {
    expect(hours(null, '2026-03-06T15:00:00Z', '2026-03-09T09:00:00Z')).toBe(66)
    expect(after(null, '2026-03-06T15:00:00Z', 66)).toBe('2026-03-09T09:00:00.000Z')
  })
  test('one that never opens has no instant at which time is up', () => expect(addBusiness(calendar('UTC', { slots: [] }), new Date(), 1)).toBeNull())
  test('slots that overlap count once', () => expect(hours(calendar('UTC', { slots: week([1], [9, 12], [11, 13], [13, 14]) }), '2026-03-02T00:00:00Z', '2026-03-03T00:00:00Z')).toBe(5))
})

describe('special days', () => {
  const c = calendar('UTC', {
    holidays: [{ date: '2026-05-01', name: 'Labour day' }, { date: '2020-12-25', name: 'Christmas', yearly: true }, { date: '2026-12-24', name: 'Christmas Eve', hours: { from: 720, to: 1_440 } }, { date: '2026-03-07', name: 'A Saturday' }],
    openDays: [{ date: '2026-03-07', name: 'Sale', from: 600, to: 660 }, { date: '2026-03-07', name: 'Sale', from: 720, to: 780 }],
  })
  test.each<[string, string, number]>([
    ['a holiday', '2026-05-01', 0], ['one of every year', '2026-12-25', 0], ['half a holiday', '2026-12-24', 3], ['an ordinary day', '2026-12-23', 7],
    ['an open day, over the week and over a holiday', '2026-03-07', 2], ['a Saturday', '2026-03-14', 0],
  ])('%s', (_name, date, expected) => expect(hours(c, `${date}T00:00:00Z`, `${date}T24:00:00Z`)).toBe(expected))
})

describe('the clocks change', () => {
  test.each<[string, string, string, string, number]>([
    ['forward', 'Europe/Berlin', '2026-03-29T00:00:00+01:00', '2026-03-30T00:00:00+02:00', 23],
    ['back', 'Europe/Berlin', '2026-10-25T00:00:00+02:00', '2026-10-26T00:00:00+01:00', 25],
    ['by half an hour, forward', 'Australia/Lord_Howe', '2025-10-05T00:00:00+10:30', '2025-10-06T00:00:00+11:00', 23.5],
    ['by half an hour, back', 'Australia/Lord_Howe', '2026-04-05T00:00:00+11:00', '2026-04-06T00:00:00+10:30', 24.5],
    ['at midnight', 'America/Sao_Paulo', '2018-11-04T01:00:00-02:00', '2018-11-05T00:00:00-02:00', 23],
    ['over a day that is left out', 'Pacific/Apia', '2011-12-29T00:00:00-10:00', '2012-01-01T00:00:00+14:00', 48],
    ['never, at an odd offset', 'Asia/Kolkata', '2026-03-29T00:00:00+05:30', '2026-03-30T00:00:00+05:30', 24],
  ])('%s', (_name, zone, from, to, expected) => {
    expect(hours(always(zone), from, to)).toBe(expected)
    expect(after(always(zone), from, expected)).toBe(new Date(to).toISOString())
  })
  test('a slot in the hour that is skipped is not there, and in the one that comes twice counts twice', () => {
    const night = calendar('Europe/Berlin', { slots: week([7], [2, 3]) })
    expect(hours(night, '2026-03-28T12:00:00Z', '2026-03-29T12:00:00Z')).toBe(0)
    expect(hours(night, '2026-10-24T12:00:00Z', '2026-10-25T12:00:00Z')).toBe(2)
  })
})

/** The obvious way: ask of every minute whether the clock on the wall shows a time that is open. */
function walked(c: Calendar, from: number, to: number): number {
  const clock = new Intl.DateTimeFormat('en-CA', { timeZone: c.timeZone, hourCycle: 'h23', dateStyle: 'short', timeStyle: 'short' })
  let open = 0
  for (let at = from; at < to; at += MINUTE) {
    const [date = '', time = ''] = clock.format(at).split(', ')
    const minute = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
    const within = ({ from: opens, to: closes }: { from: number; to: number }) => opens <= minute && minute < closes
    const special = c.openDays.filter((day) => day.date === date)
    const day = new Date(`${date}T00:00:00Z`).getUTCDay() || 7
    const closed = c.holidays.some((holiday) => (holiday.yearly ? holiday.date.slice(5) === date.slice(5) : holiday.date === date) && within(holiday.hours ?? { from: 0, to: 1_440 }))
    if (special.length > 0 ? special.some(within) : !closed && c.slots.some((slot) => slot.day === day && within(slot))) open += MINUTE
  }
  return open
}

const oddInstants: [zone: string, at: string][] = [
  ['Europe/Berlin', '2026-03-29T01:00Z'], ['Europe/Berlin', '2026-10-25T01:00Z'], ['America/New_York', '2026-11-01T06:00Z'], ['Australia/Lord_Howe', '2025-10-04T15:30Z'], ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
  ['Asia/Kolkata', '2026-07-01T00:00Z'], ['Asia/Kathmandu', '1986-01-01T00:00Z'], ['America/Sao_Paulo', '2018-11-04T03:00Z'], ['America/Sao_Paulo', '2018-02-18T02:00Z'], ['Pacific/Apia', '2011-12-30T10:00Z'],
  ['America/St_Johns', '2006-10-29T02:31Z'], ['Africa/Casablanca', '2026-02-15T02:00Z'], ['Asia/Gaza', '2024-04-20T00:00Z'], ['Antarctica/Troll', '2026-03-29T01:00Z'], ['Pacific/Chatham', '2026-04-04T14:00Z'], ['UTC', '2026-01-01T00:00Z'],
]
const DAY = 1_440 * MINUTE
const stretch = fc.tuple(fc.integer({ min: 0, max: 1_440 }), fc.integer({ min: 0, max: 1_440 })).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }))
const example = fc.constantFrom(...oddInstants).chain(([timeZone, at]) => {
  const odd = Math.floor(Date.parse(at) / MINUTE) * MINUTE
  const date = fc.integer({ min: -3, max: 3 }).map((days) => new Date(odd + days * DAY).toISOString().slice(0, 10))
  const calendars = fc.record({
    timeZone: fc.constant(timeZone),
    slots: fc.array(fc.record({ day: fc.integer({ min: 1, max: 7 }) }).chain(({ day }) => stretch.map((s) => ({ day, ...s }))), { maxLength: 14 }),
    holidays: fc.array(fc.record({ date, name: fc.constant('Holiday'), yearly: fc.boolean() }).chain((h) => fc.option(stretch, { nil: undefined }).map((s) => ({ ...h, ...(s ? { hours: s } : {}) }))), { maxLength: 2 }),
    openDays: fc.array(date.chain((d) => stretch.map((s) => ({ date: d, name: 'Open', ...s }))), { maxLength: 2 }),
  })
  return fc.tuple(calendars, fc.integer({ min: -3_000, max: 1_000 }).map((m) => odd + m * MINUTE), fc.integer({ min: 0, max: 3_000 }))
})

test('equals the walk over all minutes, around the oddest nights there are', () => {
  fc.assert(fc.property(example, ([c, from, minutes]) => {
    const to = from + minutes * MINUTE
    expect(businessMs(c, new Date(from), new Date(to))).toBe(walked(c, from, to))
    expect(openBetween(c, new Date(from), new Date(to)).reduce((sum, open) => sum + open.to.getTime() - open.from.getTime(), 0)).toBe(walked(c, from, to))
  }), { numRuns: 300 })
}, 60_000)

test('adding is the inverse of measuring: what is added lies between, and not a millisecond earlier', () => {
  fc.assert(fc.property(example, fc.integer({ min: 1, max: 5 * DAY }), ([c, from], ms) => {
    const due = addBusiness(c, new Date(from), ms)
    if (due === null) return
    expect(businessMs(c, new Date(from), due)).toBe(ms)
    expect(businessMs(c, new Date(from), new Date(due.getTime() - 1))).toBe(ms - 1)
  }), { numRuns: 500 })
})

test('pieces add up to the whole', () => {
  fc.assert(fc.property(example, fc.integer({ min: 0, max: 3 * DAY }), fc.integer({ min: 0, max: 400 * DAY }), ([c, from], first, second) => {
    const [a, b, d] = [new Date(from), new Date(from + first), new Date(from + first + second)]
    expect(businessMs(c, a, b) + businessMs(c, b, d)).toBe(businessMs(c, a, d))
  }), { numRuns: 100 })
})
