import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId, type Actor } from '#platform'
import { openScene, type Scene } from '../testing/scene.ts'
import { checkQuery } from './check.ts'

let scene: Scene
let lead: Actor
beforeAll(async () => {
  scene = await openScene()
  await scene.queue('payouts')
  lead = { ...await scene.agent('Lead', { role: 'lead' }), barred: [await scene.queue('vault', { walled: true })] }
  await scene.db.insertInto('account').values({ id: newId(), name: 'Northwind Ltda.' }).execute()
  await scene.open({ customer: { email: 'ana@check.test', name: 'Ana' } })
})
afterAll(() => scene.close())

test.each<[string, [number, string][]]>([
  ['queue:payouts status:new account:"northwind ltda.",north* assignee:lead,none customer:ana@check.test tag:whatever', []],
  ['queue:payout', [[6, 'name.unknown']]],
  ['queue:vault', [[6, 'name.unknown']]],
  ['-account:acme,"Northwind Ltda." status:opn topic:none', [[9, 'name.unknown'], [39, 'value.unknown']]],
  ['customer:bob team:blue', [[9, 'name.unknown'], [18, 'name.unknown']]],
])('%s', async (text, expected) => {
  expect((await checkQuery(scene.db, lead, text)).problems.map(({ at, code }) => [at, code])).toEqual(expected)
})

test('where nobody reads, nothing is mine', async () => {
  const text = 'assignee:me,lead team:mine is:unread,unassigned'
  expect((await checkQuery(scene.db, lead, text)).problems).toEqual([])
  expect((await checkQuery(scene.db, lead, text, { readerless: true })).problems.map(({ at, length, code }) => [text.slice(at, at + length), code])).toEqual([['me', 'reader.none'], ['mine', 'reader.none'], ['unread', 'reader.none']])
})
