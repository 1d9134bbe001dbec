import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '#platform'
import { cloneDatabase, emptyDatabase, openWorld, type World } from './world.ts'

let world: World
beforeAll(async () => { world = await openWorld() })
afterAll(() => world.close())

test('every clone is migrated, and is nobody else\'s', async () => {
  const other = await cloneDatabase()
  await world.db.insertInto('setting').values({ key: 'only.here', value: JSON.stringify(1) }).execute()
  const client = new pg.Client({ connectionString: other.ownerUrl })
  await client.connect()
  expect((await client.query('select from setting')).rowCount).toBe(0)
  expect(await migrate(other.ownerUrl)).toEqual([])
  await client.end()
  await other.drop()
})

test('the application\'s address is the limited role, which may not rewrite the log', async () => {
  const client = new pg.Client({ connectionString: world.appUrl })
  await client.connect()
  expect((await client.query('select current_user::text as name')).rows).toEqual([{ name: 'meridian_app' }])
  await expect(client.query('delete from event')).rejects.toMatchObject({ code: '42501' })
  await client.end()
})

test('an empty database has no tables', async () => {
  const empty = await emptyDatabase()
  const client = new pg.Client({ connectionString: empty.ownerUrl })
  await client.connect()
  expect((await client.query(`select from pg_tables where schemaname = 'public'`)).rowCount).toBe(0)
  await client.end()
  await empty.drop()
})

test('the clock stands still until it is moved', () => {
  world.clock.set('2026-03-29T00:30:00Z')
  world.clock.forward({ days: 1, minutes: 30 })
  expect(world.clock.now()).toEqual(new Date('2026-03-30T01:00:00Z'))
  expect(world.clock.now()).toEqual(world.clock.now())
})
