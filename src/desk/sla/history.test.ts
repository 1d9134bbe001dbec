import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '#platform'
import { removeCase, restoreCase } from '../cases/removal.ts'
import { changeCase, type CaseChange } from '../cases/service.ts'
import { mailFrom, openScene, robot, type Scene } from '../testing/scene.ts'
import { changeCalendar, createCalendar } from './calendars/service.ts'
import { slaJobs } from './jobs.ts'
import { newTerms } from './policies/model.ts'
import { changePolicy, createPolicy, putPoliciesInOrder } from './policies/service.ts'
import { slaTick } from './ticks.ts'
import { verifyCase } from './verify.ts'

let scene: Scene
let ana: Actor
let team: string
let [calendar, usual, vip]: [string, string, string] = ['', '', '']
const week = (from: number, to: number) => [1, 2, 3, 4, 5].map((day) => ({ day, from: from * 60, to: to * 60 }))

beforeAll(async () => {
  scene = await openScene()
  team = await scene.team('Payments')
  ana = await scene.agent('Ana', { teamId: team })
  await scene.run(robot, async (work) => {
    calendar = (await createCalendar(work, { name: 'Berlin', timeZone: 'Europe/Berlin', slots: week(8, 18) })).calendarId
    usual = (await createPolicy(work, { name: 'Everybody', terms: newTerms })).policyId
    vip = (await createPolicy(work, { name: 'Important', condition: 'tag:vip', terms: { ...newTerms, hours: 'always', targets: { normal: { firstReply: 15, nextReply: 30, resolution: 120 } } } })).policyId
    await putPoliciesInOrder(work, [vip, usual])
  })
})
afterAll(() => scene.close())

type Step = (number: number) => Promise<unknown>
const MINUTE = 60_000
const forward = (minutes: number) => fc.constant<Step>(async () => scene.clock.forward({ minutes }))
const change = (words: CaseChange): Step => (number) => scene.run(ana, (work) => changeCase(work, number, words))
const reply = (status?: 'pending' | 'solved' | 'on_hold' | 'open', actor: () => Actor = () => ana): Step => (number) =>
  scene.run(actor(), (work) => scene.reply(work, number, { body: 'Hello.', visibility: 'public', ...(status ? { status } : {}) }))
const note = (status: 'pending' | 'solved' | 'on_hold'): Step => (number) => scene.run(ana, (work) => scene.reply(work, number, { body: 'Look.', visibility: 'note', status }))
const write = (automatic: string | null = null): Step => async (number) => {
  const first = (await scene.messages(number)).find(({ internet_id }) => internet_id !== null)
  return scene.receive(mailFrom('lee@customer.test', { inReplyTo: [first?.internet_id ?? ''], automatic }))
}
const recall: Step = async (number) => {
  const last = (await scene.messages(number)).findLast(({ direction, visibility, delivery }) => direction === 'out' && visibility === 'public' && delivery === 'waiting')
  if (last) await scene.run(ana, (work) => scene.recall(work, number, last.id))
}
const terms = (factor: number, more: Partial<typeof newTerms> = {}) => ({
  ...newTerms, ...more, targets: { ...newTerms.targets, normal: { firstReply: 60 * factor, nextReply: 30 * factor, resolution: 200 * factor }, urgent: { firstReply: 10 * factor, resolution: 90 } },
})
const apply = () => slaJobs()['desk.applySla']({ why: 'policy' }, scene.tools('sla'))
const rules = (edit: Step): Step => async (number) => { await edit(number); await apply() }

const steps = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 2_000 }).chain(forward) }, { weight: 1, arbitrary: fc.integer({ min: 2_000, max: 9_000 }).chain(forward) },
  { weight: 12, arbitrary: fc.constantFrom<Step>(
    reply(), reply('pending'), reply('solved'), reply('on_hold'), reply('open'), reply(undefined, () => robot), note('pending'), note('on_hold'), note('solved'), write(), write(), write('auto-replied'), recall, recall,
    change({ status: 'open' }), change({ status: 'pending' }), change({ status: 'on_hold' }), change({ status: 'solved' }), change({ priority: 'urgent' }), change({ priority: 'normal' }), change({ priority: 'low' }),
    change({ tags: ['vip'] }), change({ tags: [] }), (number) => scene.run(ana, (work) => removeCase(work, number, 'spam')), (number) => scene.run(ana, (work) => restoreCase(work, number)),
  ) },
  { weight: 4, arbitrary: fc.constant<Step>(() => slaTick.run({ db: scene.db, perform: scene.run, actor: robot })) },
  { weight: 2, arbitrary: fc.constantFrom<Step>(
    rules(() => scene.run(robot, (work) => changePolicy(work, usual, { terms: terms(1) }))), rules(() => scene.run(robot, (work) => changePolicy(work, usual, { terms: terms(4, { hours: 'always' }) }))),
    rules(() => scene.run(robot, (work) => changePolicy(work, usual, { terms: terms(2, { pauses: { pending: ['resolution', 'firstReply', 'nextReply'], on_hold: [] }, graceMinutes: 500 }) }))),
    rules(() => scene.run(robot, (work) => changePolicy(work, vip, { active: false }))), rules(() => scene.run(robot, (work) => changePolicy(work, vip, { active: true }))),
    rules(() => scene.run(robot, (work) => putPoliciesInOrder(work, [usual, vip]))), rules(() => scene.run(robot, (work) => putPoliciesInOrder(work, [vip, usual]))),
    rules(() => scene.run(robot, (work) => changeCalendar(work, calendar, { slots: week(9, 17) }))), rules(() => scene.run(robot, (work) => changeCalendar(work, calendar, { timeZone: 'America/Mexico_City' }))),
    rules(() => scene.run(robot, (work) => changeCalendar(work, calendar, { holidays: [{ date: new Date(scene.clock.now().getTime() + 1_440 * MINUTE).toISOString().slice(0, 10), name: 'Tomorrow' }] }))),
  ) },
)

/** What may not be done now is refused, and then nothing has happened. */
const tried = (step: Step, number: number) => step(number).catch((error: unknown) => { if (!(error instanceof Error && 'code' in error && /^[a-z]+\./.test(String(error.code)))) throw error })

test('whatever happens to a case, its clocks and its ledger are what the log says', async () => {
  let entries = 0
  await fc.assert(fc.asyncProperty(fc.array(steps, { minLength: 4, maxLength: 24 }), fc.boolean(), async (history, important) => {
    const { number } = await scene.receive(mailFrom('lee@customer.test'))
    if (important) await change({ tags: ['vip'] })(number)
    for (const step of history) await tried(step, number)
    const verified = await verifyCase(scene.db, number)
    expect(verified?.differences).toEqual([])
    entries += verified?.entries ?? 0
    const due = await scene.db.selectFrom('sla_clock').innerJoin('case', 'case.id', 'sla_clock.case_id').select(({ fn }) => fn.min('sla_clock.due_at').as('due')).where('number', '=', number).executeTakeFirst()
    expect((await scene.row(number)).due_at).toEqual(due?.due ?? null)
  }), { numRuns: 60 })
  expect(entries).toBeGreaterThan(200)
}, 120_000)
