import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type World } from '../../../test/support/world.ts'
import { system } from '../actor.ts'

let world: World
let owner: pg.Client
beforeAll(async () => {
  world = await openWorld({ connections: 1 })
  owner = new pg.Client({ connectionString: world.ownerUrl })
  await owner.connect()
  await owner.query('create table thing (id int, name text); grant select on thing to meridian_app; insert into thing values (1, \'one\')')
})
afterAll(async () => {
  await owner.end()
  await world.close()
})

const prepared = async () => (await sql<{ n: number }>`select count(*)::int as n from pg_prepared_statements where statement like 'select * from thing%'`.execute(world.db)).rows[0]!.n
const things = (id: number) => sql<Record<string, unknown>>`select * from thing where id = ${id}`.execute(world.db).then(({ rows }) => rows)

test('a statement is prepared from its second use on, once', async () => {
  expect(await things(1)).toEqual([{ id: 1, name: 'one' }])
  expect(await prepared()).toBe(0)
  for (let turn = 0; turn < 3; turn++) expect(await things(1)).toHaveLength(1)
  expect(await prepared()).toBe(1)
  expect(await things(2)).toEqual([])
})

test('a migration under it is not noticed by readers', async () => {
  await owner.query('alter table thing add column size int default 7')
  expect(await things(1)).toEqual([{ id: 1, name: 'one', size: 7 }])
  for (let turn = 0; turn < 3; turn++) expect(await things(1)).toEqual([{ id: 1, name: 'one', size: 7 }])
})

test('nor by a unit of work, which is done again', async () => {
  await owner.query('alter table thing drop column size')
  let tries = 0
  const found = await world.perform(system('test'), async (work) => {
    tries += 1
    return (await sql<Record<string, unknown>>`select * from thing where id = ${1}`.execute(work.tx)).rows
  })
  expect(found).toEqual([{ id: 1, name: 'one' }])
  expect(tries).toBe(2)
})

test('a fault of the statement itself stays one', async () => {
  await expect(sql`select 1 / ${0}::int`.execute(world.db)).rejects.toMatchObject({ code: '22012' })
  await expect(sql`select 1 / ${0}::int`.execute(world.db)).rejects.toMatchObject({ code: '22012' })
  await expect(sql`select 1 / ${0}::int`.execute(world.db)).rejects.toMatchObject({ code: '22012' })
})
