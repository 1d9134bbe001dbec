import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kinds, priorities, statuses } from '../cases/model.ts'
import { inverseOf } from './inverse.ts'
import { planOf, wordsOf, type CaseAction } from './model.ts'
import { changesBetween, previewOf, type ActionSubject, type PreviewContext } from './preview.ts'

const subject: ActionSubject = {
  number: 10_001, status: 'open', priority: 'normal', kind: 'question', queue: { id: 'q1', key: 'general' }, team: null, assignee: null, topic: null, tags: ['vip'], removed: null, merged: false, snoozed: null,
}
const queues = [{ id: 'q1', key: 'general' }, { id: 'q2', key: 'risk' }]
const context: PreviewContext = {
  now: new Date('2026-11-24T10:00:00Z'), me: 'maya',
  agent: (id) => ({ maya: { team: 't1', barred: [] }, lee: { team: null, barred: ['q2'] } })[id] ?? null,
  queue: (name) => queues.find(({ id, key }) => id === name || key === name) ?? null, topic: (key) => key !== 'gone',
}
const preview = (given: Partial<ActionSubject>, ...actions: CaseAction[]) => previewOf({ ...subject, ...given }, actions, context)
const change = (field: string, from: string | null, to: string | null) => ({ field, from, to })

describe('a preview', () => {
  test.each<[string, Partial<ActionSubject>, CaseAction[], unknown]>([
    ['from what to what', {}, [{ do: 'priority', to: 'high' }, { do: 'status', to: 'solved' }], [change('status', 'open', 'solved'), change('priority', 'normal', 'high')]],
    ['nothing to change', {}, [{ do: 'priority', to: 'normal' }, { do: 'tag', add: ['vip'] }, { do: 'queue', to: 'general' }], []],
    ['a team comes with the agent', {}, [{ do: 'assign', to: 'me' }], [change('team', null, 't1'), change('assignee', null, 'maya')]],
    ['tags one by one', {}, [{ do: 'tag', add: ['New Tag'], drop: ['vip'] }], [change('tag', null, 'new-tag'), change('tag', 'vip', null)]],
    ['a reply opens a new case', { status: 'new' }, [{ do: 'reply', body: 'Hi' }], [change('status', 'new', 'open'), change('reply', null, 'Hi')]],
    ['a reply with a status', {}, [{ do: 'reply', body: 'Hi' }, { do: 'status', to: 'pending' }], [change('status', 'open', 'pending'), change('reply', null, 'Hi')]],
    ['restored, then changed', { removed: 'trash' }, [{ do: 'priority', to: 'low' }, { do: 'restore' }], [change('priority', 'normal', 'low'), change('removed', 'trash', null)]],
    ['put off', {}, [{ do: 'snooze', minutes: 60 }], [change('snoozed', null, '2026-11-24T11:00:00.000Z')]],
    ['the later of two holds', {}, [{ do: 'priority', to: 'low' }, { do: 'priority', to: 'urgent' }], [change('priority', 'normal', 'urgent')]],
  ])('%s', (_name, given, actions, changes) => expect(preview(given, ...actions)).toEqual({ changes, refusals: [] }))

  test.each<[string, Partial<ActionSubject>, CaseAction[], string[]]>([
    ['closed stays closed', { status: 'closed' }, [{ do: 'priority', to: 'high' }], ['case.closed']],
    ['what is in the trash is left alone', { removed: 'trash' }, [{ do: 'note', body: 'x' }], ['case.removed']],
    ['merged', { merged: true }, [{ do: 'tag', add: ['a'] }], ['case.merged']],
    ['nothing to restore', {}, [{ do: 'restore' }], ['case.notRemoved']],
    ['a status that cannot be', {}, [{ do: 'status', to: 'closed' }], ['status.never']],
    ['a queue that is gone', {}, [{ do: 'queue', to: 'gone' }], ['queue.notFound']],
    ['nobody of that name', {}, [{ do: 'assign', to: 'gone' }], ['assignee.notFound']],
    ['behind the wall for whoever gets it', {}, [{ do: 'assign', to: 'lee' }, { do: 'queue', to: 'risk' }], ['assignee.outside']],
    ['behind the wall for whoever has it', { assignee: 'lee' }, [{ do: 'queue', to: 'risk' }], ['assignee.outside']],
    ['two reasons', {}, [{ do: 'topic', to: 'gone' }, { do: 'queue', to: 'gone' }], ['topic.notFound', 'queue.notFound']],
    ['solved is not put off', { status: 'solved' }, [{ do: 'snooze', minutes: null }], ['snooze.solved']],
  ])('refused: %s', (_name, given, actions, refusals) => expect(preview(given, ...actions)).toEqual({ changes: [], refusals }))

  test('closed can still be put away', () => expect(preview({ status: 'closed' }, { do: 'remove', as: 'spam' }).refusals).toEqual([]))
})

test('the order of a list does not matter, but of two that set the same the later holds', () => {
  const plan = planOf([{ do: 'tag', add: ['a', 'b'] }, { do: 'tag', drop: ['a'] }, { do: 'reply', body: '1' }, { do: 'reply', body: '2' }])
  expect(plan).toMatchObject({ addTags: ['b'], dropTags: ['a'], replies: ['1', '2'] })
})

test('actions in words', () => {
  const names = { agent: () => 'Lee', team: () => null, queue: () => 'Risk', topic: () => 'Refunds' }
  const words = (action: CaseAction) => wordsOf(action, names)
  expect([words({ do: 'tag', add: ['a'], drop: ['b'] }), words({ do: 'kind', to: 'incident' }), words({ do: 'snooze', minutes: 2880 }), words({ do: 'team', to: 'x' }), words({ do: 'assign', to: 'y' })])
    .toEqual(['Tag with a, take off b', 'Make it an incident', 'Snooze for 2 days', 'Set team to a team that is gone', 'Assign to Lee'])
})

describe('taking back', () => {
  const one = <T>(...values: readonly T[]) => fc.constantFrom(...values)
  const anySubject = fc.record({
    number: fc.constant(1), status: one(...statuses), priority: one(...priorities), kind: one(...kinds), queue: one(...queues), team: one(null, 't1', 't2'), assignee: one(null, 'maya', 'lee'), topic: one(null, 'a', 'b'),
    tags: fc.uniqueArray(one('x', 'y', 'z')), removed: one(null, 'spam' as const, 'trash' as const), merged: fc.constant(false), snoozed: fc.constant(null),
  })
  const anyAction: fc.Arbitrary<CaseAction> = fc.oneof(
    one<CaseAction>({ do: 'assign', to: 'me' }, { do: 'assign', to: null }, { do: 'queue', to: 'risk' }, { do: 'team', to: 't2' }, { do: 'topic', to: 'b' }, { do: 'kind', to: 'problem' }, { do: 'remove', as: 'spam' }, { do: 'restore' }),
    one(...priorities).map((to): CaseAction => ({ do: 'priority', to })), fc.uniqueArray(one('x', 'y', 'z')).map((add): CaseAction => ({ do: 'tag', add })), one('x', 'y').map((tag): CaseAction => ({ do: 'tag', drop: [tag] })),
  )
  /** What the preview says, done. */
  const done = (before: ActionSubject, actions: readonly CaseAction[]): ActionSubject => {
    let next = before
    for (const { field, from, to } of previewOf(before, actions, context).changes) {
      if (field === 'tag') next = { ...next, tags: to === null ? next.tags.filter((tag) => tag !== from) : [...next.tags, to] }
      else if (field === 'queue') next = { ...next, queue: queues.find(({ id }) => id === to) ?? next.queue }
      else if (field !== 'reply' && field !== 'note') next = { ...next, [field]: to }
    }
    return next
  }

  test('right after, everything that can be changed is as it was', () => {
    fc.assert(fc.property(anySubject, fc.array(anyAction, { minLength: 1, maxLength: 4 }), (before, actions) => {
      const after = done(before, actions)
      const inverse = inverseOf(changesBetween(before, after), after, context)
      const back = done(done(after, inverse.actions), inverse.after)
      const left = changesBetween(before, back).filter(({ field }) => field !== 'status')
      expect(left.every(({ field }) => inverse.kept.some((kept) => kept.field === field) || (field === 'team' && inverse.kept.length > 0))).toBe(true)
    }), { numRuns: 500 })
  })

  test('what somebody changed since stays theirs', () => {
    const after: ActionSubject = { ...subject, priority: 'high', topic: 'a', tags: ['vip', 'new'] }
    const inverse = inverseOf(changesBetween(subject, after), { ...after, priority: 'urgent', tags: ['vip'] }, context)
    expect(inverse.actions).toEqual([{ do: 'topic', to: null }])
    expect(inverse.kept).toEqual([{ field: 'priority', why: 'changedSince' }, { field: 'tag', value: 'new', why: 'changedSince' }])
  })

  test('what cannot be undone says why', () => {
    expect(inverseOf([{ field: 'status', from: 'solved', to: 'closed' }], { ...subject, status: 'closed' }, context).kept).toEqual([{ field: 'status', why: 'closedForGood' }])
    expect(inverseOf([{ field: 'assignee', from: 'gone', to: 'maya' }], { ...subject, assignee: 'maya' }, context).kept).toEqual([{ field: 'assignee', why: 'assignee.notFound' }])
    expect(inverseOf([{ field: 'priority', from: 'low', to: 'normal' }], { ...subject, status: 'closed' }, context).kept).toEqual([{ field: 'priority', why: 'case.closed' }])
    expect(inverseOf([{ field: 'status', from: 'open', to: 'solved' }], { ...subject, status: 'solved' }, context)).toMatchObject({ status: { from: 'open' }, kept: [] })
  })
})
