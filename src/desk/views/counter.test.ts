import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '#platform'
import { parseQuery } from '../query/model.ts'
import { openScene, type Scene } from '../testing/scene.ts'
import { openCounter } from './counter.ts'

let scene: Scene
let [ana, bo, outside]: Actor[] = []
beforeAll(async () => {
  scene = await openScene();
  [ana, bo] = [await scene.agent('Ana'), await scene.agent('Bo')]
  outside = { ...bo, id: bo.id, kind: 'agent', name: 'Outside', roles: ['agent'], teamId: null, barred: [await scene.queue('walled', { walled: true })] }
  await scene.open({ queue: 'walled' })
  await scene.open()
})
afterAll(() => scene.close())

const query = (text: string) => parseQuery(text).query
test('two hundred screens that ask at once are one question', async () => {
  let position = 1
  const counter = openCounter({ db: scene.db, position: () => position })
  const asked = await Promise.all(Array.from({ length: 200 }, () => counter.count(ana ?? never(), [query('is:unsolved')])))
  expect(new Set(asked.map(([one]) => one?.count))).toEqual(new Set([2]))
  // What was told to nobody yet is not looked for: the answer is kept until the log goes on.
  await scene.open()
  expect((await counter.count(ana ?? never(), [query('is:unsolved')]))[0]?.count).toBe(2)
  position = 2
  expect((await counter.count(ana ?? never(), [query('is:unsolved')]))[0]?.count).toBe(3)
})

test('an answer grows old with time, too, and where nobody reads the log nothing is kept', async () => {
  let [at, position]: [number, number | null] = [0, 1]
  const counter = openCounter({ db: scene.db, position: () => position, now: () => at })
  const count = async () => (await counter.count(ana ?? never(), [query('is:unsolved')]))[0]?.count ?? 0
  const before = await count()
  await scene.open()
  expect(await count()).toBe(before)
  at = 2_001
  expect(await count()).toBe(before + 1)
  position = null
  await scene.open()
  expect(await count()).toBe(before + 2)
})

test('walls and readers keep answers apart', async () => {
  const counter = openCounter({ db: scene.db, position: () => 1 })
  const [inside] = await counter.count(ana ?? never(), [query('queue:walled'), query('assignee:me')])
  const [wall] = await counter.count(outside ?? never(), [query('queue:walled'), query('assignee:me')])
  expect([inside?.count, wall?.count]).toEqual([1, 0])
})

test('a question that cannot be answered fails, and the next one is answered', async () => {
  const counter = openCounter({ db: scene.db, position: () => 1 })
  const odd: Actor = { ...(ana ?? never()), teamId: 'no team' }
  await expect(counter.count(odd, [query('team:mine')])).rejects.toThrow()
  expect(await counter.count(ana ?? never(), [query('is:spam')])).toEqual([{ count: 0, more: false }])
})

function never(): never { throw new Error('no such agent') }
