import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { enrol, followOnce, sealAll, system, type Actor } from '#platform'
import { changeCase } from '../cases/service.ts'
import { mailFrom, openScene, refusal, type Scene } from '../testing/scene.ts'
import { applyRule } from './apply.ts'
import { ruleFollower, ruleJob, ruleTick } from './follow.ts'
import { ruleHousekeeping } from './jobs.ts'
import type { Definition } from './model.ts'
import { changeRule, createRule, reorderRules } from './service.ts'
import { activeRules, runsOf } from './store.ts'
import { askTrial, trialJob } from './trial.ts'
import { findTrial } from './trial-store.ts'

let scene: Scene
let root: Actor
beforeEach(async () => {
  scene = await openScene()
  root = await scene.agent('Root', { role: 'admin' })
  await enrol(scene.db, ruleFollower.name)
})
afterEach(() => scene.close())

const urgent: Definition = { trigger: { on: ['opened'] }, condition: 'subject:payout', actions: [{ do: 'priority', to: 'urgent' }], last: false }

async function rule(definition: Partial<Definition> & { name?: string } = {}) {
  const made = await scene.run(root, (work) => createRule(work, { name: 'Rule', ...urgent, ...definition }))
  return scene.run(root, (work) => changeRule(work, made.id, { active: true }))
}

/** The jobs that wait, each taken once. */
async function waitingJobs(name: string): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<{ payload: Record<string, unknown> }>`with taken as (delete from graphile_worker._private_jobs where task_id = (select id from graphile_worker._private_tasks where identifier = ${name}) returning id, payload)
    select payload from taken order by id`.execute(scene.db)
  return rows.map(({ payload }) => payload)
}

/** Lets rules look at what was told, as the program does: seal, follow, work the jobs off. @returns how many jobs there were. */
async function settle(): Promise<number> {
  await sealAll(scene.db)
  while ((await followOnce(scene.perform, ruleFollower)) > 0);
  const jobs = await waitingJobs('desk.rules')
  for (const payload of jobs) await ruleJob(scene.reply)(payload, scene.tools('desk.rules'))
  return jobs.length
}
const tick = () => ruleTick(scene.reply).run({ db: scene.db, perform: scene.perform, actor: system('desk.rulesAfter') })
const runs = async (id: string, barred: string[] = []) => (await runsOf(scene.db, id, barred, null, 50)).map(({ caseNumber, outcome, changes, refusal }) => ({ caseNumber, outcome, changes, refusal }))

test('on an event: what fits is done once, by the rule, and is in its log', async () => {
  const { id } = await rule()
  const [fits, other] = [await scene.open({ subject: 'Payout missing' }), await scene.open({ subject: 'Webhook fails' })]
  expect(await settle()).toBe(1)
  await settle()
  expect([(await scene.row(fits.number)).priority, (await scene.row(other.number)).priority]).toEqual(['urgent', 'normal'])
  expect(await runs(id)).toEqual([{ caseNumber: fits.number, outcome: 'applied', changes: [{ field: 'priority', from: 'normal', to: 'urgent' }], refusal: null }])
  expect(await runs(id, [(await scene.row(fits.number)).queue_id])).toEqual([])
})

test('rules in their order: each sees what those before it did, the last one ends it, and none is called by what rules do', async () => {
  const first = await rule({ name: 'First', actions: [{ do: 'tag', add: ['seen'] }, { do: 'priority', to: 'high' }] })
  const second = await rule({ name: 'Second', condition: 'tag:seen priority:high', actions: [{ do: 'tag', add: ['twice'] }], last: true })
  const third = await rule({ name: 'Third', actions: [{ do: 'tag', add: ['thrice'] }] })
  const echo = await rule({ name: 'Echo', trigger: { on: ['tagged', 'priorityChanged'] }, condition: '', actions: [{ do: 'tag', add: ['echo'] }] })
  const { number, id } = await scene.open()
  await settle()
  await settle()
  const tags = async () => (await scene.db.selectFrom('case_tag').select('tag').where('case_id', '=', id).orderBy('tag').execute()).map(({ tag }) => tag)
  expect(await tags()).toEqual(['seen', 'twice'])
  expect([(await runs(third.id)).length, (await runs(echo.id)).length]).toEqual([0, 0])
  await scene.run(root, (work) => reorderRules(work, [third.id, second.id]))
  expect((await activeRules(scene.db)).map(({ name }) => name)).toEqual(['Third', 'Second', 'First', 'Echo'])
  await scene.run(root, (work) => changeCase(work, number, { priority: 'low' }))
  await settle()
  expect(await tags()).toEqual(['echo', 'seen', 'twice'])
  expect((await runs(first.id))[0]?.changes).toEqual([{ field: 'priority', from: 'normal', to: 'high' }, { field: 'tag', from: null, to: 'seen' }])
})

test('what a verb refuses is noted, is told, and holds up no other rule; the same cause twice acts once', async () => {
  const walled = await scene.queue('walled', { walled: true })
  const outsider = await scene.agent('Out')
  const refused = await rule({ actions: [{ do: 'queue', to: walled }, { do: 'assign', to: outsider.id }] })
  const other = await rule({ actions: [{ do: 'tag', add: ['other'] }] })
  const { number } = await scene.open()
  await settle()
  expect(await runs(refused.id)).toEqual([{ caseNumber: number, outcome: 'refused', changes: [], refusal: 'assignee.outside' }])
  expect((await runs(other.id)).map(({ outcome }) => outcome)).toEqual(['applied'])
  expect(await scene.kinds(number)).toContain('rule.refused')
  const [, again] = await activeRules(scene.db)
  expect(await applyRule({ perform: scene.perform, reply: scene.reply, rule: again!, number, cause: 'fact 1' })).toBe('unchanged')
  expect(await applyRule({ perform: scene.perform, reply: scene.reply, rule: again!, number, cause: 'fact 1' })).toBe('unchanged')
  expect((await runs(other.id)).length).toBe(2)
})

test('a loop over something outside is held after five times in an hour', async () => {
  const { id } = await rule({ trigger: { on: ['customerWrote'] }, condition: '', actions: [{ do: 'reply', body: 'We are on it, {{customer.firstName}}.' }] })
  const from = { address: 'lee@customer.test', name: 'Lee Chen' }
  const { number } = await scene.receive(mailFrom('lee@customer.test', { from, internetId: '<first@mail.test>' }))
  for (let turn = 0; turn < 8; turn++) {
    await scene.receive(mailFrom('lee@customer.test', { inReplyTo: ['<first@mail.test>'] }))
    await settle()
  }
  expect((await runs(id)).map(({ outcome }) => outcome).toSorted()).toEqual([...Array.from({ length: 5 }, () => 'applied'), ...Array.from({ length: 3 }, () => 'looped')])
  expect(scene.delivery.sent.length).toBe(5)
  expect((await scene.kinds(number)).filter((kind) => kind === 'rule.looped').length).toBe(1)
  scene.clock.forward({ minutes: 61 })
  await scene.receive(mailFrom('lee@customer.test', { inReplyTo: ['<first@mail.test>'] }))
  await settle()
  expect(scene.delivery.sent.length).toBe(6)
})

test('after a time: once when it is due, not for what was due before the rule, not when it was put off', async () => {
  const old = await scene.open({ subject: 'Payout old' })
  const { id } = await rule({ trigger: { after: 60, since: 'opened' }, actions: [{ do: 'tag', add: ['late'] }] })
  await sql`update rule set active_since = now()`.execute(scene.db)
  await sql`update "case" set opened_at = now() - interval '3 hours' where number = ${old.number}`.execute(scene.db)
  const [due, early] = [await scene.open({ subject: 'Payout due' }), await scene.open({ subject: 'Payout early' })]
  await sql`update "case" set opened_at = now() - interval '59 minutes 59.9 seconds' where number = ${due.number}`.execute(scene.db)
  await sql`update "case" set opened_at = now() where number = ${early.number}`.execute(scene.db)
  await new Promise((resolve) => setTimeout(resolve, 200))
  await Promise.all([tick(), tick()])
  await tick()
  expect((await runs(id)).map(({ caseNumber, outcome }) => [caseNumber, outcome])).toEqual([[due.number, 'applied']])
  const [rules] = await activeRules(scene.db)
  expect(await applyRule({ perform: scene.perform, reply: scene.reply, rule: rules!, number: early.number, cause: 'after 2020-01-01T00:00:00.000000' })).toBe('passed')
})

test('a trial says what would have been done, as cases were then, and does nothing', async () => {
  const { number } = await scene.open({ subject: 'Payout missing', priority: 'high' })
  const other = await scene.open({ subject: 'Payout late' })
  scene.clock.forward({ minutes: 5 })
  await scene.run(root, (work) => changeCase(work, number, { priority: 'low' }))
  await scene.run(root, (work) => changeCase(work, other.number, { status: 'solved' }))
  await scene.open({ subject: 'Webhook' })
  const facts = await scene.kinds(number)
  const trial = await scene.run(root, (work) => askTrial(work, { definition: { ...urgent, condition: 'subject:payout priority:high,normal' }, days: 30, ruleId: null }))
  for (const payload of await waitingJobs('desk.tryRule')) await trialJob(payload, scene.tools('desk.tryRule'))
  const done = await findTrial(scene.db, trial.id)
  expect(done).toMatchObject({ state: 'done', looked: 3, total: 3, result: { moments: 2, cases: 2, unchanged: 0, refused: 0, changes: { '["priority","high","urgent"]': 1, '["priority","normal","urgent"]': 1 } } })
  expect(await scene.kinds(number)).toEqual(facts)
})

test('a rule is sound: nobody is `me`, what it names is there, and what it says is kept edition by edition', async () => {
  for (const wrong of [{ condition: 'assignee:me' }, { condition: 'status:nonsense' }, { condition: 'is:unread' }, { actions: [{ do: 'assign' as const, to: 'me' }] }, { actions: [{ do: 'reply' as const, body: '{{nonsense}}' }] }]) {
    expect(await refusal(scene.run(root, (work) => createRule(work, { name: 'Wrong', ...urgent, ...wrong })))).toBe('rule.invalid')
  }
  expect(await refusal(scene.run(root, (work) => createRule(work, { name: 'Wrong', ...urgent, actions: [{ do: 'queue', to: 'nowhere' }] })))).toBe('queue.notFound')
  const { id, version } = await rule()
  const changed = await scene.run(root, (work) => changeRule(work, id, { condition: 'tag:vip' }, version))
  expect(changed).toMatchObject({ edition: 2, condition: 'tag:vip', active: true })
  expect(await refusal(scene.run(root, (work) => changeRule(work, id, { name: 'Late' }, version)))).toBe('version.stale')
  expect(await scene.run(root, (work) => changeRule(work, id, { name: 'Other', condition: 'tag:vip' }))).toMatchObject({ edition: 2, name: 'Other' })
  expect(await scene.run(root, (work) => changeRule(work, id, { archived: true }))).toMatchObject({ active: false, archived: true })
})

test('what rules did long ago is forgotten, what they did lately is not', async () => {
  const { id } = await rule()
  const { number } = await scene.open()
  await settle()
  await sql`insert into rule_run (rule_id, case_id, cause, edition, at, outcome) select ${id}::uuid, id, 'old', 1, now() - interval '181 days', 'applied' from "case" where number = ${number}`.execute(scene.db)
  await sql`update rule_run set at = now() where cause <> 'old'`.execute(scene.db)
  await ruleHousekeeping['desk.forgetRuns']({}, scene.tools('desk.forgetRuns'))
  expect((await runs(id)).length).toBe(1)
})
