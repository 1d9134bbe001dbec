import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mergeCustomers } from '#accounts'
import { pageOf, type Actor } from '#platform'
import { removeCase } from '../cases/removal.ts'
import { changeCase } from '../cases/service.ts'
import type { CaseListQuery } from '../cases/views.ts'
import { mailFrom, openScene, type Scene } from '../testing/scene.ts'
import { readFilter, readPlace } from './filter.ts'
import { countLists, tagsInUse } from './overview.ts'
import { sorts } from './model.ts'
import { listCases } from './store.ts'

let scene: Scene
let ana: Actor
beforeAll(async () => {
  scene = await openScene()
  ana = await scene.agent('Ana', { teamId: await scene.team('Payments') })
  await scene.queue('refunds')
  await scene.db.insertInto('topic').values({ key: 'payouts', title: 'Payouts' }).execute()
})
afterAll(() => scene.close())

async function page(query: CaseListQuery, limit: number, cursor: string | null, actor = ana) {
  const rows = await listCases(scene.db, await readFilter(scene.db, actor, query), query.sort ?? 'newest', cursor ? readPlace(cursor) : null, limit + 1)
  return pageOf(rows, limit, (row) => [row.place, row.id])
}
const all = async (query: CaseListQuery, actor = ana) => (await page(query, 200, null, actor)).items.map(({ number }) => number)
const change = (number: number, words: Parameters<typeof changeCase>[2]) => scene.run(ana, (work) => changeCase(work, number, words))

describe('every filter narrows', () => {
  let mine: number
  let other: number
  beforeAll(async () => {
    mine = (await scene.open({ customer: { email: 'filter@f.test' }, subject: 'Refund never arrived', queue: 'refunds', priority: 'urgent', topic: 'payouts', tags: ['vip'] })).number
    other = (await scene.open({ customer: { email: 'else@f.test' }, subject: 'Webhook fails' })).number
    await change(mine, { assignee: 'me', status: 'pending' })
  })

  test.each([
    ['status', 'pending,on_hold'], ['queue', 'refunds'], ['assignee', 'me'], ['team', 'mine'], ['topic', 'payouts'], ['priority', 'urgent,high'], ['tag', 'vip'], ['q', 'refund arr'], ['q', 'FILTER@f'],
  ] as const)('%s=%s', async (field, value) => {
    const found = await all({ [field]: value })
    expect(found).toContain(mine)
    expect(found).not.toContain(other)
  })

  test('assignee=none, several at once, a number', async () => {
    expect(await all({ assignee: 'none' })).toContain(other)
    expect(await all({ assignee: 'none' })).not.toContain(mine)
    expect(await all({ assignee: 'none,me', q: String(mine) })).toEqual([mine])
    expect(await all({ q: `#${other}` })).toEqual([other])
    expect(await all({ q: '!!!' })).toEqual([])
  })

  test('customer: every case of a person, whichever of two who were merged is asked for', async () => {
    const [a, b] = [await scene.open({ customer: { email: 'a@merge.test' } }), await scene.open({ customer: { email: 'b@merge.test' } })]
    expect(await all({ customer: a.customerId })).toEqual([a.number])
    await scene.run(ana, (work) => mergeCustomers(work, { kept: b.customerId, merged: a.customerId }))
    for (const id of [a.customerId, b.customerId]) expect(await all({ customer: id })).toEqual([b.number, a.number])
  })

  test('suggested: only cases with a message that waits for a decision', async () => {
    const { number, id } = await scene.open({ customer: { email: 'stranger@f.test' }, subject: 'With a suggestion' })
    expect(await all({ suggested: '1' })).not.toContain(number)
    await scene.db.updateTable('message').set({ standing: 'suggested' }).where('case_id', '=', id).execute()
    expect(await all({ suggested: '1' })).toEqual([number])
    await scene.db.updateTable('message').set({ standing: 'accepted' }).where('case_id', '=', id).execute()
  })

  test('removed: out of every list but its own', async () => {
    const { number } = await scene.open()
    await scene.run(ana, (work) => removeCase(work, number, 'spam'))
    expect(await all({})).not.toContain(number)
    expect(await all({ removed: 'spam' })).toEqual([number])
    expect(await all({ removed: 'trash' })).toEqual([])
  })
})

test('page by page, in every order, each case comes once and in order, whatever is opened meanwhile', async () => {
  await fc.assert(fc.asyncProperty(fc.constantFrom(...sorts), fc.integer({ min: 1, max: 7 }), fc.array(fc.nat(3), { minLength: 3, maxLength: 14 }), async (sort, limit, pauses) => {
    const queue = `run${Math.random().toString(36).slice(2)}`
    await scene.queue(queue)
    const there: number[] = []
    for (const [index, pause] of pauses.entries()) {
      // Some at the very same instant: the id decides between them.
      scene.clock.forward({ seconds: pause })
      const { number } = await scene.open({ queue })
      if (index % 3 === 0) await change(number, { status: 'solved' })
      if (index % 4 === 0) await scene.db.updateTable('case').set({ due_at: new Date(1_800_000_000_000 + pause) }).where('number', '=', number).execute()
      there.push(number)
    }
    const seen: number[] = []
    let late = 3
    for (let cursor: string | null = null, first = true; first || cursor; first = false) {
      const next: Awaited<ReturnType<typeof page>> = await page({ queue, sort }, limit, cursor)
      seen.push(...next.items.map(({ number }) => number))
      cursor = next.nextCursor
      if (late-- > 0) await scene.open({ queue })
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(there.filter((number) => !seen.includes(number))).toEqual([])
    const whole = (await page({ queue, sort }, 200, null)).items.map(({ number }) => number)
    expect(seen).toEqual(whole.filter((number) => seen.includes(number)))
  }), { numRuns: 15 })
})

test('counts are what the lists hold', async () => {
  const queue = await scene.queue('counted')
  const opened = [await scene.open({ queue: 'counted' }), await scene.open({ queue: 'counted' }), await scene.open({ queue: 'counted' })]
  await change(opened[0]!.number, { assignee: 'me' })
  await change(opened[1]!.number, { status: 'solved' })
  const suggested = await scene.receive(mailFrom('first@count.test', { internetId: '<count@x>' }))
  await scene.receive(mailFrom('stranger@count.test', { inReplyTo: ['<count@x>'] }))
  const counts = await countLists(scene.db, { agentId: ana.id, teamId: ana.teamId, barred: [] })
  const open = 'new,open,pending,on_hold'
  expect(counts.queues[queue]).toBe(2)
  expect(counts.unassigned - (await countLists(scene.db, { agentId: null, teamId: null, barred: [queue] })).unassigned).toBe(1)
  expect(counts).toMatchObject({
    mine: (await all({ assignee: 'me', status: open })).length, team: (await all({ team: 'mine', status: open })).length, spam: (await all({ removed: 'spam' })).length, suggestions: 1, drafts: 0, mentions: 0,
  })
  await scene.run(ana, (work) => removeCase(work, suggested.number, 'trash'))
  expect(await countLists(scene.db, { agentId: null, teamId: null, barred: [queue] })).toMatchObject({ mine: 0, team: 0, suggestions: 0, trash: 1 })
  expect((await countLists(scene.db, { agentId: null, teamId: null, barred: [queue] })).queues[queue]).toBeUndefined()
})

test('counts of nothing are noughts', async () => {
  const every = (await scene.db.selectFrom('queue').select('id').execute()).map(({ id }) => id)
  expect(await countLists(scene.db, { agentId: ana.id, teamId: ana.teamId, barred: every })).toEqual({ mine: 0, team: 0, unassigned: 0, drafts: 0, mentions: 0, spam: 0, trash: 0, suggestions: 0, troubled: 0, queues: {} })
})

test('tags in use, by their beginning, the most used first', async () => {
  for (const tags of [['tax-de'], ['tax-de', 'tax-fr'], ['100%'], ['other']]) await scene.open({ tags })
  expect(await tagsInUse(scene.db, 'TAX', [])).toEqual([{ tag: 'tax-de', cases: 2 }, { tag: 'tax-fr', cases: 1 }])
  expect((await tagsInUse(scene.db, '%', [])).map(({ tag }) => tag)).toEqual([])
})
