import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { changeCase } from '../cases/service.ts'
import { openScene } from '../testing/scene.ts'
import { readSettled } from './store.ts'

test('cases that were copied in get the promises of one policy, and go on from there', async () => {
  const scene = await openScene()
  const ana = await scene.agent('Ana')
  const open = async () => (await scene.open({})).number
  const [fresh, pending, solved, spam] = [await open(), await open(), await open(), await open()]
  scene.clock.forward({ minutes: 30 })
  await scene.run(ana, (work) => scene.reply(work, pending, { body: 'Hello.', visibility: 'public', status: 'pending' }))
  await scene.run(ana, (work) => changeCase(work, solved, { status: 'solved' }))
  await sql`update "case" set removed = 'spam', removed_at = now() where number = ${spam}`.execute(scene.db)
  await sql`select fill_sla()`.execute(scene.db)
  const states = async (number: number) => Object.values((await readSettled(scene.db, number))?.found.clocks?.clocks ?? {}).map(({ metric, state, consumedMs }) => `${metric} ${state} ${consumedMs / 60_000}`).toSorted()
  // The test's clock stands in spring, the database's does not: what runs is long overdue.
  expect(await states(fresh)).toEqual(['firstReply breached 0', 'resolution breached 0'])
  expect(await states(pending)).toEqual(['firstReply met 30', 'resolution paused 30'])
  expect(await states(solved)).toEqual(['firstReply cancelled 0', 'resolution met 30'])
  expect(await states(spam)).toEqual([])
  expect((await scene.row(fresh)).due_at).toEqual(new Date('2026-03-02T18:00:00Z'))
  await scene.run(ana, (work) => scene.reply(work, fresh, { body: 'Hello.', visibility: 'public' }))
  expect(await states(fresh)).toEqual(['firstReply met 30', 'resolution breached 0'])
  await scene.close()
})
