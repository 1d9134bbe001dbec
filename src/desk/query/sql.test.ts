import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId, type Actor } from '#platform'
import { openScene, robot, type Scene } from '../testing/scene.ts'
import { query, writtenTerm } from '../testing/queries.ts'
import { holds, parseQuery, type Query, type QuerySubject } from './model.ts'
import { conditionOf } from './sql.ts'
import { subjectsOf } from './store.ts'

/** A small desk with something of everything, and whether the statement and the pure function say the same of it. */

const NOW = new Date('2026-03-02T12:00:00Z')
let scene: Scene
let reader: Actor
let subjects: Map<number, QuerySubject>

const pick = <T>(values: readonly T[], index: number): T => values[index % values.length]!
const ago = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000)
const texts = ['Hello, my payout of 4 Nov has not arrived', 'Überweisung fehlt, bitte prüfen', 'My refund pi_3Nx9abcd12 is missing', '返金はまだ届いていません', 'Crème brûlée & co: not-arrived, A/B']

beforeAll(async () => {
  scene = await openScene()
  const team = await scene.team('Money')
  reader = { ...await scene.agent('Ines', { teamId: team }) }
  const other = await scene.agent('Me')
  const [payouts, secret] = [await scene.queue('payouts'), await scene.queue('secret', { walled: true, teams: [team] })]
  const accounts = await Promise.all(['Payouts', 'A,b', 'Ana "the" Ruiz'].map(async (name, at) => {
    const id = newId()
    await scene.db.insertInto('account').values({ id, name, segment: pick(['smb', 'enterprise', 'independent'], at) }).execute()
    return id
  }))
  await scene.db.insertInto('topic').values([{ key: 'payouts', title: 'Payout missing' }, { key: 'vip', title: 'Déjà Vu' }]).execute()
  for (let at = 0; at < 40; at += 1) await plant(at, { team, others: [reader.id, other.id], queues: [payouts, secret], accounts })
  subjects = await subjectsOf(scene.db, (await scene.db.selectFrom('case').select('number').execute()).map(({ number }) => number), { readerId: reader.id, texts: true })
}, 60_000)
afterAll(() => scene.close())

async function plant(at: number, { team, others, queues, accounts }: { team: string; others: string[]; queues: string[]; accounts: string[] }) {
  const { number, id, customerId } = await scene.open({ subject: pick(texts, at), body: pick(texts, at * 3 + 1), customer: { email: pick(['ana@mail.test', 'lee@customer.test', 'zoë@mail.test'], at), name: pick(['Déjà Vu', 'Lee', ''], at) } })
  await sql`update "case" set status = ${pick(['new', 'open', 'pending', 'on_hold', 'solved', 'closed'], at)}, priority = ${pick(['low', 'normal', 'high', 'urgent'], at)}, kind = ${pick(['question', 'problem', 'incident', 'request'], at >> 1)},
      queue_id = ${pick(queues, at >> 2)}, team_id = ${pick([team, null, null], at)}, assignee_id = ${pick([null, ...others], at)}, account_id = ${pick([null, ...accounts], at)}, topic = ${pick(['payouts', null, 'vip'], at >> 1)},
      opened_at = ${ago(at * 17)}, updated_at = ${ago(at * 5)}, solved_at = ${pick([null, ago(at * 9)], at)}, due_at = ${pick([ago(-1), null, ago(3), ago(-30)], at)}, waiting_since = ${pick([null, ago(2), ago(50)], at)},
      snoozed_until = ${pick([null, null, ago(-9), ago(9)], at)}, snoozed_at = ${pick([null, null, ago(10), ago(10)], at)}, removed = ${pick([null, null, null, null, null, 'spam', 'trash'], at)},
      merged_into = ${at % 11 === 10 ? sql`(select id from "case" order by number limit 1)` : null} where id = ${id}`.execute(scene.db)
  if (at % 3 === 0) await scene.db.insertInto('case_tag').values({ case_id: id, tag: pick(['vip', 'payouts', 'überweisung'], at >> 2) }).execute()
  if (at % 4 === 0) await scene.db.insertInto('case_seen').values({ case_id: id, agent_id: reader.id, message_id: null, at: new Date('2100-01-01') }).execute()
  await scene.db.updateTable('customer').set({ language: pick(['pt-BR', null, 'de'], at) }).where('id', '=', customerId).execute()
  expect(number).toBeGreaterThan(0)
}

async function bothSay(given: Query, actor: Actor, me: { id: string; teamId: string | null } | undefined) {
  const { where } = await conditionOf(scene.db, actor, given, { now: NOW, zone: 'Europe/Berlin' })
  const { rows } = await sql<{ number: number }>`select c.number from "case" c where ${where} order by c.number`.execute(scene.db)
  const held = [...subjects.values()].filter((subject) => holds(given, subject, { now: NOW, me, zone: 'Europe/Berlin' }) && !actor.barred.includes(subject.queue.id)).map(({ number }) => number).sort((a, b) => a - b)
  return { sql: rows.map(({ number }) => number), held }
}

test('the statement finds exactly the cases for which the query holds', async () => {
  const { id, teamId } = reader
  let found = 0
  await fc.assert(fc.asyncProperty(fc.oneof(query(), writtenTerm().map((text) => parseQuery(text).query)), async (given) => {
    const said = await bothSay(given, reader, { id, teamId })
    found += said.sql.length
    expect(said.sql).toEqual(said.held)
  }), { numRuns: 600 })
  expect(found).toBeGreaterThan(1_000)
}, 60_000)

test.each(['payout', '"payout of"', 'not arrived', '"not arrived"', 'arriv*', '-arriv*', 'uberweisung', 'brulee', '返金', '"届いて"', 'pi_3Nx9abcd12', 'pi_3Nx9*', 'subject:payout', 'subject:"of 4"', 'subject:pay*', 'subject:PRÜFEN', 'a/b', 'customer:"Déjà Vu"', 'from:@mail.test', 'is:merged', 'is:spam,trash'])(
  'both say the same of %s, which is found', async (text) => {
    const said = await bothSay(parseQuery(text).query, reader, { id: reader.id, teamId: reader.teamId })
    expect(said.sql).toEqual(said.held)
    expect(said.sql.length).toBeGreaterThan(0)
  })

test('the program and a reader without a team are nobody\'s `me`', async () => {
  expect((await bothSay(parseQuery('assignee:me').query, robot, undefined)).sql).toEqual([])
  expect((await bothSay(parseQuery('team:mine').query, { ...reader, teamId: null }, { id: reader.id, teamId: null })).sql).toEqual([])
})

test('what lies behind a wall is not there, whatever is asked', async () => {
  const secret = [...subjects.values()].filter(({ queue }) => queue.key === 'secret')
  expect(secret.length).toBeGreaterThan(0)
  const barred = { ...reader, barred: [secret[0]!.queue.id] }
  for (const text of ['', 'queue:secret', '-queue:payouts', 'is:spam,trash,merged', `number:${secret.map(({ number }) => number).join(',')}`]) {
    const said = await bothSay(parseQuery(text).query, barred, { id: reader.id, teamId: reader.teamId })
    expect(said.sql).toEqual(said.held)
    expect(said.sql.filter((number) => secret.some((one) => one.number === number))).toEqual([])
  }
})
