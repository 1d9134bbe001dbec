import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type World } from '../../../test/support/world.ts'
import { system } from '../actor.ts'
import { sealAll } from './sealer.ts'
import { factsBefore } from './store.ts'

let world: World
beforeAll(async () => { world = await openWorld() })
afterAll(() => world.close())

test('people read the log from its end, page by page, of one room, kind or case', async () => {
  await world.perform(system('test'), async (work) => {
    for (const number of [1, 2, 3, 4]) work.tell(number % 2 ? 'desk' : 'channels', { kind: number < 3 ? 'case.opened' : 'case.solved', case: number })
  })
  await sealAll(world.db)
  const numbers = async (...how: [number | null, Parameters<typeof factsBefore>[2], number]) => (await factsBefore(world.db, ...how)).map((fact) => fact.case)
  const [newest] = await factsBefore(world.db, null, {}, 1)
  expect(await numbers(null, {}, 3)).toEqual([4, 3, 2])
  expect(await numbers(newest!.position, {}, 10)).toEqual([3, 2, 1])
  expect(await numbers(null, { room: 'desk' }, 10)).toEqual([3, 1])
  expect(await numbers(null, { kind: 'case.opened' }, 10)).toEqual([2, 1])
  expect(await numbers(null, { case: 4 }, 10)).toEqual([4])
  expect(await numbers(null, { room: 'desk', kind: 'case.solved', case: 2 }, 10)).toEqual([])
})
