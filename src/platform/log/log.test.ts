import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openWorld, type World } from '../../../test/support/world.ts'
import { system, type Actor } from '../actor.ts'
import { makeMonths, factsAfter, factsOfCase, factsOfSubject } from './store.ts'
import { sealAll, sealBatch } from './sealer.ts'
import { verifyLog } from './verify.ts'

const ana: Actor = { kind: 'agent', id: 'ana', name: 'Ana', roles: ['agent'], teamId: null, barred: [] }

describe('what a verb tells', () => {
  let world: World
  beforeAll(async () => { world = await openWorld() })
  afterAll(() => world.close())

  test('stands in the log with the change, with its instant and its actor', async () => {
    await world.perform(ana, async (work) => {
      await work.tx.insertInto('setting').values({ key: 'changed', value: '1' }).execute()
      work.tell('desk', { kind: 'case.opened', case: 7, subject: 'customer:1', data: { queue: 3 } })
      work.tell('desk', { kind: 'case.assigned', case: 7 })
    })
    await sealAll(world.db)
    const facts = await factsAfter(world.db, 0, 10)
    expect(facts.map(({ id: _, position: __, ...fact }) => fact)).toEqual([
      { at: world.clock.now(), room: 'desk', kind: 'case.opened', case: 7, subject: 'customer:1', actor: { kind: 'agent', id: 'ana' }, data: { queue: 3 } },
      { at: world.clock.now(), room: 'desk', kind: 'case.assigned', case: 7, subject: null, actor: { kind: 'agent', id: 'ana' }, data: {} },
    ])
    expect(await factsOfCase(world.db, 7, 0, 10)).toHaveLength(2)
    expect(await factsOfCase(world.db, 7, Number(facts[0]!.id), 10)).toHaveLength(1)
    expect(await factsOfSubject(world.db, 'customer:1', 10)).toHaveLength(1)
    expect(world.told()).toBe(1)
  })

  test('is gone with a change that fails, and what was to follow does not', async () => {
    const [toldBefore, followed] = [world.told(), { count: 0 }]
    const failing = world.perform(ana, async (work) => {
      await work.tx.insertInto('setting').values({ key: 'undone', value: '1' }).execute()
      work.tell('desk', { kind: 'case.opened', case: 8 })
      work.enqueue({ name: 'any.job', payload: {} })
      work.afterCommit(() => { followed.count += 1 })
      throw new Error('planted')
    })
    await expect(failing).rejects.toThrow('planted')
    expect(await factsOfCase(world.db, 8, 0, 10)).toEqual([])
    expect(await world.db.selectFrom('setting').select('key').where('key', '=', 'undone').execute()).toEqual([])
    expect((await sql`select from graphile_worker._private_jobs`.execute(world.db)).rows).toEqual([])
    expect([world.told(), followed.count]).toEqual([toldBefore, 0])
  })

  test('a kind that is no noun.past is refused by the database, and the change with it', async () => {
    await expect(world.perform(ana, async (work) => work.tell('desk', { kind: 'Case opened.' }))).rejects.toMatchObject({ code: '23514' })
  })

  test('two units of work in each other\'s way: one is done again', async () => {
    const keys = ['deadlock.a', 'deadlock.b']
    await world.perform(ana, async ({ tx }) => { await tx.insertInto('setting').values(keys.map((key) => ({ key, value: '0' }))).execute() })
    let tries = 0
    const bothHold = Promise.withResolvers<void>()
    const bump = (first: string, second: string) => world.perform(ana, async ({ tx }) => {
      const add = (key: string) => tx.updateTable('setting').set({ value: sql`to_jsonb((value #>> '{}')::int + 1)` }).where('key', '=', key).execute()
      tries += 1
      await add(first)
      if (tries >= 2) bothHold.resolve()
      await bothHold.promise
      await add(second)
    })
    await Promise.all([bump('deadlock.a', 'deadlock.b'), bump('deadlock.b', 'deadlock.a')])
    expect(tries).toBe(3)
    expect(await world.db.selectFrom('setting').select('value').where('key', 'in', keys).execute()).toEqual([{ value: 2 }, { value: 2 }])
  })
})

describe('the log is append-only', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
    await world.perform(ana, async (work) => work.tell('desk', { kind: 'case.opened', case: 1 }))
    await sealAll(world.db)
  })
  afterAll(() => world.close())

  const rewriting = [
    `update event set data = '{}'`, 'delete from event', 'truncate event', `update event_seal set hash = ''`, 'delete from event_seal', 'truncate event_seal',
    `update ${'event_elsewhen'} set kind = 'case.closed'`, 'truncate event_elsewhen',
  ]
  test.each(rewriting)('for the program: %s', async (statement) => {
    await expect(sql.raw(statement).execute(world.db)).rejects.toMatchObject({ code: '42501', message: expect.stringContaining('permission denied') })
  })

  test('for the program, in every month\'s own table', async () => {
    const { rows } = await sql<{ name: string }>`select inhrelid::regclass::text as name from pg_inherits where inhparent = 'event'::regclass`.execute(world.db)
    expect(rows.length).toBeGreaterThan(5)
    for (const { name } of rows) await expect(sql.raw(`delete from ${name}`).execute(world.db), name).rejects.toMatchObject({ code: '42501' })
  })

  test.each(rewriting.filter((statement) => !statement.includes('elsewhen')))('for the owner of the tables too: %s', async (statement) => {
    const owner = new pg.Client({ connectionString: world.ownerUrl })
    await owner.connect()
    await expect(owner.query(statement)).rejects.toMatchObject({ message: 'the log of facts is append-only' })
    await owner.end()
  })
})

describe('the chain', () => {
  let world: World
  let owner: pg.Client
  beforeEach(async () => {
    world = await openWorld()
    owner = new pg.Client({ connectionString: world.ownerUrl })
    await owner.connect()
    for (let number = 1; number <= 20; number++) await world.perform(ana, async (work) => work.tell('desk', { kind: 'case.opened', case: number, data: { number } }))
    await sealAll(world.db)
    return async () => {
      await owner.end()
      await world.close()
    }
  })
  const tamper = async (statement: string) => {
    await owner.query(`set session_replication_role = replica`)
    expect((await owner.query(statement)).rowCount, statement).toBeGreaterThan(0)
    await owner.query(`set session_replication_role = origin`)
  }
  const found = async () => (await verifyLog(world.db)).firstBroken

  test('holds over what was told, and over nothing', async () => {
    expect(await verifyLog(world.db)).toEqual({ verified: true, events: 20, firstBroken: null })
    await world.perform(ana, async (work) => work.tell('desk', { kind: 'case.closed', case: 1 }))
    expect(await verifyLog(world.db)).toMatchObject({ verified: true, events: 20 })
    await sealAll(world.db)
    expect(await verifyLog(world.db)).toMatchObject({ verified: true, events: 21 })
  })

  test.each([
    ['its data', `update event set data = '{"number": 99}' where id = 7`],
    ['its actor', `update event set actor_id = 'bob' where id = 7`],
    ['its case', `update event set case_number = 99 where id = 7`],
    ['its kind', `update event set kind = 'case.closed' where id = 7`],
    ['its seal', `update event_seal set hash = sha256('x') where position = 7`],
  ])('shows a changed fact: %s', async (_what, statement) => {
    await tamper(statement)
    expect(await found()).toEqual({ event: '7', position: 7, reason: 'changed' })
  })

  test.each([
    ['the fact', `delete from event where id = 7`],
    ['its instant, under which it was sealed', `update event set at = at - interval '1 hour' where id = 7`],
  ])('shows a removed fact: %s', async (_what, statement) => {
    await tamper(statement)
    expect(await found()).toEqual({ event: '7', position: 7, reason: 'removed' })
  })

  test('shows a fact removed together with its seal', async () => {
    await tamper('delete from event where id = 7')
    await tamper('delete from event_seal where position = 7')
    expect(await found()).toEqual({ event: '8', position: 8, reason: 'removed' })
  })

  test('shows a tail that was cut off', async () => {
    await tamper('delete from event where id > 15')
    await tamper('delete from event_seal where position > 15')
    expect(await found()).toMatchObject({ position: 16, reason: 'cut' })
  })

  test('shows a log that was emptied', async () => {
    await tamper('delete from event')
    await tamper('delete from event_seal')
    expect(await found()).toMatchObject({ position: 1, reason: 'cut' })
  })

  test.each([
    ['with an id of its own', `insert into event (id, at, room, kind, actor_kind) values (9999, now(), 'desk', 'case.opened', 'system')`, '9999'],
    ['with the id of another', `insert into event (id, at, room, kind, actor_kind) select id, at - interval '1 day', room, kind, actor_kind from event where id = 7`, '7'],
  ])('shows an inserted fact: %s', async (_what, statement, event) => {
    await tamper(statement)
    expect(await found()).toEqual({ event, position: null, reason: 'inserted' })
  })

  test('shows an inserted fact with a seal made for it', async () => {
    await tamper(`insert into event (id, at, room, kind, actor_kind) values (9999, now(), 'desk', 'case.opened', 'system')`)
    await tamper(`insert into event_seal select 21, id, at, sha256('x') from event where id = 9999`)
    expect(await found()).toEqual({ event: '9999', position: null, reason: 'inserted' })
  })

  test('facts of any date go in, and are in the chain', async () => {
    for (const at of ['1998-01-05T00:00:00Z', '2031-12-31T23:59:59.999Z', '2026-02-28T23:59:59.999Z']) {
      await world.perform(system('test'), async (work) => work.tell('desk', { kind: 'case.opened', case: 500 }), new Date(at))
    }
    await sealAll(world.db)
    expect(await verifyLog(world.db)).toMatchObject({ verified: true, events: 23 })
  })

  test('each month has its own table, made ahead; facts that came before it do not hinder that', async () => {
    const tableOf = async (at: string) => (await sql<{ name: string }>`select tableoid::regclass::text as name from event where at = ${at}::timestamptz`.execute(world.db)).rows.map((row) => row.name)
    const tell = (at: string) => world.perform(ana, async (work) => work.tell('desk', { kind: 'case.opened' }), new Date(at))
    await tell('2040-03-10T12:00:00Z')
    await makeMonths(world.db, new Date('2040-01-31T23:59:59Z'), 3)
    await makeMonths(world.db, new Date('2040-01-31T23:59:59Z'), 3)
    for (const at of ['2040-01-31T23:59:59.999Z', '2040-02-01T00:00:00Z', '2040-04-30T00:00:00Z', '2040-05-01T00:00:00Z']) await tell(at)
    expect(await tableOf('2040-01-31T23:59:59.999Z')).toEqual(['event_2040_01'])
    expect(await tableOf('2040-02-01T00:00:00Z')).toEqual(['event_2040_02'])
    expect(await tableOf('2040-03-10T12:00:00Z')).toEqual(['event_elsewhen'])
    expect(await tableOf('2040-04-30T00:00:00Z')).toEqual(['event_2040_04'])
    expect(await tableOf('2040-05-01T00:00:00Z')).toEqual(['event_elsewhen'])
    await expect(sql`delete from event_2040_02`.execute(world.db)).rejects.toMatchObject({ code: '42501' })
  })

  test('two sealers at once seal each fact once', async () => {
    for (let number = 0; number < 50; number++) await world.perform(ana, async (work) => work.tell('desk', { kind: 'case.opened', case: 600 }))
    const sealed = await Promise.all(Array.from({ length: 6 }, () => sealBatch(world.db)))
    await sealAll(world.db)
    expect(sealed.filter((count) => count !== null && count > 0)).toHaveLength(1)
    expect(await verifyLog(world.db)).toMatchObject({ verified: true, events: 70 })
  })
})
