import { describe, expect, test } from 'vitest'
import { wantedBy, type Around } from './wanted.ts'

const at = new Date('2026-03-02T10:00:00Z')
const around = (given: Partial<Around> = {}): Around => ({ caseId: 'c1', assignee: 'ana', watchers: new Set(), muted: new Set(), ...given })
const fact = (kind: string, data: Record<string, unknown> = {}, by: string | null = 'ben', given: { at?: Date } = {}) =>
  ({ kind, case: 1, subject: null, at, actor: by === null ? { kind: 'system', id: 'email' } : { kind: 'agent', id: by }, data, ...given })
const told = (facts: ReturnType<typeof fact>[], case1 = around(), authors: [string, string][] = []) =>
  wantedBy(facts, { cases: new Map([[1, case1]]), authors: new Map(authors), sides: new Map([['s1', 'kim']]), runs: new Map([['r1', 'ben']]) }).map(({ agent, kind }) => `${agent} ${kind}`).sort()

test.each([
  ['an assignment', fact('case.assigned', { to: 'ana', how: 'given' }), {}, ['ana assigned']],
  ['an assignment by routing', fact('case.assigned', { to: 'ana', how: 'routed' }, null), {}, ['ana assigned']],
  ['a case that somebody took', fact('case.assigned', { to: 'ben', how: 'taken' }), {}, []],
  ['a handover to a queue', fact('case.handedOver', { to: null }), {}, []],
  ['a note', fact('note.written', { mentions: [] }), { watchers: new Set(['kim', 'ben']) }, ['ana colleagueWrote', 'kim colleagueWrote']],
  ['a mention', fact('note.written', { mentions: ['kim', 'ana', 'ben'] }), {}, ['ana mention', 'kim mention']],
  ['a customer', fact('message.received', {}, null), { watchers: new Set(['kim']) }, ['ana customerReplied', 'kim customerReplied']],
  ['an automatic mail', fact('message.received', { automatic: 'auto-replied' }, null), {}, []],
  ['the first message of a case', fact('message.received', { rule: 'opened' }, null), {}, []],
  ['a promise at risk', fact('sla.atRisk', { metric: 'firstReply' }, null), { watchers: new Set(['kim']) }, ['ana slaAtRisk']],
  ['a promise of nobody', fact('sla.breached', {}, null), { assignee: null }, []],
  ['a case that woke at its time', fact('case.woken', { why: 'time', by: 'kim' }, null), {}, ['ana woke', 'kim woke']],
  ['a case of nobody that woke', fact('case.woken', { why: 'time', by: 'kim' }, null), { assignee: null }, ['kim woke']],
  ['a case that its customer woke', fact('case.woken', { why: 'customer', by: 'kim' }, null), {}, []],
  ['a muted case', fact('message.received', {}, null), { muted: new Set(['ana']) }, []],
  ['a mention in a muted case', fact('note.written', { mentions: ['ana'] }), { muted: new Set(['ana']) }, ['ana mention']],
  ['an answer of a partner', fact('side.answered', { side: 's1' }, null), {}, ['ana sideAnswered', 'kim sideAnswered']],
  ['a partner that keeps one waiting', fact('side.overdue', { side: 's1', agent: 'kim' }, null), { assignee: null }, ['kim sideOverdue']],
  ['what no notice is about', fact('constructor'), {}, []],
] as const)('%s', (_what, one, given, expected) => expect(told([one], around(given))).toEqual(expected))

test('a reply that did not arrive is told to who wrote it, and to who has the case', () => {
  expect(told([fact('reply.bounced', { message: 'm1' }, null)], around(), [['m1', 'kim']])).toEqual(['ana undelivered', 'kim undelivered'])
})

describe('of one deed each person hears once', () => {
  test('a handover is no mention and no assignment beside', () => {
    expect(told([fact('note.written', { mentions: ['ana'] }), fact('case.assigned', { to: 'ana' }), fact('case.handedOver', { to: 'ana' })], around({ watchers: new Set(['kim']) }))).toEqual(['ana handOver', 'kim colleagueWrote'])
  })
  test('but of two deeds twice', () => {
    expect(told([fact('note.written', { mentions: ['ana'] }), fact('case.assigned', { to: 'ana' }, 'ben', { at: new Date(at.getTime() + 1) })])).toEqual(['ana assigned', 'ana mention'])
  })
})

test('what one bulk run does to many cases is one thing, and whoever began it hears of its end', () => {
  const of = (number: number, kind: string, data: Record<string, unknown>) => ({ ...fact(kind, data), case: number })
  const facts = [1, 2].flatMap((number) => [of(number, 'case.assigned', { to: 'ana' }), of(number, 'bulk.applied', { run: 'r1' })])
  const finished = { ...fact('bulk.finished', { done: 2 }, 'ben'), case: null, subject: 'bulk:r1' }
  const wanted = wantedBy([...facts, finished], { cases: new Map([1, 2].map((number) => [number, around({ caseId: `c${number}` })])), authors: new Map(), sides: new Map(), runs: new Map([['r1', 'ben']]) })
  expect(wanted.map(({ agent, kind, subject, caseId }) => [agent, kind, subject, caseId])).toEqual([['ana', 'assigned', 'run:r1', null], ['ana', 'assigned', 'run:r1', null], ['ben', 'bulkDone', 'bulk:r1', null]])
})
