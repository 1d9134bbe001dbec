import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type World } from '../../test/support/world.ts'
import { startTicks } from './ticks.ts'

let world: World
beforeAll(async () => { world = await openWorld() })
afterAll(() => world.close())

test('a tick runs at once and after each pause or poke, never twice at a time, goes on after a failure, and ends when told', async () => {
  let [running, together, runs, slow] = [0, 0, 0, 0]
  const faults: string[] = []
  const ticking = startTicks({
    db: world.db, perform: world.perform, fault: (_error, name) => faults.push(name),
    ticks: [{ name: 'test', everyMs: 20, run: async () => {
      running += 1
      together = Math.max(together, running)
      await sleep(5)
      running -= 1
      runs += 1
      if (runs === 1) throw new Error('once')
    } }, { name: 'slow', everyMs: 3_600_000, run: async () => { slow += 1 } }],
  })
  while (runs < 4) await sleep(5)
  expect(slow).toBe(1)
  ticking.poke('slow')
  while (slow < 2) await sleep(5)
  await ticking.stop()
  const after = runs
  await sleep(60)
  expect({ together, faults, ended: runs === after && running === 0 }).toEqual({ together: 1, faults: ['test'], ended: true })
})
