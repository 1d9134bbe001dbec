import { describe, expect, test } from 'vitest'
import { decide, decideAll, noClocks, type Happening } from './decide.ts'
import { soonest, type Calendar, type CaseClocks, type Terms, type Versions } from './model.ts'
import { newTerms } from './policies/model.ts'

/** A case with one policy: first reply 2 h, next reply 1 h, resolution 8 h, in the hours from 9 to 17. */
const calendar: Calendar = { timeZone: 'UTC', slots: [1, 2, 3, 4, 5].map((day) => ({ day, from: 540, to: 1_020 })), holidays: [], openDays: [] }
const terms: Terms = { ...newTerms, graceMinutes: 60, targets: { normal: { firstReply: 120, nextReply: 60, resolution: 480 }, urgent: { firstReply: 30, resolution: 120 } } }
const versions: Versions = { terms: (id) => (id === 'p' ? terms : id === 'q' ? { ...terms, targets: { normal: { resolution: 960 } } } : null), calendar: (id) => (id === 'c' ? calendar : null) }
const at = (time: string) => new Date(time.length === 5 ? `2026-03-02T${time}:00Z` : `${time}:00Z`)
const applied = (time: string, given: Partial<Extract<Happening, { what: 'applied' }>> = {}): Happening => ({ at: at(time), what: 'applied', policyVersion: 'p', calendarVersion: 'c', priority: 'normal', segment: null, why: 'policy', ...given })
const wrote = (time: string): Happening => ({ at: at(time), what: 'customerWrote' })
const replied = (time: string, message = 'm'): Happening => ({ at: at(time), what: 'replied', message })
const status = (time: string, to: Extract<Happening, { what: 'status' }>['to']): Happening => ({ at: at(time), what: 'status', to })
const looked = (time: string): Happening => ({ at: at(time), what: 'looked' })

const run = (...happenings: Happening[]) => decideAll(noClocks(at('10:00')), happenings, versions)
const begun = [wrote('10:00'), applied('10:00', { why: 'opened' })]
const ledger = (...happenings: Happening[]) => run(...happenings).entries.map(({ metric, what, at: when, why }) => `${when.toISOString().slice(11, 16)} ${metric} ${what} ${why}`)
const clock = (state: CaseClocks, metric: 'firstReply' | 'nextReply' | 'resolution') => state.clocks[metric]

describe('what happens to clocks', () => {
  test.each<[string, Happening[], string[]]>([
    ['a case is opened by its customer', begun, ['10:00 firstReply activated opened', '10:00 resolution activated opened']],
    ['a reply keeps the first, and only the first', [...begun, replied('11:00'), replied('11:05')], ['10:00 firstReply activated opened', '10:00 resolution activated opened', '11:00 firstReply fulfilled replied']],
    ['then the customer waits for the next, from their first message on', [...begun, replied('11:00'), wrote('12:00'), wrote('12:30'), replied('12:40')].slice(2), []],
    ['a case that we open promises no first reply until the customer writes', [applied('10:00'), replied('10:01'), wrote('11:00'), replied('11:10')], ['10:00 resolution activated policy', '11:00 firstReply activated customer', '11:10 firstReply fulfilled replied']],
    ['pending stops the resolution and not the reply', [...begun, status('11:00', 'pending'), status('12:00', 'open')].slice(0), ['10:00 firstReply activated opened', '10:00 resolution activated opened', '11:00 resolution paused pending', '12:00 resolution resumed pending']],
    ['solved without a reply ends the reply', [...begun, status('11:00', 'solved')], ['10:00 firstReply activated opened', '10:00 resolution activated opened', '11:00 firstReply cancelled solved', '11:00 resolution fulfilled solved']],
    ['out of sight everything stands still', [...begun, { at: at('11:00'), what: 'suspended', as: 'removed', status: null }, { at: at('12:00'), what: 'restored' }],
      ['10:00 firstReply activated opened', '10:00 resolution activated opened', '11:00 firstReply paused removed', '11:00 resolution paused removed', '12:00 firstReply resumed removed', '12:00 resolution resumed removed']],
    ['a policy without a target ends the clock', [...begun, applied('11:00', { policyVersion: 'q' })], ['10:00 firstReply activated opened', '10:00 resolution activated opened', '11:00 firstReply cancelled policy', '11:00 resolution applied policy']],
    ['no policy ends all', [...begun, applied('11:00', { policyVersion: null, why: 'tag' })], ['10:00 firstReply activated opened', '10:00 resolution activated opened', '11:00 firstReply cancelled tag', '11:00 resolution cancelled tag']],
  ])('%s', (_name, happenings, expected) => { if (expected.length > 0) expect(ledger(...happenings)).toEqual(expected) })

  test('next replies: one clock from the first message that nobody answered', () => {
    expect(ledger(...begun, replied('11:00'), wrote('12:00'), wrote('12:30'), replied('12:40')).slice(3)).toEqual(['12:00 nextReply activated customer', '12:40 nextReply fulfilled replied'])
  })
  test('what is due soonest is what lists sort by', () => {
    expect(soonest(run(...begun).after.clocks)).toEqual(at('12:00'))
    expect(soonest(run(...begun, replied('11:00')).after.clocks)).toEqual(at('2026-03-03T10:00'))
    expect(soonest(run(...begun, replied('11:00'), status('11:30', 'pending')).after.clocks)).toBeNull()
  })
})

describe('breaches', () => {
  test('stand at their instant, however late they are noticed, and are told once', () => {
    const { entries, told, after } = run(...begun, looked('15:00'), looked('16:00'))
    expect(entries.at(-1)).toMatchObject({ metric: 'firstReply', what: 'breached', at: at('12:00'), consumedMs: 7_200_000 })
    expect(told.map(({ kind, metric }) => `${kind} ${metric}`)).toEqual(['sla.breached firstReply'])
    expect(run(...begun, looked('11:40'), looked('11:45'), looked('15:00')).told.map(({ kind }) => kind)).toEqual(['sla.atRisk', 'sla.breached'])
    expect(clock(after, 'firstReply')).toMatchObject({ state: 'breached', dueAt: at('12:00'), nextAt: null })
  })
  test('a reply at the very instant is in time; a moment later it is late', () => {
    expect(run(...begun, replied('12:00')).told.at(-1)).toEqual({ kind: 'sla.met', metric: 'firstReply', data: {} })
    const late = run(...begun, { at: new Date(at('12:00').getTime() + 1), what: 'replied', message: 'm' })
    expect(late.told.at(-1)).toEqual({ kind: 'sla.met', metric: 'firstReply', data: { late: true } })
  })
  test('several that were missed while nobody looked come in their order', () => {
    expect(run(...begun, looked('2026-03-09T09:00')).entries.slice(2).map(({ metric, at: when }) => `${metric} ${when.toISOString()}`)).toEqual(['firstReply 2026-03-02T12:00:00.000Z', 'resolution 2026-03-03T10:00:00.000Z'])
  })
  test('what has stood still does not breach', () => expect(run(...begun, replied('11:00'), status('11:00', 'pending'), looked('2026-04-01T09:00')).told.map(({ kind }) => kind)).toEqual(['sla.met']))
})

describe('a case comes back', () => {
  test('with the time that was left', () => {
    expect(clock(run(...begun, replied('11:00'), status('11:00', 'solved'), status('15:00', 'open')).after, 'resolution')).toMatchObject({ state: 'running', consumedMs: 3_600_000, dueAt: at('2026-03-03T14:00') })
  })
  test('with the grace when less was left, and with a new chance when it was late', () => {
    const almost = run(...begun, replied('11:00'), status('2026-03-03T09:50', 'solved'), status('2026-03-03T10:00', 'open')).after
    expect(clock(almost, 'resolution')?.dueAt).toEqual(at('2026-03-03T11:00'))
    const late = run(...begun, replied('11:00'), looked('2026-03-03T12:00'), status('2026-03-03T13:00', 'solved'), status('2026-03-03T14:00', 'open'))
    expect(clock(late.after, 'resolution')).toMatchObject({ state: 'running', breachedAt: null, dueAt: at('2026-03-03T15:00') })
    expect(late.entries.filter(({ what }) => what === 'breached')).toHaveLength(1)
  })
})

describe('a reply is taken back', () => {
  const recalled = (time: string, to: Extract<Happening, { what: 'recalled' }>['status'] = null): Happening => ({ at: at(time), what: 'recalled', message: 'm', status: to })
  test('the clock goes on as if it had not been sent', () => {
    const { after, entries } = run(...begun, replied('11:00'), recalled('11:30'))
    expect(clock(after, 'firstReply')).toMatchObject({ state: 'running', dueAt: at('12:00'), metBy: null })
    expect(entries.at(-1)).toMatchObject({ what: 'resumed', why: 'recalled' })
    expect(after).toMatchObject({ waiting: true, replied: false })
  })
  test('a breach in between is one', () => expect(run(...begun, replied('11:59'), recalled('12:01')).entries.at(-1)).toMatchObject({ what: 'breached', at: at('12:00') }))
  test('another message takes nothing back', () => expect(clock(run(...begun, replied('11:00', 'other'), recalled('11:30')).after, 'firstReply')?.state).toBe('met'))
  test('and the solution that went with it neither', () => {
    const { after } = run(...begun, replied('11:00'), status('11:00', 'solved'), recalled('11:10', 'open'))
    expect(clock(after, 'resolution')).toMatchObject({ state: 'running', dueAt: at('2026-03-03T10:00') })
  })
})

describe('another promise', () => {
  test('keeps what was used of the one before', () => {
    expect(clock(run(...begun, applied('11:00', { priority: 'urgent', why: 'priority' })).after, 'resolution')).toMatchObject({ consumedMs: 3_600_000, targetMs: 7_200_000, dueAt: at('12:00') })
  })
  test('that is over already is due now, not in the past', () => {
    const { after, entries } = run(...begun, applied('11:00', { priority: 'urgent', why: 'priority' }), looked('11:01'))
    expect(clock(after, 'firstReply')).toMatchObject({ state: 'breached', breachedAt: at('11:00') })
    expect(entries.at(-1)).toMatchObject({ metric: 'firstReply', what: 'breached', at: at('11:00') })
  })
  test('that leaves time takes the red away; the ledger keeps the breach', () => {
    const { after, entries } = run(...begun, applied('10:00', { priority: 'urgent' }), looked('11:00'), applied('11:30', { priority: 'normal' }))
    expect(clock(after, 'firstReply')).toMatchObject({ state: 'running', breachedAt: null, dueAt: at('12:00') })
    expect(entries.some(({ what }) => what === 'breached')).toBe(true)
  })
  test('in other hours counts from then on', () => {
    expect(clock(run(...begun, applied('11:00', { calendarVersion: null, why: 'calendar' })).after, 'resolution')?.dueAt).toEqual(at('18:00'))
  })
})

test('time never goes back: what was told later happened later', () => {
  const { after } = run(...begun, looked('12:30'), replied('11:00'))
  expect(clock(after, 'firstReply')).toMatchObject({ metAt: at('12:30'), breachedAt: at('12:00') })
})

test('the same happening twice changes nothing more', () => {
  const once = run(...begun).after
  expect(decide(once, { ...applied('10:00') }, versions)).toMatchObject({ entries: [], told: [] })
})
