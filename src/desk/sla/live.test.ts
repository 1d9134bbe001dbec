import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { createAccount, createCustomer } from '#accounts'
import { createSite } from '#people'
import type { Actor } from '#platform'
import { changeCase } from '../cases/service.ts'
import { mergeCases } from '../merging/service.ts'
import { unmergeCase } from '../merging/unmerge.ts'
import { openScene, refusal, robot, type Scene } from '../testing/scene.ts'
import { changeCalendar, createCalendar } from './calendars/service.ts'
import { slaJobs } from './jobs.ts'
import { newTerms } from './policies/model.ts'
import { changePolicy, createPolicy, putPoliciesInOrder } from './policies/service.ts'
import { calendarsAt, slaOf } from './read.ts'
import { slaTick } from './ticks.ts'
import { verifyCase } from './verify.ts'

let scene: Scene
let ana: Actor
let [dublin, policy, site, team]: [string, string, string, string] = ['', '', '', '']
const week = (from: number, to: number) => [1, 2, 3, 4, 5].map((day) => ({ day, from: from * 60, to: to * 60 }))

beforeAll(async () => {
  scene = await openScene()
  await scene.run(robot, async (work) => {
    site = (await createSite(work, { name: 'Bengaluru', timeZone: 'Asia/Kolkata', country: 'IN' })).id
    dublin = (await createCalendar(work, { name: 'Dublin', timeZone: 'Europe/Dublin', slots: week(9, 17) })).calendarId
    await createCalendar(work, { name: 'Bengaluru', timeZone: 'Asia/Kolkata', slots: week(9, 18), sites: [site] })
    policy = (await createPolicy(work, { name: 'Everybody', terms: { ...newTerms, targets: { normal: { firstReply: 120, nextReply: 60, resolution: 480 }, urgent: { firstReply: 30, resolution: 120 } } } })).policyId
  })
  team = await scene.team('Asia')
  await scene.db.updateTable('team').set({ site_id: site }).where('id', '=', team).execute()
  ana = await scene.agent('Ana', { teamId: team })
})
afterAll(() => scene.close())

const tick = () => slaTick.run({ db: scene.db, perform: scene.run, actor: robot })
const apply = () => slaJobs()['desk.applySla']({ why: 'policy' }, scene.tools('sla'))
const clocks = (number: number) => scene.db.selectFrom('sla_clock').innerJoin('case', 'case.id', 'sla_clock.case_id').selectAll('sla_clock').where('number', '=', number).orderBy('metric').execute()
const proven = async (...numbers: number[]) => { for (const number of numbers) expect((await verifyCase(scene.db, number))?.differences).toEqual([]) }

test('a case is promised what fits it, by the hours of its team’s site', async () => {
  scene.clock.set('2026-03-02T10:00:00Z')
  const { number } = await scene.open({})
  expect((await scene.row(number)).due_at).toEqual(new Date('2026-03-02T12:00:00Z'))
  await scene.run(ana, (work) => changeCase(work, number, { assignee: 'me' }))
  // In Bengaluru it is 15:30, and two and a half hours are left of the day.
  expect((await clocks(number)).find(({ metric }) => metric === 'resolution')?.due_at).toEqual(new Date('2026-03-03T09:00:00Z'))
  expect((await scene.facts(number)).filter(({ kind }) => kind === 'sla.applied')).toHaveLength(2)
  expect(await slaOf(scene.db, [number], scene.clock.now())).toEqual(new Map([[number, expect.objectContaining({ metric: 'firstReply', state: 'running', share: 0 })]]))
  const calendars = await calendarsAt(scene.db)
  expect([calendars.ofSite(site)?.name, calendars.ofSite(null)?.name]).toEqual(['Bengaluru', 'Dublin'])
  await proven(number)
})

test('a breach that came due while nobody looked stands at its instant, and two who look note it once', async () => {
  scene.clock.set('2026-03-03T10:00:00Z')
  const { number } = await scene.open({})
  scene.clock.set('2026-03-03T15:00:00Z')
  await Promise.all([tick(), tick(), tick()])
  const { rows } = await sql<{ what: string; at: Date; noted_at: Date }>`select e.what, e.at, e.noted_at from sla_entry e join "case" c on c.id = e.case_id where c.number = ${number} and e.what = 'breached'`.execute(scene.db)
  expect(rows).toEqual([{ what: 'breached', at: new Date('2026-03-03T12:00:00Z'), noted_at: new Date('2026-03-03T15:00:00Z') }])
  expect((await scene.facts(number)).filter(({ kind }) => kind === 'sla.breached').map(({ data }) => data)).toEqual([expect.objectContaining({ metric: 'firstReply', due: '2026-03-03T12:00:00.000Z' })])
  await proven(number)
})

test('two who write at once leave one ledger, and a unit of work that fails leaves none', async () => {
  const { number } = await scene.open({})
  await Promise.allSettled([1, 2, 3, 4].map((index) => scene.run(ana, async (work) => { await (index % 2 === 0 ? changeCase(work, number, { priority: 'urgent' }) : scene.reply(work, number, { body: 'Hello.', visibility: 'public', status: 'pending' })) })))
  await proven(number)
  const before = (await verifyCase(scene.db, number))?.entries
  await expect(scene.run(ana, async (work) => { await changeCase(work, number, { status: 'solved' }); throw new Error('killed between') })).rejects.toThrow('killed')
  expect((await verifyCase(scene.db, number))?.entries).toBe(before)
  await proven(number)
})

test('a changed policy and a changed calendar reach the cases at hand, and not what is done', async () => {
  scene.clock.set('2026-03-04T10:00:00Z')
  const [open, done] = [await scene.open({}), await scene.open({})]
  await scene.run(ana, (work) => changeCase(work, done.number, { status: 'solved' }))
  await scene.run(robot, (work) => changePolicy(work, policy, { terms: { ...newTerms, targets: { normal: { firstReply: 240, resolution: 960 } } } }))
  await apply()
  expect((await clocks(open.number)).map(({ metric, target_ms }) => [metric, target_ms])).toEqual([['firstReply', 240 * 60_000], ['resolution', 960 * 60_000]])
  expect((await clocks(done.number)).map(({ target_ms }) => target_ms)).toEqual([120 * 60_000, 480 * 60_000])
  scene.clock.forward({ hours: 1 })
  await scene.run(robot, (work) => changeCalendar(work, dublin, { slots: week(9, 12) }))
  await apply()
  expect((await clocks(open.number))[0]).toMatchObject({ consumed_ms: 3_600_000, due_at: new Date('2026-03-05T11:00:00Z') })
  await proven(open.number, done.number)
})

test('what was opened with the rules before and committed after them is found by the second look', async () => {
  const { number } = await scene.open({})
  await sql`update sla_case set stamp = 0 from "case" c where c.id = case_id and c.number = ${number}`.execute(scene.db)
  await apply()
  expect((await scene.db.selectFrom('sla_case').innerJoin('case', 'case.id', 'case_id').select('stamp').where('number', '=', number).executeTakeFirstOrThrow()).stamp).toBeGreaterThan(0)
  await proven(number)
})

test('cases from before there were policies are taken in with their history', async () => {
  const other = await openScene()
  const { number } = await other.open({})
  other.clock.forward({ hours: 1 })
  await other.run(robot, (work) => createPolicy(work, { name: 'Everybody', terms: { ...newTerms, hours: 'always' } }))
  await slaJobs()['desk.applySla']({ why: 'policy' }, other.tools('sla'))
  expect((await verifyCase(other.db, number))?.differences).toEqual([])
  expect((await other.row(number)).due_at).toEqual(new Date(other.clock.now().getTime() + 480 * 60_000))
  await other.close()
})

test('merged, a case stands still; taken out again it goes on', async () => {
  scene.clock.set('2026-03-05T09:30:00Z')
  const [kept, gone] = [await scene.open({}), await scene.open({})]
  await scene.run(ana, (work) => mergeCases(work, kept.number, gone.number))
  expect((await clocks(gone.number)).map(({ state, paused_for }) => [state, paused_for])).toEqual([['paused', 'merged'], ['paused', 'merged']])
  await proven(kept.number, gone.number)
  scene.clock.forward({ hours: 5 })
  await scene.run(ana, (work) => unmergeCase(work, gone.number))
  expect((await clocks(gone.number)).map(({ state }) => state)).toEqual(['running', 'running'])
  await proven(kept.number, gone.number)
})

test('a segment of one’s own', async () => {
  await scene.run(robot, (work) => changePolicy(work, policy, { terms: { ...newTerms, hours: 'always', targets: { normal: { firstReply: 240 } }, segments: [{ segment: 'enterprise', targets: { normal: { firstReply: 15 } } }] } }))
  await scene.run(robot, async (work) => {
    const account = await createAccount(work, { name: 'Northwind', segment: 'enterprise' })
    await createCustomer(work, { name: 'Ana Ruiz', addresses: ['ana@northwind.test'], accountId: account.id })
  })
  const { number } = await scene.open({ customer: { email: 'ana@northwind.test' } })
  expect((await clocks(number)).map(({ target_ms }) => target_ms)).toEqual([15 * 60_000])
})

test('what is not possible is refused', async () => {
  const slots = week(9, 17)
  const add = (words: Partial<Parameters<typeof createCalendar>[1]>) => refusal(scene.run(robot, (work) => createCalendar(work, { name: 'Other', timeZone: 'UTC', slots, ...words })))
  expect([await add({ timeZone: 'Mars/Olympus' }), await add({ slots: [] }), await add({ slots: [{ day: 1, from: 600, to: 540 }] }), await add({ holidays: [{ date: '2026-02-30', name: '' }] })]).toEqual(Array(4).fill('calendar.invalid'))
  expect(await add({ name: 'dublin' })).toBe('calendar.nameTaken')
  expect(await refusal(scene.run(robot, (work) => changeCalendar(work, dublin, { archived: true })))).toBe('calendar.standard')
  expect(await refusal(scene.run(robot, (work) => changeCalendar(work, dublin, { name: 'X' }, 99)))).toBe('version.stale')
  const make = (words: Partial<Parameters<typeof createPolicy>[1]>) => refusal(scene.run(robot, (work) => createPolicy(work, { name: 'X', terms: newTerms, ...words })))
  expect([await make({ condition: 'status:open' }), await make({ condition: 'team:mine' }), await make({ condition: 'hello' }), await make({ condition: 'priority:hot' })]).toEqual(Array(4).fill('policy.conditionInvalid'))
  expect(await make({ terms: { ...newTerms, targets: {} } })).toBe('policy.promisesNothing')
  expect(await make({ terms: { ...newTerms, hours: 'calendar', calendarId: policy } })).toBe('calendar.notFound')
  expect(await refusal(scene.run(robot, (work) => putPoliciesInOrder(work, [])))).toBe('policy.orderStale')
})

test('planted faults: a ledger or a clock that was changed past the program is found', async () => {
  const { number } = await scene.open({})
  await proven(number)
  await expect(sql`update sla_entry set consumed_ms = 1`.execute(scene.db)).rejects.toThrow(/permission denied|keeps what was written/)
  await sql`delete from sla_entry where id = (select max(id) from sla_entry)`.execute(scene.db)
  await sql`update sla_clock set consumed_ms = consumed_ms + 1 where case_id = (select id from "case" where number = ${number})`.execute(scene.db)
  expect((await verifyCase(scene.db, number))?.differences.map(({ where }) => where)).toEqual(['clock firstReply', 'entry 1'])
})
