import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instantOf, later, presetsAt, wakingBy, wallAt, weekdayOf, workingMorning, type WorkingDays } from './model.ts'

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/St_Johns', 'Pacific/Apia', 'America/Sao_Paulo', 'Asia/Kathmandu']

describe('the clock on the wall', () => {
  test('goes back to its instant in every zone, but for the hour that comes twice', () => {
    fc.assert(fc.property(fc.constantFrom(...zones), fc.integer({ min: Date.UTC(2024, 0, 1) / 60_000, max: Date.UTC(2030, 0, 1) / 60_000 }), (zone, minute) => {
      const at = new Date(minute * 60_000)
      const back = instantOf(wallAt(at, zone), zone)
      expect(wallAt(back, zone)).toEqual(wallAt(at, zone))
      expect(back.getTime()).toBeLessThanOrEqual(at.getTime())
      expect(at.getTime() - back.getTime()).toBeLessThanOrEqual(3_600_000)
    }), { numRuns: 2_000 })
  })

  test.each([
    ['2026-03-29 02:30 in Berlin is left out', { year: 2026, month: 3, day: 29, hour: 2, minute: 30 }, 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-10-25 02:30 in Berlin comes twice', { year: 2026, month: 10, day: 25, hour: 2, minute: 30 }, 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-03-08 02:30 in New York is left out', { year: 2026, month: 3, day: 8, hour: 2, minute: 30 }, 'America/New_York', '2026-03-08T07:30:00.000Z'],
    ['days run over', { year: 2026, month: 2, day: 30, hour: 9, minute: 0 }, 'UTC', '2026-03-02T09:00:00.000Z'],
  ] as const)('%s', (_, wall, zone, instant) => expect(instantOf(wall, zone).toISOString()).toBe(instant))
})

describe('presets', () => {
  const said = (now: string, zone: string, week?: WorkingDays) => presetsAt(new Date(now), zone, week).map(({ id, until }) => `${id} ${until?.toISOString() ?? 'never'}`)

  test('on a Wednesday morning', () => expect(said('2026-03-04T08:07:00Z', 'Europe/Berlin')).toEqual([
    'laterToday 2026-03-04T11:15:00.000Z', 'tomorrow 2026-03-05T08:00:00.000Z', 'monday 2026-03-09T08:00:00.000Z', 'customer never']))

  test('nine in the morning stays nine over the night in which clocks change', () => expect(said('2026-03-27T20:00:00Z', 'Europe/Berlin')).toEqual([
    'tomorrow 2026-03-30T07:00:00.000Z', 'customer never']))

  test('a holiday is no working day', () => {
    const week: WorkingDays = { begins: (wall) => (wall.day === 5 || weekdayOf(wall) % 6 === 0 ? null : 8 * 60) }
    expect(workingMorning(new Date('2026-03-04T08:00:00Z'), 'UTC', 1, week).toISOString()).toBe('2026-03-06T08:00:00.000Z')
    expect(workingMorning(new Date('2026-03-04T08:00:00Z'), 'UTC', 1, { begins: () => null }).toISOString()).toBe('2026-03-05T09:00:00.000Z')
  })

  test('all lie ahead, each once, in order, in every zone at every moment', () => {
    fc.assert(fc.property(fc.constantFrom(...zones), fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }), (zone, now) => {
      const instants = presetsAt(now, zone).flatMap(({ until }) => until?.getTime() ?? [])
      expect(instants.every((instant) => instant > now.getTime())).toBe(true)
      expect([...new Set(instants)].sort((a, b) => a - b)).toEqual(instants)
    }))
  })
})

test('months end', () => expect(later({ year: 2026, month: 12, day: 31, hour: 9, minute: 5 }, 1)).toEqual({ year: 2027, month: 1, day: 1, hour: 9, minute: 5 }))

test.each([
  ['message.received', {}, 'customer'], ['message.received', { automatic: 'auto-replied' }, null], ['message.received', { rule: 'opened' }, null], ['case.assigned', {}, 'moved'], ['note.written', {}, null],
  ['reply.sent', {}, null], ['reply.bounced', {}, 'undelivered'], ['constructor', {}, null],
] as const)('%s %j wakes: %s', (kind, data, why) => expect(wakingBy(kind, data)).toBe(why))
