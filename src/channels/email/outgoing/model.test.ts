import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { afterDeath, decideAfter, isBadAddress, pauseAfter, pendingOf, type Attempt, type Patience, type Progress } from './model.ts'

const limits: Patience = { pauseSeconds: 30, pauseSecondsMax: 120, attemptsMax: 3, doubtsMax: 2 }
const at = new Date('2026-11-04T09:00:00Z')
const first: Progress = { to: ['a@x.example', 'b@x.example'], answers: [], attempts: 1, doubts: 0 }
const gone: Progress = { ...first, doubts: 1, attempts: 2 }
const last: Progress = { ...first, attempts: 3 }
const soft = { address: 'b@x.example', permanent: false, response: '450 4.2.0 later' }
const hard = { address: 'b@x.example', permanent: true, response: '550 5.1.1 no such user' }
const taken = (...refused: (typeof soft)[]): Attempt => ({ kind: 'taken', refused, response: '250 ok' })
const no = (permanent: boolean, ...refused: (typeof soft)[]): Attempt => ({ kind: 'refused', permanent, refused, response: permanent ? '554 no' : '451 later' })
const unreached: Attempt = { kind: 'unreached', problem: 'refused' }
const unanswered: Attempt = { kind: 'unanswered', problem: 'lost' }
const broken: Attempt = { kind: 'broken', problem: 'no file' }

describe('what becomes of a mail after a try', () => {
  const table: [string, Progress, Attempt, string, number | null, string[]][] = [
    ['taken by all', first, taken(), 'sent', null, ['a+', 'b+']],
    ['taken by one, the other for good refused', first, taken(hard), 'sent', null, ['a+', 'b-']],
    ['taken by one, the other asked again later', first, taken(soft), 'waiting', 30, ['a+']],
    ['taken by one, the other refused for now at the last try', last, taken(soft), 'sent', null, ['a+', 'b-']],
    ['refused for good', first, no(true), 'failed', null, []],
    ['refused for now', first, no(false), 'waiting', 30, []],
    ['refused for now at the last try', last, no(false), 'failed', null, []],
    ['every recipient refused for good', { ...first, to: ['b@x.example'] }, no(false, hard), 'failed', null, ['b-']],
    ['one recipient for good, one for now', first, no(false, { ...hard, address: 'a@x.example' }, soft), 'waiting', 30, ['a-']],
    ['not reached', first, unreached, 'waiting', 30, []],
    ['not reached at the last try', last, unreached, 'failed', null, []],
    ['no answer', first, unanswered, 'uncertain', 30, []],
    ['no answer for the second time', gone, unanswered, 'uncertain', null, []],
    ['cannot be made', first, broken, 'failed', null, []],
    ['after a doubt: taken', gone, taken(), 'sent', null, ['a+', 'b+']],
    ['after a doubt: not reached', gone, unreached, 'uncertain', 60, []],
    ['after a doubt: refused for good, which says nothing of the try before', gone, no(true), 'uncertain', null, []],
    ['after a doubt: refused for now', gone, no(false), 'uncertain', 60, []],
    ['after a doubt: cannot be made', gone, broken, 'uncertain', null, []],
  ]
  test.each(table)('%s', (_name, before, attempt, state, seconds, answers) => {
    const course = decideAfter(before, attempt, at, limits)
    expect(course.state).toBe(state)
    expect(course.nextAt && (course.nextAt.getTime() - at.getTime()) / 1000).toBe(seconds)
    expect(course.answers.map((answer) => answer.address[0] + (answer.outcome === 'accepted' ? '+' : '-'))).toEqual(answers)
  })

  test('a death counts as no answer', () => {
    expect(afterDeath(first, at, limits)).toMatchObject({ state: 'uncertain', doubts: 1 })
  })

  test('the pause doubles up to its limit', () => {
    expect([1, 2, 3, 4, 99].map((attempts) => pauseAfter(attempts, limits))).toEqual([30, 60, 120, 120, 120])
  })
})

test('only words about the address itself hold it', () => {
  expect(['550 5.1.1 no such user', '550-5.1.10 unknown', '553 5.1.3 bad', '550 5.2.1 closed'].every(isBadAddress)).toBe(true)
  expect(['550 5.7.1 relaying denied', '554 5.7.26 unauthenticated', '452 4.1.1 later', '550 no such user 5.1.1', '550 5.1.8 bad sender'].some(isBadAddress)).toBe(false)
})

describe('over any course of tries', () => {
  const addresses = ['a@x.example', 'b@x.example', 'c@x.example']
  const refused = fc.subarray(addresses).chain((some) => fc.tuple(...some.map((address) => fc.boolean().map((permanent) => ({ address, permanent, response: 'no' })))))
  const attempt: fc.Arbitrary<Attempt> = fc.oneof(
    refused.map((list) => ({ kind: 'taken' as const, refused: list.slice(0, 2), response: '250 ok' })),
    fc.tuple(fc.boolean(), refused).map(([permanent, list]) => ({ kind: 'refused' as const, permanent: permanent && list.length === 0, refused: list, response: 'no' })),
    fc.constant(unreached), fc.constant(unanswered), fc.constant(broken),
  )

  test('it ends; waiting means surely nobody undecided has it; who took it is never asked again; failed means nobody took it', () => {
    fc.assert(fc.property(fc.array(attempt, { minLength: 1, maxLength: 12 }), (attempts) => {
      let progress: Progress = { to: addresses, answers: [], attempts: 0, doubts: 0 }
      for (const [index, given] of attempts.entries()) {
        const pending = new Set(pendingOf(progress))
        const filtered: Attempt = 'refused' in given ? { ...given, refused: given.refused.filter(({ address }) => pending.has(address)) } : given
        const course = decideAfter({ ...progress, attempts: index + 1 }, filtered, at, limits)
        expect(course.answers.slice(0, progress.answers.length)).toEqual(progress.answers)
        expect(new Set(course.answers.map((answer) => answer.address)).size).toBe(course.answers.length)
        if (course.state === 'waiting') expect(course).toMatchObject({ doubts: 0, nextAt: expect.any(Date) })
        if (course.state === 'failed') expect(course.doubts === 0 && course.answers.every((answer) => answer.outcome === 'refused')).toBe(true)
        if (course.state === 'uncertain') expect(course.doubts).toBeGreaterThan(0)
        if (!course.nextAt) return
        progress = { ...progress, answers: course.answers, attempts: index + 1, doubts: course.doubts }
        expect(index + 1).toBeLessThan(limits.attemptsMax)
        expect(pendingOf(progress).length).toBeGreaterThan(0)
      }
    }))
  })
})
