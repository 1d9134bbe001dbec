import { describe, expect, test } from 'vitest'
import { actorOfRule, happeningNames, happenings, isCalledBy, kindsOf, triggerWords, type Told, type Trigger } from './model.ts'
import { asItWas, momentsOf, type Names, type PastFact } from './past.ts'
import type { QuerySubject } from '../query/model.ts'

const person = { kind: 'agent', id: 'ana' }
const told = (kind: string, data: Record<string, unknown> = {}, actor: Told['actor'] = person): Told => ({ kind, actor, data })

describe('which facts call a rule', () => {
  test.each<[Trigger, Told, boolean]>([
    [{ on: ['opened'] }, told('case.opened'), true],
    [{ on: ['opened'] }, told('message.received', { rule: 'references' }), false],
    [{ on: ['customerWrote'] }, told('message.received', { rule: 'references' }), true],
    [{ on: ['customerWrote'] }, told('message.received', { rule: 'opened' }), false],
    [{ on: ['customerWrote'] }, told('message.received', { rule: 'followUp' }), false],
    [{ on: ['solved', 'tagged'] }, told('tag.added', { tag: 'vip' }), true],
    [{ on: ['statusChanged'] }, told('case.pended'), true],
    [{ on: ['statusChanged'] }, told('case.pended', {}, { kind: 'system', id: actorOfRule('r1') }), false],
    [{ on: ['statusChanged'] }, told('case.pended', {}, { kind: 'system', id: 'email.parse' }), true],
    [{ after: 5, since: 'opened' }, told('case.opened'), false],
  ])('%j by %j: %s', (trigger, fact, called) => expect(isCalledBy(trigger, fact)).toBe(called))

  test('every happening is called by each of its kinds', () => {
    for (const name of happeningNames) expect(kindsOf([{ on: [name] }, { after: 1, since: 'opened' }])).toEqual(new Set(happenings[name].kinds))
  })

  test('in words', () => {
    expect(triggerWords({ on: ['opened', 'customerWrote'] })).toBe('When a case is opened or the customer writes again')
    expect([1440 * 2, 60, 90].map((after) => triggerWords({ after, since: 'solved' }))).toEqual(['2 days after it was solved', '1 hour after it was solved', '90 minutes after it was solved'])
  })
})

const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 9, minute))
const history = (...facts: [minute: number, kind: string, data?: Record<string, unknown>][]): PastFact[] => facts.map(([minute, kind, data], index) => ({ id: index + 1, at: at(minute), ...told(kind, data ?? {}) }))
const minutes = (trigger: Trigger, facts: PastFact[], until = 10_000) => momentsOf(trigger, facts, at(until)).map((moment) => [(moment.at.getTime() - at(0).getTime()) / 60_000, moment.after])

describe('when a rule would have looked', () => {
  test('on a happening: at each', () => {
    expect(minutes({ on: ['solved'] }, history([0, 'case.opened'], [5, 'case.solved'], [9, 'case.reopened'], [12, 'case.solved']))).toEqual([[5, 2], [12, 4]])
  })
  test('after a time: where nothing ended it before, knowing what was told by then, and not after now', () => {
    const facts = history([0, 'case.opened'], [5, 'case.pended', { from: 'new' }], [25, 'tag.added', { tag: 'x' }], [90, 'case.solved', { from: 'pending' }])
    expect(minutes({ after: 60, since: 'status' }, facts)).toEqual([[65, 3], [150, 4]])
    expect(minutes({ after: 60, since: 'status' }, facts, 100)).toEqual([[65, 3]])
    expect(minutes({ after: 600, since: 'solved' }, [...facts, { id: 5, at: at(200), ...told('case.reopened') }])).toEqual([])
  })
  test('a customer who waits and writes again waits since the first time', () => {
    expect(minutes({ after: 60, since: 'waiting' }, history([0, 'message.received'], [30, 'message.received'], [300, 'reply.sent'], [310, 'message.received']))).toEqual([[60, 2], [370, 4]])
  })
})

const names: Names = { queue: (id) => ({ id, key: id, name: id }), agent: (id) => ({ id, name: id, mail: `${id}@x` }), team: (id) => ({ id, name: id }), topic: (key) => ({ key, title: key }) }
const now: QuerySubject = {
  number: 1, subject: 's', status: 'solved', priority: 'high', kind: 'question', channel: 'email', queue: { id: 'b', key: 'b', name: 'b' }, team: null, assignee: { id: 'lee', name: 'lee', mail: 'lee@x' }, account: null,
  customer: { id: 'c', name: 'C', language: null, addresses: [] }, from: [], topic: { key: 't2', title: 't2' }, tags: ['kept', 'late'], openedAt: at(0), updatedAt: at(9), solvedAt: at(9), dueAt: null, waitingSince: null, snoozedUntil: null,
  removed: null, merged: false, unread: false, attachments: false, suggestions: false, texts: [],
}

test('a case as it was: what was told later is taken back, the newest first', () => {
  const later = history([1, 'priority.changed', { from: 'low', to: 'normal' }], [2, 'priority.changed', { from: 'normal', to: 'high' }], [3, 'tag.added', { tag: 'late' }], [4, 'tag.dropped', { tag: 'early' }], [5, 'queue.changed', { from: 'a', to: 'b' }],
    [6, 'case.assigned', { from: null, to: 'lee' }], [7, 'topic.changed', { from: null, to: 't2' }], [9, 'case.solved', { from: 'open', to: 'solved' }])
  expect(asItWas(now, later, names)).toEqual({ ...now, priority: 'low', tags: ['kept', 'early'], queue: { id: 'a', key: 'a', name: 'a' }, assignee: null, topic: null, status: 'open', solvedAt: null })
  expect(asItWas(now, [], names)).toEqual(now)
})
