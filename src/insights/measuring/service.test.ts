import { afterAll, beforeAll, expect, test } from 'vitest'
import { mergeCases } from '#desk'
import { newId, system, type Actor } from '#platform'
import { openScene, type Scene } from '../testing/scene.ts'
import { isBuilt, rebuildMeasures } from './service.ts'

let scene: Scene
let ana: Actor
let team: string
beforeAll(async () => {
  scene = await openScene('2026-03-27T15:00:00Z')
  const site = await scene.site('Dublin', 'Europe/Dublin')
  team = await scene.team('Payments', site)
  ana = await scene.agent('Ana', { teamId: team })
  // Monday to Friday, nine to five on the wall; Europe puts its clocks forward in the night to Sunday, 29 March 2026.
  const calendar = newId()
  await scene.db.insertInto('calendar').values({ id: calendar, name: 'Dublin' }).execute()
  await scene.db.insertInto('calendar_version').values({ id: newId(), calendar_id: calendar, number: 1, time_zone: 'Europe/Dublin', at: new Date('2026-01-01'), hours: JSON.stringify({ slots: [1, 2, 3, 4, 5].map((day) => ({ day, from: 540, to: 1_020 })), holidays: [], openDays: [] }) }).execute()
  await scene.db.insertInto('site_calendar').values({ site_id: site, calendar_id: calendar }).execute()
})
afterAll(() => scene.close())

const HOUR = 3_600_000
const of = async (number: number) => { await scene.follow(); return (await scene.moments()).filter((moment) => moment.case_number === number) }

test('business time is that of the site, by the clocks on its wall, also over the night in which they change', async () => {
  const number = await scene.open()
  await scene.change(ana, number, { assignee: 'me' })
  // Friday, 15:00 until Monday, 10:00 there: two hours and one; 66 hours passed, since one was skipped.
  scene.clock.set('2026-03-30T09:00:00Z')
  await scene.reply(ana, number)
  expect((await of(number)).find(({ moment }) => moment === 'firstReply')).toMatchObject({ ms: 66 * HOUR, business_ms: 3 * HOUR })
  const nobodys = await scene.open()
  scene.clock.forward({ hours: 20 })
  await scene.reply({ ...ana, teamId: null }, nobodys)
  expect((await of(nobodys)).find(({ moment }) => moment === 'firstReply')).toMatchObject({ ms: 20 * HOUR, business_ms: 20 * HOUR, team_id: null })
})

test('a case that was merged counts no more; the one that was kept counts once', async () => {
  const [kept, other] = [await scene.open(), await scene.open()]
  await scene.run(ana, (work) => mergeCases(work, kept, other))
  expect([(await of(kept)).map(({ moment }) => moment), await of(other)]).toEqual([['opened'], []])
  expect((await scene.spans()).filter((span) => span.case_number === other)).toEqual([])
})

test('a case out of sight counts nowhere until it is restored', async () => {
  const number = await scene.open()
  await scene.remove(ana, number, 'spam')
  expect(await of(number)).toEqual([])
})

test('a follow-up arrives as a case of its own, and the one that it follows stays as it was', async () => {
  const number = await scene.open({ customer: { email: 'fay@customer.test' } })
  scene.clock.forward({ hours: 1 })
  await scene.reply(ana, number, { status: 'solved' })
  await scene.change(ana, number, { status: 'closed' })
  const before = await of(number)
  scene.clock.forward({ hours: 1 })
  const { became, number: next } = await scene.write(number)
  expect([became, next === number]).toEqual(['followUp', false])
  expect([await of(number), (await of(next)).map(({ moment }) => moment)]).toEqual([before, ['opened']])
})

test('a case that is taken away takes what was measured of it along', async () => {
  const number = await scene.open()
  expect(await of(number)).toHaveLength(1)
  await scene.db.deleteFrom('sla_case').execute()
  for (const table of ['message', 'participant'] as const) await scene.db.deleteFrom(table).where('case_id', '=', (await scene.db.selectFrom('case').select('id').where('number', '=', number).executeTakeFirstOrThrow()).id).execute()
  await scene.db.deleteFrom('case').where('number', '=', number).execute()
  expect(await of(number)).toEqual([])
})

test('what is kept says whether it is whole', async () => {
  expect(await scene.run(system('test'), isBuilt)).toBe(false)
  await scene.run(system('test'), rebuildMeasures)
  expect(await scene.run(system('test'), isBuilt)).toBe(false)
})
