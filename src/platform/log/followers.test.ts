import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openWorld, type World } from '../../../test/support/world.ts'
import { system } from '../actor.ts'
import { startFeed } from './feed.ts'
import { enrol, followOnce, startFollowers, type Follower } from './followers.ts'
import { sealAll, startSealer } from './sealer.ts'
import { openWire } from './wire.ts'

let world: World
beforeEach(async () => { world = await openWorld({ connections: 8 }) })
afterEach(() => world.close())

const tell = (...subjects: string[]) => world.perform(system('test'), async (work) => { for (const subject of subjects) work.tell('desk', { kind: 'case.opened', subject }) })
/** Writes down what it is handed in the unit of work that it is handed, as followers do. */
const noting = (name: string, fail: (subject: string) => boolean = () => false): Follower => ({
  name, wants: ({ kind }) => kind === 'case.opened',
  handle: async (work, facts) => {
    for (const { subject } of facts) {
      if (fail(subject ?? '')) throw new Error('cannot')
      await work.tx.insertInto('setting').values({ key: `${name} ${subject}`, value: '1' }).execute()
    }
  },
})
const noted = async (name: string) => (await world.db.selectFrom('setting').select('key').where('key', 'like', `${name} %`).orderBy('key').execute()).map(({ key }) => key.slice(name.length + 1))

test('begins at the end of the log, and is handed each fact once', async () => {
  await tell('old:1')
  await sealAll(world.db)
  const follower = noting('a')
  await enrol(world.db, 'a')
  await enrol(world.db, 'a')
  await tell('x:1', 'x:2')
  await sealAll(world.db)
  expect(await followOnce(world.perform, follower)).toBe(2)
  expect(await followOnce(world.perform, follower)).toBe(0)
  expect(await noted('a')).toEqual(['x:1', 'x:2'])
})

test('what it did and its place go together: a failure undoes both, and one fact that always fails holds up no other', async () => {
  await enrol(world.db, 'b')
  const follower = noting('b', (subject) => subject === 'x:2')
  await tell('x:1', 'x:2', 'x:3')
  await sealAll(world.db)
  await expect(followOnce(world.perform, follower)).rejects.toThrow('cannot')
  expect(await noted('b')).toEqual([])
  let failures = 1
  for (let left = 20; left > 0 && (await noted('b')).length < 2; left--) await followOnce(world.perform, follower).catch(() => { failures += 1 })
  expect(await noted('b')).toEqual(['x:1', 'x:3'])
  expect(failures).toBe(6)
  expect(await world.db.selectFrom('follower_skip').select(['name', 'error']).execute()).toEqual([{ name: 'b', error: 'cannot' }])
})

test('several instances share the facts: each is acted on once, while they are told', async () => {
  const sealer = startSealer(world.db, () => {})
  const wires = await Promise.all([openWire(world.ownerUrl, ['meridian_sealed']), openWire(world.ownerUrl, ['meridian_sealed'])])
  const feeds = await Promise.all(wires.map((wire) => startFeed(world.db, wire, () => {})))
  const faults: unknown[] = []
  const following = await Promise.all(feeds.map((feed) => startFollowers({ db: world.db, perform: world.perform, feed, followers: [noting('c')], fault: (error) => faults.push(error) })))
  for (let round = 0; round < 30; round++) await tell(`x:${String(round).padStart(2, '0')}`)
  for (let left = 100; left > 0 && (await noted('c')).length < 30; left--) await sleep(50)
  await Promise.all(following.map((each) => each.stop()))
  feeds.forEach((feed) => feed.stop())
  await Promise.all(wires.map((wire) => wire.close()))
  await sealer.stop()
  expect(faults).toEqual([])
  expect(await noted('c')).toEqual(Array.from({ length: 30 }, (_, round) => `x:${String(round).padStart(2, '0')}`))
})

test('what is to run before the commit runs once a key, after the verb, in the same unit of work, and may ask for more', async () => {
  const order: string[] = []
  const act = (name: string, more?: () => void) => async () => { order.push(name); more?.() }
  await world.perform(system('test'), async (work) => {
    work.beforeCommit('one', act('one', () => { work.beforeCommit('three', act('three')); work.beforeCommit('one', act('again')) }))
    work.beforeCommit('one', act('again'))
    work.beforeCommit('two', async () => { order.push('two'); work.tell('desk', { kind: 'case.opened', subject: 'told:last' }) })
    order.push('verb')
  })
  expect(order).toEqual(['verb', 'one', 'two', 'three'])
  expect(await world.db.selectFrom('event').select('subject').where('subject', '=', 'told:last').execute()).toHaveLength(1)
})
