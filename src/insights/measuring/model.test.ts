import { describe, expect, test } from 'vitest'
import { ANA, at, BEN, history, OTHER_QUEUE, QUEUE, TEAM } from '../testing/history.ts'
import { count, type Told } from './model.ts'

const MINUTE = 60_000

/** What counts in a history, as short words: the moment, how many minutes it took, and the share's yes or no. */
function words(facts: readonly Told[]): string[] {
  return (count(facts)?.moments ?? []).map(({ moment, at: when, from, hit }) => [moment, ...(from ? [(when.getTime() - from.getTime()) / MINUTE] : []), ...(hit === null ? [] : [hit ? 'yes' : 'no'])].join(' '))
}

const said = ['message.received', { message: 'm1' }, 'rule'] as const
const reply = (message = 'r1') => ['reply.sent', { message }] as const
const solved = ['case.solved', { from: 'open', to: 'solved' }] as const
const reopened = ['case.reopened', { from: 'solved', to: 'open' }, 'rule'] as const

describe('what counts in a case', () => {
  test.each<[string, Told[], string[]]>([
    ['nothing but its arrival', history(), ['opened']],
    ['the first reply, from the opening', history(['09:20', ...reply()]), ['opened', 'firstReply 20']],
    ['not an automatic reply', history(['09:01', 'reply.sent', { message: 'a' }, 'rule'], ['09:02', 'reply.sent', { message: 'b', automatic: 'auto-replied' }], ['09:20', ...reply()]), ['opened', 'firstReply 20']],
    ['not a note', history(['09:10', 'note.written', { message: 'n' }], ['09:20', ...reply()]), ['opened', 'firstReply 20']],
    ['a reply of a program that answers for people', history(['09:20', 'reply.sent', { message: 'r1' }, 'token']), ['opened', 'firstReply 20']],
    ['the next reply, from the first message that waits', history(['09:20', ...reply()], ['10:00', ...said], ['10:15', 'message.received', { message: 'm2' }, 'rule'], ['10:30', ...reply('r2')]), ['opened', 'firstReply 20', 'nextReply 30']],
    ['not a reply that nobody waited for', history(['09:20', ...reply()], ['10:30', ...reply('r2')]), ['opened', 'firstReply 20']],
    ['not what an automatic mail of the customer waits', history(['09:20', ...reply()], ['10:00', 'message.received', { message: 'm1', automatic: 'vacation' }, 'rule'], ['10:30', ...reply('r2')]), ['opened', 'firstReply 20']],
    ['a stranger\'s message once it is accepted', history(['09:20', ...reply()], ['10:00', 'message.suggested', { message: 'm1' }, 'rule'], ['10:10', 'message.received', { message: 'm1', rule: 'accepted' }], ['10:30', ...reply('r2')]),
      ['opened', 'firstReply 20', 'nextReply 20']],
    ['not a message that belonged elsewhere', history(['09:20', ...reply()], ['10:00', ...said], ['10:10', 'message.detached', { message: 'm1' }], ['10:30', ...reply('r2')]), ['opened', 'firstReply 20']],
    ['a solve with one touch', history(['09:20', ...reply()], ['09:20', ...solved]), ['opened', 'firstReply 20', 'firstSolve 20 no', 'solve 20 yes']],
    ['a solve without any reply, which is one touch too', history(['09:30', ...solved]), ['opened', 'firstSolve 30 no', 'solve 30 yes']],
    ['two touches', history(['09:20', ...reply()], ['10:00', ...said], ['10:30', ...reply('r2')], ['10:30', ...solved]), ['opened', 'firstReply 20', 'nextReply 30', 'firstSolve 90 no', 'solve 90 no']],
    ['a reopen that needed an answer', history(['09:20', ...reply()], ['09:20', ...solved], ['10:00', ...said], ['10:00', ...reopened], ['11:00', ...reply('r2')], ['11:00', ...solved]),
      ['opened', 'firstReply 20', 'nextReply 60', 'firstSolve 20 yes', 'solve 120 no']],
    ['no reopen of a "thanks" that is solved again without a word', history(['09:20', ...reply()], ['09:20', ...solved], ['10:00', ...said], ['10:00', ...reopened], ['10:05', ...solved]),
      ['opened', 'firstReply 20', 'firstSolve 20 no', 'solve 65 yes']],
    ['a reopen that still is open: no solve stands', history(['09:20', ...reply()], ['09:20', ...solved], ['10:00', ...said], ['10:00', ...reopened]), ['opened', 'firstReply 20', 'firstSolve 20 yes']],
    ['of a thanks and then a real reopen the real one', history(['09:20', ...solved], ['10:00', ...reopened], ['10:05', ...solved], ['11:00', ...said], ['11:00', ...reopened], ['11:30', ...reply()], ['11:30', ...solved]),
      ['opened', 'firstReply 150', 'firstSolve 20 yes', 'solve 150 yes']],
    ['after pending the customer\'s next message only', history(['09:20', ...reply()], ['10:00', ...said], ['10:10', 'case.pended', { to: 'pending' }], ['12:00', 'message.received', { message: 'm2' }, 'rule'], ['12:00', 'case.resumed', {}, 'rule'], ['12:30', ...reply('r2')]),
      ['opened', 'firstReply 20', 'nextReply 30']],
    ['a closed case as it was solved', history(['09:20', ...solved], ['+7 09:20', 'case.closed', {}, 'rule']), ['opened', 'firstSolve 20 no', 'solve 20 yes']],
  ])('%s', (_name, facts, expected) => expect(words(facts)).toEqual(expected))
})

describe('a reply that was taken back', () => {
  test.each<[string, Told[], string[]]>([
    ['was never sent', history(['09:20', ...reply()], ['09:20', 'reply.recalled', { message: 'r1' }], ['09:40', ...reply('r2')]), ['opened', 'firstReply 40']],
    ['takes its solve with it', history(['09:20', ...reply()], ['09:20', ...solved], ['09:20', 'reply.recalled', { message: 'r1', from: 'solved', to: 'open' }]), ['opened']],
    ['takes its reopening with it', history(['09:20', ...reply()], ['09:20', ...solved], ['10:00', ...reply('r2')], ['10:00', ...reopened], ['10:00', 'reply.recalled', { message: 'r2', from: 'open', to: 'solved' }]),
      ['opened', 'firstReply 20', 'firstSolve 20 no', 'solve 20 yes']],
    ['lets the customer wait as before', history(['09:20', ...reply()], ['10:00', ...said], ['10:30', ...reply('r2')], ['10:30', 'case.pended', {}], ['10:30', 'reply.recalled', { message: 'r2', from: 'pending', to: 'open' }], ['11:00', ...reply('r3')]),
      ['opened', 'firstReply 20', 'nextReply 60']],
    ['lets the customer wait as before also when somebody moved the case meanwhile', history(['09:20', ...reply()], ['10:00', ...said], ['10:30', ...reply('r2')], ['10:30', 'case.pended', {}], ['10:31', 'case.held', {}, BEN], ['10:31', 'reply.recalled', { message: 'r2' }], ['11:00', ...reply('r3')]),
      ['opened', 'firstReply 20', 'nextReply 60']],
  ])('%s', (_name, facts, expected) => expect(words(facts)).toEqual(expected))
})

describe('two cases in one', () => {
  test.each<[string, Told[], string[]]>([
    ['wait since the first of both', history(['09:20', ...reply()], ['10:00', 'case.absorbed', { other: 7, waitingSince: at('09:40').toISOString() }], ['10:20', ...reply('r2')]), ['opened', 'firstReply 20', 'nextReply 40']],
    ['wait no more when the one that waited comes out again', history(['09:20', ...reply()], ['10:00', 'case.absorbed', { waitingSince: at('09:40').toISOString() }], ['10:10', 'case.separated', { waitingSince: null }], ['10:20', ...reply('r2')]), ['opened', 'firstReply 20']],
    ['were not reopened when the one that did it comes out again', history(['09:20', ...solved], ['10:00', 'case.absorbed', {}], ['10:00', ...reopened], ['10:10', 'case.separated', { from: 'open', to: 'solved', waitingSince: null }]), ['opened', 'firstSolve 20 no', 'solve 20 yes']],
    ['of which one was split off, with what the customer waited for', history(['09:20', ...reply()], ['10:00', ...said], ['10:10', 'message.split', { messages: ['m1'], to: 9 }], ['10:30', ...reply('r2')]), ['opened', 'firstReply 20']],
  ])('%s', (_name, facts, expected) => expect(words(facts)).toEqual(expected))
})

describe('a promise', () => {
  const of = (kind: string, metric: string, data = {}) => [kind, { metric, ...data }, 'rule'] as const
  test.each<[string, Told[], string[]]>([
    ['that was met', history(['09:20', ...reply()], ['09:20', ...of('sla.met', 'firstReply')]), ['slaFirstReply yes']],
    ['that was breached counts so, also when it was met later', history(['10:00', ...of('sla.breached', 'firstReply')], ['10:20', ...reply()], ['10:20', ...of('sla.met', 'firstReply', { late: true })]), ['slaFirstReply no']],
    ['whose reply was taken back is open again', history(['09:20', ...of('sla.met', 'firstReply')], ['09:20', ...of('sla.unmet', 'firstReply')], ['10:00', ...of('sla.breached', 'firstReply')]), ['slaFirstReply no']],
    ['to resolve goes on when the case is reopened', history(['10:00', ...solved], ['10:00', ...of('sla.met', 'resolution')], ['11:00', ...reopened], ['12:00', ...of('sla.breached', 'resolution')]), ['slaResolution no']],
    ['counts each time that one was due', history(['09:20', ...of('sla.met', 'nextReply')], ['09:50', ...of('sla.breached', 'nextReply')]), ['slaNextReply yes', 'slaNextReply no']],
  ])('%s', (_name, facts, expected) => expect(words(facts).filter((word) => word.startsWith('sla'))).toEqual(expected))

  test('that was noticed late was breached at its instant', () => {
    expect(count(history(['12:00', 'sla.breached', { metric: 'firstReply', due: at('10:00').toISOString() }, 'rule']))?.moments.at(-1)).toMatchObject({ moment: 'slaFirstReply', turn: 1, at: at('10:00') })
  })
})

test('a moment has the queue, team and agent of its instant', () => {
  const found = count(history(
    ['09:05', 'case.assigned', { to: ANA, team: TEAM }], ['09:10', ...reply()], ['09:30', 'queue.changed', { from: QUEUE, to: OTHER_QUEUE }], ['09:31', 'case.assigned', { to: BEN, team: null }],
    ['10:00', 'case.solved', {}, 'rule'],
  ))
  expect(found?.moments.map(({ moment, queueId, teamId, agentId }) => [moment, queueId, teamId, agentId])).toEqual([
    ['opened', QUEUE, TEAM, null], ['firstReply', QUEUE, TEAM, ANA], ['firstSolve', OTHER_QUEUE, null, BEN], ['solve', OTHER_QUEUE, null, BEN],
  ])
})

test('a case is unsolved from its opening to a solve, and from a reopening on', () => {
  const found = count(history(['10:00', ...solved], ['11:00', ...reopened], ['11:05', 'case.assigned', { to: BEN, team: TEAM }]))
  expect(found?.spans).toEqual([
    { turn: 1, from: at('09:00'), until: at('10:00'), queueId: QUEUE, teamId: null, agentId: null }, { turn: 2, from: at('11:00'), until: null, queueId: QUEUE, teamId: TEAM, agentId: BEN },
  ])
})

test('without its opening nothing of a case can be counted', () => expect(count([{ at: at('09:00'), kind: 'reply.sent', data: {}, actor: { kind: 'agent', id: ANA } }])).toBeNull())
