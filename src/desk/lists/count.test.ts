import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#platform'
import { closeSolved } from '../cases/close.ts'
import { removeCase, restoreCase } from '../cases/removal.ts'
import { changeCase } from '../cases/service.ts'
import { mergeCases } from '../merging/service.ts'
import { unmergeCase } from '../merging/unmerge.ts'
import { holds, needsTexts, parseQuery, writeQuery, type Query } from '../query/model.ts'
import { subjectsOf } from '../query/store.ts'
import { query as anyQuery } from '../testing/queries.ts'
import { openScene, robot, type Scene } from '../testing/scene.ts'
import { countAll, countQueries } from './count.ts'
import { readListing } from './filter.ts'
import { asListed } from './reach.ts'
import { listCases } from './store.ts'

let scene: Scene
let [ana, outside]: Actor[] = []
const numbers: number[] = []
const random = (below: number) => Math.floor(Math.random() * below)
const pick = <T>(...of: T[]): T => { const one = of[random(of.length)]; if (one === undefined) throw new Error('nothing to pick'); return one }

beforeAll(async () => {
  scene = await openScene()
  const team = await scene.team('Payments')
  ana = await scene.agent('Ana', { teamId: team })
  const walled = await scene.queue('walled', { walled: true, teams: [team] })
  outside = { ...await scene.agent('Out'), barred: [walled] }
  await scene.queue('payouts')
  await scene.db.insertInto('topic').values({ key: 'vip', title: 'Überweisung' }).execute()
  await scene.db.insertInto('account').values(['smb', 'enterprise'].map((segment) => ({ id: crypto.randomUUID(), name: segment, segment }))).execute()
  for (let nth = 0; nth < 45; nth++) await open(nth)
  for (let nth = 0; nth < 160; nth++) await step().catch(() => { /* refused: what cannot be done now is left */ })
  for (const number of numbers.slice(0, 6)) await scene.run(ana, (work) => changeCase(work, number, { status: 'solved' })).catch(() => {})
  for (let nth = 0; nth < 4; nth++) await open(nth)
})
afterAll(() => scene.close())

async function open(nth: number) {
  scene.clock.forward({ minutes: random(600) })
  const { number, id } = await scene.open({
    customer: { email: nth % 4 === 0 ? 'ana@mail.test' : `c${nth % 7}@customer.test`, name: 'Ana' }, queue: pick('payouts', 'walled', 'general'), priority: pick('low', 'normal', 'high', 'urgent'),
    kind: pick('question', 'incident', 'problem'), ...(nth % 3 === 0 ? { topic: 'vip' } : {}), ...(nth % 5 === 0 ? { tags: ['vip'] } : {}), channel: pick('api', 'form'),
  })
  numbers.push(number)
  if (nth % 2 === 0) await sql`update "case" set account_id = (select id from account order by random() limit 1) where id = ${id}::uuid`.execute(scene.db)
}

/** Something that happens to cases, by the verbs that do it. */
async function step() {
  scene.clock.forward({ minutes: random(300) })
  const number = pick(...numbers)
  const actor = ana ?? robot
  const change = (to: Parameters<typeof changeCase>[2]) => scene.run(actor, (work) => changeCase(work, number, to))
  await pick<() => Promise<unknown>>(
    () => change({ status: 'solved' }), () => change({ status: 'solved' }), () => change({ status: 'open' }), () => change({ status: 'pending' }), () => change({ assignee: pick('me', null) }),
    () => change({ priority: pick('low', 'urgent'), topic: pick('vip', null), tags: pick([], ['vip']) }), () => change({ queue: pick('payouts', 'walled') }),
    () => scene.run(actor, (work) => removeCase(work, number, pick('spam', 'trash'))), () => scene.run(actor, (work) => restoreCase(work, number)),
    () => scene.run(robot, (work) => closeSolved(work, 5 * 3_600_000, 5)), () => scene.run(actor, (work) => mergeCases(work, number, pick(...numbers))), () => scene.run(actor, (work) => unmergeCase(work, number)),
    () => sql`update account set segment = ${pick('smb', 'startup', 'enterprise')} where id = (select id from account order by random() limit 1)`.execute(scene.db),
    () => sql`update "case" set snoozed_until = now() + interval '1 day', snoozed_at = now() where number = ${number} and status in ('new', 'open')`.execute(scene.db),
    () => sql`select fold_case_tally()`.execute(scene.db),
  )()
}

async function lengthOfList(actor: Actor, query: Query): Promise<number> {
  const { filter } = await readListing(scene.db, actor, { query: writeQuery(query) })
  return (await listCases(scene.db, filter, 'newest', null, 1_000)).length
}

test('histories reach everywhere', async () => {
  const rows = await scene.db.selectFrom('case').select(['status', 'removed', 'merged_into']).execute()
  expect(['new', 'open', 'pending', 'solved', 'closed'].filter((status) => !rows.some((row) => row.status === status))).toEqual([])
  expect(rows.some(({ removed }) => removed !== null)).toBe(true)
})

test('what is summed up is what is there, after everything that happened', async () => {
  const { rows: [row] } = await sql<{ tally: number; there: number; months: number }>`select (select coalesce(sum(n), 0) from (select n from case_tally union all select n from case_tally_change) t)::int as tally,
    (select coalesce(sum(n), 0) from (select n from case_tally_month union all select n from case_tally_change) t)::int as months,
    (select count(*) from "case" where status in ('solved', 'closed') and removed is null and merged_into is null)::int as there`.execute(scene.db)
  expect([row?.tally, row?.months]).toEqual([row?.there, row?.there])
  const sum = () => sql<{ all: unknown }>`select jsonb_agg(t order by t::text) as all from case_tally t`.execute(scene.db).then(({ rows: [first] }) => first?.all)
  await sql`select fold_case_tally()`.execute(scene.db)
  const kept = await sum()
  await sql`select fill_tally()`.execute(scene.db)
  expect(await sum()).toEqual(kept)
})

describe('a count is the length of its list, and of what holds', () => {
  test('whatever is asked, by whoever', async () => {
    const subjects = [...(await subjectsOf(scene.db, numbers, { readerId: ana?.id ?? null, texts: true })).values()]
    await fc.assert(fc.asyncProperty(fc.array(anyQuery(), { minLength: 1, maxLength: 12 }), fc.constantFrom(ana, outside), async (queries, who) => {
      const actor = who ?? robot
      const [exact, bounded] = [await countQueries(scene.db, actor, queries), await countAll(scene.db, queries.map((query) => ({ actor, query })))]
      expect(bounded.map(({ count }) => count)).toEqual(exact)
      expect(await Promise.all(queries.map((query) => lengthOfList(actor, query)))).toEqual(exact)
      if (who === ana) {
        const now = new Date()
        const expected = queries.map((query) => subjects.filter((subject) => holds(asListed(query), subject, { now, me: { id: actor.id, teamId: actor.teamId } })).length)
        expect(queries.map((query, at) => (needsTexts(query) ? expected[at] : exact[at]))).toEqual(expected)
      }
    }), { numRuns: 40 })
  })

  test.each(['', 'is:unsolved', 'status:solved,closed', 'status:closed topic:vip priority:urgent', 'segment:smb', '-segment:smb,none status:solved', 'queue:walled', 'is:merged', 'is:spam,trash', 'is:unsolved -tag:vip', 'tag:vip', 'waiting:>1h', 'assignee:me'])('%s', async (text) => {
    const { query } = parseQuery(text)
    for (const actor of [ana ?? robot, outside ?? robot]) expect(await countQueries(scene.db, actor, [query])).toEqual([await lengthOfList(actor, query)])
  })
})

test('a planted fault: a tally that misses one case is seen', async () => {
  const before = await countQueries(scene.db, robot, [parseQuery('-is:unsolved').query])
  await sql`insert into case_tally_change select month, status, queue_id, team_id, priority, kind, channel, topic, segment, 1 from (select * from case_tally_month limit 1) one`.execute(scene.db)
  expect(await countQueries(scene.db, robot, [parseQuery('-is:unsolved').query])).not.toEqual(before)
  expect(await lengthOfList(robot, parseQuery('-is:unsolved').query)).toBe(before[0])
})
