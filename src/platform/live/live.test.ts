import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { openWorld, type World } from '../../../test/support/world.ts'
import { runSql } from '../../../test/support/cluster.ts'
import { system } from '../actor.ts'
import type { Perform } from '../work/work.ts'
import { actorOf, startInstance, type Instance, type InstanceOptions } from '../testing/instance.ts'
import { readLive, type Reader } from '../testing/reader.ts'

vi.setConfig({ testTimeout: 60_000 })
let world: World
beforeAll(async () => { world = await openWorld() })
afterAll(() => world.close())

const running: Instance[] = []
afterEach(async () => { for (const instance of running.splice(0)) await instance.stop() })
async function start(options: InstanceOptions = {}): Promise<Instance> {
  const instance = await startInstance(world.ownerUrl, options)
  running.push(instance)
  instance.tokens.set('admin', actorOf('admin', 'admin')).set('agent', actorOf('agent', 'agent', ['space:3'])).set('partner', actorOf('partner', 'partner'))
  return instance
}

let next = 0
const tell = (perform: Perform, number = 1, kind: `${string}.${string}` = 'case.opened') => perform(system('test'), async (work) => work.tell('desk', { kind, case: number, data: { n: ++next } }))
const numbers = (reader: Reader) => reader.events.filter(({ event }) => event === 'fact').map(({ data }) => JSON.parse(data ?? '').data.n)
const heard = (reader: Reader, count: number) => expect.poll(() => numbers(reader).length, { timeout: 5_000 }).toBe(count)

test('a fact reaches open screens of every instance, with what it touches and without what the log keeps for itself', async () => {
  const [one, two] = [await start(), await start()]
  const readers = [await readLive(one.url, 'admin'), await readLive(two.url, 'admin')]
  await tell(one.perform, 7)
  for (const reader of readers) await heard(reader, 1)
  const { id, event, data } = readers[1]!.events[0]!
  expect([event, JSON.parse(data!)]).toEqual(['fact', { id, at: expect.any(String), room: 'desk', kind: 'case.opened', case: 7, subject: null, actor: { kind: 'system', id: 'test' }, data: { n: next }, refs: ['case:7'] }])
})

test('a lost connection loses nothing and doubles nothing, whichever instance it comes back to', async () => {
  const [one, two] = [await start(), await start()]
  const from = next
  let reader = await readLive(one.url, 'admin')
  // Who has heard nothing yet has nothing to come back to: a browser reads everything anew then.
  await tell(one.perform)
  await heard(reader, 1)
  const all: number[] = []
  let writing = true
  const writer = (async () => { for (let index = 0; index < 60; index++) { await tell(index % 2 ? one.perform : two.perform); await sleep(3) } writing = false })()
  for (let turn = 0; writing; turn++) {
    await sleep(40)
    reader.cut()
    all.push(...numbers(reader))
    await sleep(15)
    reader = await readLive(turn % 2 ? one.url : two.url, 'admin', reader.lastId())
  }
  await writer
  await expect.poll(() => all.length + numbers(reader).length, { timeout: 5_000 }).toBe(61)
  all.push(...numbers(reader))
  expect([...all].sort((a, b) => a - b)).toEqual(Array.from({ length: 61 }, (_, index) => from + 1 + index))
})

test('an instance that goes away takes nothing along: the reader goes on at another', async () => {
  const [one, two] = [await start(), await start()]
  const reader = await readLive(one.url, 'admin')
  await tell(two.perform)
  await heard(reader, 1)
  running.splice(running.indexOf(one), 1)
  await one.stop()
  await reader.ended
  await tell(two.perform)
  const again = await readLive(two.url, 'admin', reader.lastId())
  await heard(again, 1)
  expect(numbers(again)).toEqual([next])
})

test('a database connection that breaks delays facts and loses none', async () => {
  const one = await start()
  const reader = await readLive(one.url, 'admin')
  await runSql(world.ownerUrl, `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'meridian wire' and datname = current_database()`)
  await tell(one.perform)
  await heard(reader, 1)
  await sleep(400)
  await tell(one.perform)
  await heard(reader, 2)
})

test('roles and walls: who may not read hears nothing of it, also when coming back', async () => {
  const one = await start()
  const [admin, agent, partner] = [await readLive(one.url, 'admin'), await readLive(one.url, 'agent'), await readLive(one.url, 'partner')]
  const mark = admin.events.length
  await tell(one.perform, 350)
  await tell(one.perform, 450)
  await heard(admin, mark + 2)
  await heard(agent, 1)
  expect([numbers(agent), numbers(partner)]).toEqual([[next], []])
  const first = String(Number(admin.events[mark]!.id) - 1)
  const again = await readLive(one.url, 'agent', first)
  await heard(again, 1)
  expect(numbers(again)).toEqual([next])
})

test('nobody is refused, and a lost sign-in ends the stream', async () => {
  const one = await start({ heartbeatMs: 60 })
  await expect(readLive(one.url, 'unknown')).rejects.toThrow('401')
  const reader = await readLive(one.url, 'agent')
  one.tokens.delete('agent')
  await reader.ended
  expect(one.live.listeners()).toBe(0)
})

test('a change of who may see what holds for the very next fact', async () => {
  const one = await start()
  const reader = await readLive(one.url, 'agent')
  await tell(one.perform, 250)
  await heard(reader, 1)
  one.tokens.set('agent', actorOf('agent', 'agent', ['space:2']))
  await one.perform(system('test'), async (work) => {
    work.tell('people', { kind: 'agent.changed', data: { n: -1 } })
    work.tell('desk', { kind: 'case.opened', case: 250, data: { n: -2 } })
  })
  await tell(one.perform, 1)
  await expect.poll(() => numbers(reader).at(-1)).toBe(next)
  expect(numbers(reader)).toEqual([next - 1, -1, next])
})

test('too far behind, or a mark that the log does not know: read everything anew', async () => {
  const one = await start()
  const first = await readLive(one.url, 'admin', '999999999')
  await expect.poll(() => first.events.map(({ event }) => event)).toEqual(['reset'])
  const opened = await readLive(one.url, 'admin')
  await tell(one.perform)
  await heard(opened, 1)
  await one.perform(system('test'), async (work) => { for (let index = 0; index < 2_100; index++) work.tell('desk', { kind: 'case.opened', case: 1, data: { n: 0 } }) })
  await heard(opened, 2_101)
  const late = await readLive(one.url, 'admin', opened.events[0]!.id!)
  await expect.poll(() => late.events.length).toBe(1)
  await tell(one.perform)
  await expect.poll(() => late.events.map(({ event }) => event)).toEqual(['reset', 'fact'])
})

test('the mark of a reader moves also past what it may not hear of', async () => {
  const one = await start({ heartbeatMs: 60 })
  const partner = await readLive(one.url, 'partner')
  await tell(one.perform)
  await expect.poll(() => partner.lastId(), { timeout: 3_000 }).not.toBe(null)
  expect(partner.events).toEqual([])
})

test('a fact that cannot be told ends the stream, and is told when the reader comes back', async () => {
  let broken = false
  const one = await start({ audienceOf: async () => { if (broken) throw new Error('planted'); return { permission: 'thing.read', space: null, refs: [] } } })
  const reader = await readLive(one.url, 'admin')
  await tell(one.perform)
  await heard(reader, 1)
  broken = true
  await tell(one.perform)
  await reader.ended
  broken = false
  const again = await readLive(one.url, 'admin', reader.lastId())
  await heard(again, 1)
  expect(numbers(again)).toEqual([next])
})

test('who is where is told to those who may see the place, across instances, and fades', async () => {
  let time = Date.now()
  const [one, two] = [await start(), await start({ now: () => time })]
  const [agent, partner, walled] = [await readLive(two.url, 'agent'), await readLive(two.url, 'partner'), await readLive(two.url, 'agent')]
  const places = (reader: Reader) => reader.events.filter(({ event }) => event === 'presence').map(({ data }) => JSON.parse(data ?? ''))
  one.whereabouts.say('case:5', { id: 'ana', name: 'Ana' }, 'writing')
  await expect.poll(() => places(agent)).toEqual([{ place: 'case:5', people: [{ agent: 'ana', name: 'Ana', doing: 'writing' }] }])
  one.whereabouts.say('case:5', { id: 'ana', name: 'Ana' }, 'writing')
  one.whereabouts.say('case:305', { id: 'ana', name: 'Ana' }, 'viewing')
  one.whereabouts.say('case:5', { id: 'bob', name: 'Bob' }, 'viewing')
  await expect.poll(() => two.whereabouts.at('case:5').map(({ name }) => name)).toEqual(['Ana', 'Bob'])
  expect(one.whereabouts.at('case:5')).toHaveLength(2)
  one.whereabouts.say('case:5', { id: 'bob', name: 'Bob' }, 'gone')
  await expect.poll(() => places(agent).length).toBe(3)
  expect([places(partner), places(walled).some(({ place }) => place === 'case:305')]).toEqual([[], false])
  time += 31_000
  await expect.poll(() => two.whereabouts.at('case:5'), { timeout: 7_000 }).toEqual([])
  expect(places(agent).at(-1)).toEqual({ place: 'case:5', people: [] })
})

test('what is not ours on the wire is passed over', async () => {
  const one = await start()
  for (const payload of ['not json', '{}', '{"place":"case:1","agent":"x","name":"x","doing":"flying"}']) await runSql(world.ownerUrl, `select pg_notify('meridian_presence', '${payload}')`)
  one.whereabouts.say('case:6', { id: 'ana', name: 'Ana' }, 'viewing')
  await expect.poll(() => one.whereabouts.at('case:6')).toHaveLength(1)
  expect(one.whereabouts.at('case:1')).toEqual([])
})

test('nobody holds more than fifty streams: the next is refused to them and to nobody else, until one ends', async () => {
  const one = await start()
  const readers = []
  for (let index = 0; index < 50; index++) readers.push(await readLive(one.url, 'partner'))
  const ask = (token: string) => readLive(one.url, token).then((reader) => { reader.cut(); return 'open' }, (error: Error) => error.message)
  expect([await ask('partner'), await ask('agent')]).toEqual(['429', 'open'])
  readers[0]?.cut()
  await expect.poll(() => ask('partner'), { timeout: 5_000 }).toBe('open')
  for (const reader of readers) reader.cut()
})
