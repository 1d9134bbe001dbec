import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type World } from '../../../test/support/world.ts'
import { system } from '../actor.ts'
import { openDatabase, type Db } from '../db/database.ts'
import { performer, type Perform } from '../work/work.ts'
import { systemClock } from '../clock.ts'
import { startFeed } from './feed.ts'
import { sealAll, startSealer } from './sealer.ts'
import { factsAfter, positionOf } from './store.ts'
import { verifyLog } from './verify.ts'
import { openWire } from './wire.ts'

let world: World
beforeAll(async () => { world = await openWorld() })
afterAll(() => world.close())

/** Another instance: its own pool, and its own way to write. */
function openInstance(told: () => void = () => {}) {
  const { db, close } = openDatabase(world.ownerUrl, 6)
  return { db, close, perform: performer(db, systemClock, told) }
}

const WRITERS = 12
const CHANGES = 30
/** Of 30 changes one to three facts long, without every fifth. */
const FACTS = 48

/** Writes with pauses between the fact and the commit, so that commits come in another order than ids; every fifth change is undone. */
async function write(perform: Perform, writer: number, committed: Set<string>) {
  for (let change = 0; change < CHANGES; change++) {
    const names = Array.from({ length: 1 + (change % 3) }, (_, index) => `writer:${writer}-${change}-${index}`)
    const undo = change % 5 === 4
    await perform(system('test'), async (work) => {
      for (const subject of names) work.tell('desk', { kind: 'case.opened', subject })
      await work.tx.selectFrom('setting').select('key').execute()
      await sleep(Math.random() * 8)
      if (undo) throw new Error('undone')
    }).then(() => { for (const name of names) committed.add(name) }, () => {})
  }
}

/** Reads as `GET /api/v1/events?after=` does, until told to stop and nothing is left. */
async function readOn(db: Db, over: () => boolean): Promise<string[]> {
  const read: string[] = []
  let after = '0'
  for (let last = false; ; last = over()) {
    const facts = await factsAfter(db, after === '0' ? 0 : (await positionOf(db, Number(after))) ?? Number.NaN, 7)
    read.push(...facts.map((fact) => fact.subject ?? ''))
    after = facts.at(-1)?.id ?? after
    if (facts.length === 0 && last) return read
    if (facts.length === 0) await sleep(3)
  }
}

test('a reader by cursor sees every committed fact once, in one order, whatever many writers, undone changes and long transactions do', async () => {
  const [first, second] = [openInstance(), openInstance()]
  const committed = new Set<string>()
  let over = false
  const sealers = [startSealer(first.db, () => {}), startSealer(second.db, () => {})]
  const readers = [readOn(first.db, () => over), readOn(second.db, () => over)]
  const long = first.perform(system('test'), async (work) => {
    work.tell('desk', { kind: 'case.opened', subject: 'long' })
    await work.tx.selectFrom('setting').select('key').execute()
    await sleep(700)
  }).then(() => { committed.add('long') })
  await Promise.all([long, ...Array.from({ length: WRITERS }, (_, writer) => write(writer % 2 ? first.perform : second.perform, writer, committed))])
  await sealAll(first.db)
  over = true
  const [one, two] = await Promise.all(readers)
  await Promise.all(sealers.map((sealer) => sealer.stop()))
  expect(committed.size).toBe(WRITERS * FACTS + 1)
  expect(one).toHaveLength(committed.size)
  expect(new Set(one)).toEqual(committed)
  expect(two).toEqual(one)
  expect((await factsAfter(first.db, 0, 10_000)).map((fact) => fact.subject)).toEqual(one)
  expect(await verifyLog(first.db)).toMatchObject({ verified: true, events: committed.size })
  await Promise.all([first.close(), second.close()])
})

test('every instance\'s feed hears each fact once and in order, also of facts that other instances wrote', async () => {
  const [first, second] = [openInstance(), openInstance()]
  const wires = await Promise.all([openWire(world.ownerUrl, ['meridian_sealed']), openWire(world.ownerUrl, ['meridian_sealed'])])
  const feeds = await Promise.all([startFeed(first.db, wires[0]!, () => {}), startFeed(second.db, wires[1]!, () => {})])
  const heard: string[][] = [[], []]
  feeds.forEach((feed, index) => feed.follow((fact) => void heard[index]!.push(fact.id)))
  const sealer = startSealer(first.db, () => {})
  const committed = new Set<string>()
  await Promise.all([write(first.perform, 100, committed), write(second.perform, 101, committed)])
  await expect.poll(() => heard.map((ids) => ids.length), { timeout: 5_000 }).toEqual([committed.size, committed.size])
  expect(heard[0]).toEqual(heard[1])
  expect(new Set(heard[0]).size).toBe(committed.size)
  await sealer.stop()
  feeds.forEach((feed) => feed.stop())
  await Promise.all(wires.map((wire) => wire.close()))
  await Promise.all([first.close(), second.close()])
})
