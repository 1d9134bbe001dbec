import { expect, test } from 'vitest'
import { parseQuery, writeQuery } from '../query/model.ts'
import { asListed, reachOf, restOf } from './reach.ts'

const query = (text: string) => parseQuery(text).query
const [hand, done] = [['new', 'open', 'pending', 'on_hold'], ['solved', 'closed']]

test.each([
  ['', hand, done, false, []], ['status:open,solved', ['open'], ['solved'], false, []], ['-status:open', ['new', 'pending', 'on_hold'], done, false, []],
  ['is:unsolved', hand, [], false, []], ['-is:unsolved', [], done, false, []], ['is:unsolved status:closed', [], [], false, []],
  ['is:spam', [], [], false, [...hand, ...done]], ['is:spam,trash status:open', [], [], false, ['open']], ['is:spam,unread', hand, done, false, [...hand, ...done]],
  ['is:merged', [], [], true, []], ['is:merged status:open', [], [], false, []], ['is:merged,spam', [], [], true, [...hand, ...done]], ['-is:spam', hand, done, false, []],
  ['is:unsolved,overdue', hand, done, false, []],
] as const)('%j reaches', (text, atHand, isDone, merged, removed) => expect(reachOf(query(text))).toEqual({ hand: atHand, done: isDone, merged, removed }))

test('what is put off is left out of work at hand, and of nothing else', () => {
  expect(['is:unsolved', 'status:new team:mine', 'status:open,solved', '', 'is:snoozed is:unsolved', '-is:snoozed status:open', 'is:spam'].map((text) => writeQuery(asListed(query(text))))).toEqual([
    'is:unsolved -is:snoozed', 'status:new team:mine -is:snoozed', 'status:open,solved', '', 'is:snoozed is:unsolved', '-is:snoozed status:open', 'is:spam',
  ])
})

test('the rest is what neither status nor order says', () => expect(writeQuery(restOf(query('status:open is:unsolved is:unsolved,overdue tag:vip sort:oldest word')))).toBe('is:unsolved,overdue tag:vip word'))
