import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '#platform'
import { openScene, type Scene } from '../testing/scene.ts'

let scene: Scene
let app: FastifyInstance
let ana: Actor
let ben: Actor
let cases: number[]
let queues: { payments: string; legal: string }
let team: string

beforeAll(async () => {
  scene = await openScene('2026-03-04T08:00:00Z')
  app = await scene.server()
  const inside = await scene.team('Legal')
  team = await scene.team('Payments', await scene.site('Dublin', 'Europe/Dublin'))
  queues = { payments: await scene.queue('payments'), legal: await scene.queue('legal', [inside]) }
  ana = await scene.agent('Ana', { role: 'lead', teamId: team })
  ben = await scene.agent('Ben', { role: 'agent', teamId: team })
  await scene.agent('Root', { role: 'admin' })
  await scene.agent('Dan', { role: 'planner' })
  cases = []
  for (const queue of [queues.payments, queues.payments, queues.payments, queues.legal]) cases.push(await scene.open({ queue, subject: `In ${queue === queues.legal ? 'legal' : 'payments'}` }))
  await scene.change(ana, cases[0]!, { assignee: ben.id })
  await scene.reply(ben, cases[0]!, { status: 'pending' })
  await scene.change(ana, cases[1]!, { assignee: ben.id })
  await scene.reply(ana, await scene.open({ queue: queues.payments }), { status: 'solved' })
  await scene.db.updateTable('case').set({ due_at: new Date('2026-03-04T08:30:00Z') }).where('number', '=', cases[1]!).execute()
  await scene.db.updateTable('case').set({ due_at: new Date('2026-03-04T07:30:00Z') }).where('number', '=', cases[2]!).execute()
  await scene.follow()
})
afterAll(async () => { await app.close(); await scene.close() })


async function ask(who: string, address: string) {
  const answer = await app.inject({ url: `/api/v1/board${address}`, headers: { authorization: `Bearer ${who}` } })
  return { status: answer.statusCode, ...answer.json() }
}

test('a lead sees the backlog, what is late, the people and the day; what is behind a wall is not there', async () => {
  scene.look(ben, cases[1]!, 'writing')
  const board = await ask('Ana', '?zone=Europe/Dublin')
  expect(board).toMatchObject({
    totals: { all: 3, unassigned: 1, waiting: 2, atRisk: 1, breached: 1, pressing: 2, snoozed: 0, sideOverdue: 0 }, leftOut: 1, showsCases: true,
    queues: [{ queue: { name: 'payments' }, all: 3, ages: [3, 0, 0, 0, 0], unassigned: 1, atRisk: 1, breached: 1 }],
    due: [{ number: cases[2] }, { number: cases[1], assignee: { name: 'Ben' } }], day: { from: '2026-03-04T00:00:00.000Z', hour: 8 },
  })
  expect(board.people.find(({ name }: { name: string }) => name === 'Ben')).toMatchObject({ open: 1, paused: 1, load: 1, capacity: 20, team: { id: team }, on: [{ number: cases[1], doing: 'writing' }] })
  expect([board.day.arrivals.today[8], board.day.solved.today[8]]).toEqual([4, 1])
  expect(board.places.queues.map(({ name }: { name: string }) => name)).not.toContain('legal')
  expect(JSON.stringify(board)).not.toContain('In legal')
})

test('an administrator sees all of it, and a planner the numbers alone', async () => {
  const board = await ask('Root', '')
  expect([board.totals.all, board.leftOut, board.day.arrivals.today[8]]).toEqual([4, 0, 5])
  const numbers = await ask('Dan', '')
  expect([numbers.totals.all, numbers.showsCases, numbers.due, numbers.oldest, numbers.people.flatMap(({ on }: { on: unknown[] }) => on)]).toEqual([3, false, [], [], []])
  expect(await ask('Dan', '/cases')).toMatchObject({ status: 403, code: 'measure.cases' })
  expect(await ask('Ben', '')).toMatchObject({ status: 403, code: 'permission.missing' })
})

test('each number opens its cases, page by page', async () => {
  const first = await ask('Ana', `/cases?queue=${queues.payments}&limit=2`)
  expect([first.count, first.items.map(({ number }: { number: number }) => number)]).toEqual([3, cases.slice(0, 2)])
  const second = await ask('Ana', `/cases?queue=${queues.payments}&limit=2&cursor=${first.nextCursor}`)
  expect([second.items.map(({ number }: { number: number }) => number), second.nextCursor]).toEqual([[cases[2]], null])
  expect((await ask('Ana', '/cases?is=breached')).items).toMatchObject([{ number: cases[2], dueAt: '2026-03-04T07:30:00.000Z' }])
  expect((await ask('Ana', `/cases?assignee=${ben.id}&is=atRisk`)).items).toMatchObject([{ number: cases[1] }])
  expect((await ask('Ana', `/cases?queue=${queues.legal}`)).count).toBe(0)
})

test('the board narrows to a team: its work, its people, its day', async () => {
  const board = await ask('Root', `?team=${team}`)
  expect([board.totals.all, board.people.map(({ name }: { name: string }) => name)]).toEqual([2, ['Ana', 'Ben']])
})
