import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#platform'
import { changeQueue } from '../queues/service.ts'
import { openScene, refusal, robot, type Scene } from '../testing/scene.ts'
import { linkCases, unlinkCases } from './linking.ts'
import { statuses, transitions } from './model.ts'
import { changeCustomer, joinParticipant, leaveParticipant } from './people.ts'
import { presentCase } from './present.ts'
import { removeCase, restoreCase } from './removal.ts'
import { changeCase, handOver, type CaseChange } from './service.ts'

let scene: Scene
let ana: Actor
let ben: Actor
let insider: Actor
let walledId: string
beforeAll(async () => {
  scene = await openScene()
  const team = await scene.team('Legal')
  ana = await scene.agent('Ana', { teamId: await scene.team('Payments') })
  ben = await scene.agent('Ben')
  insider = await scene.agent('Ines', { teamId: team })
  walledId = await scene.queue('legal', { walled: true, teams: [team] })
  await scene.queue('payments')
  await scene.db.insertInto('topic').values({ key: 'payouts', title: 'Payouts' }).execute()
})
afterAll(() => scene.close())

const change = (number: number, words: CaseChange, actor = ana, versionSeen: number | null = null) => scene.run(actor, (work) => changeCase(work, number, words, versionSeen))
const since = async (number: number, before: number) => (await scene.kinds(number)).slice(before)
const told = async (number: number) => (await scene.kinds(number)).length

describe('a change', () => {
  test('of everything at once tells a fact for each thing, with ids and versions and no words of people', async () => {
    const { number, version } = await scene.open()
    const before = await told(number)
    const changed = await change(number, { subject: 'Secret words', status: 'pending', priority: 'high', kind: 'incident', queue: 'payments', assignee: 'me', topic: 'payouts', tags: ['VIP', 'bank trace'] })
    expect(changed).toMatchObject({ version: version + 1, status: 'pending', assigneeId: ana.id, teamId: ana.teamId, topic: 'payouts', waitingSince: null })
    expect((await since(number, before)).sort()).toEqual([
      'case.assigned', 'case.pended', 'kind.changed', 'priority.changed', 'queue.changed', 'subject.changed', 'tag.added', 'tag.added', 'team.changed', 'topic.changed'])
    const facts = (await scene.facts(number)).slice(before)
    expect(facts.every(({ data }) => JSON.stringify(data).includes(`"version": ${version + 1}`) || JSON.stringify(data).includes(`"version":${version + 1}`))).toBe(true)
    expect(JSON.stringify(facts)).not.toContain('Secret')
  })

  test('that changes nothing tells nothing and makes no version', async () => {
    const { number, version } = await scene.open({ tags: ['vip'] })
    const before = await told(number)
    expect((await change(number, { subject: 'Payout missing', priority: 'normal', tags: ['VIP'], assignee: null, topic: null })).version).toBe(version)
    expect(await since(number, before)).toEqual([])
  })

  test('against a stale version says what changed since and who did it; of two at once one wins', async () => {
    const { number, version } = await scene.open()
    await change(number, { priority: 'high' }, ben)
    expect(await change(number, { priority: 'low' }, ana, version).catch((error: unknown) => error)).toMatchObject({
      code: 'version.stale', status: 412, detail: { version: version + 1, versionSeen: version, changed: [{ kind: 'priority.changed', actor: { id: ben.id }, data: { from: 'normal', to: 'high' } }] },
    })
    const outcomes = await Promise.allSettled([change(number, { priority: 'low' }, ana, version + 1), change(number, { priority: 'urgent' }, ben, version + 1)])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('of different things by two people at once, without a version, loses neither', async () => {
    const { number } = await scene.open()
    await Promise.all([change(number, { priority: 'urgent' }), change(number, { topic: 'payouts' }, ben), change(number, { tags: ['a'] }, ben)])
    expect(await scene.row(number)).toMatchObject({ priority: 'urgent', topic: 'payouts' })
  })

  test.each([
    [{ queue: 'nowhere' }, 'queue.notFound'], [{ topic: 'nothing' }, 'topic.notFound'], [{ assignee: 'nobody' }, 'assignee.notFound'], [{ assignee: '01900000-0000-7000-8000-000000000000' }, 'assignee.notFound'],
    [{ team: '01900000-0000-7000-8000-000000000000' }, 'team.notFound'], [{ tags: ['x'.repeat(61)] }, 'tag.invalid'], [{ queue: 'legal' }, 'queue.notFound'],
  ] satisfies [CaseChange, string][])('to %j is refused: %s', async (words, code) => {
    const { number } = await scene.open()
    expect(await refusal(change(number, words, { ...ana, barred: [walledId] }))).toBe(code)
  })

  test('is refused while the case is closed or thrown away', async () => {
    const { number } = await scene.open()
    await scene.run(ana, (work) => removeCase(work, number, 'spam'))
    expect(await refusal(change(number, { priority: 'low' }))).toBe('case.removed')
  })
})

test.each(statuses.flatMap((from) => statuses.filter((to) => to !== 'new').map((to) => [from, to] as const)))('by the verb, %s to %s is what the table says', async (from, to) => {
  const { number } = await scene.open()
  await scene.db.updateTable('case').set({ status: from, solved_at: from === 'solved' ? new Date() : null }).where('number', '=', number).execute()
  const outcome = transitions[from][to]
  if (from === 'closed') return expect(await refusal(change(number, { status: to }))).toBe('case.closed')
  if (outcome === 'never') return expect(await refusal(change(number, { status: to }))).toBe('status.never')
  expect((await change(number, { status: to })).status).toBe(to)
  return expect((await scene.kinds(number)).includes(outcome)).toBe(outcome !== 'same')
})

describe('who has a case can look into its queue', () => {
  test('so it is not given to somebody outside of the wall', async () => {
    const { number } = await scene.open({ queue: 'legal' })
    expect(await refusal(change(number, { assignee: ana.id }, insider))).toBe('assignee.outside')
    expect((await change(number, { assignee: insider.id }, insider)).assigneeId).toBe(insider.id)
  })

  test('and it does not go behind a wall while somebody outside has it', async () => {
    const { number } = await scene.open()
    await change(number, { assignee: ana.id }, insider)
    expect(await refusal(change(number, { queue: 'legal' }, insider))).toBe('assignee.outside')
    expect(await change(number, { queue: 'legal', assignee: null }, insider)).toMatchObject({ queueId: walledId, assigneeId: null })
  })
})

describe('handing over', () => {
  test('to an agent: assigned, asked by a note, and the note is the newest thing in the case', async () => {
    const { number } = await scene.open()
    scene.clock.forward({ minutes: 5 })
    const handed = await scene.run(ana, (work) => handOver(work, number, { to: { agent: ben.id }, note: 'Bank trace asked for' }))
    expect(handed).toMatchObject({ assigneeId: ben.id, lastMessageAt: scene.clock.now() })
    expect((await scene.row(number)).last_message_at).toEqual(scene.clock.now())
    expect((await since(number, 2))).toEqual(['note.written', 'case.assigned', 'case.handedOver'])
    expect(await scene.db.selectFrom('mention').selectAll().where('agent_id', '=', ben.id).execute()).toHaveLength(1)
  })

  test('to a queue: nobody has it any more', async () => {
    const { number } = await scene.open()
    await change(number, { assignee: 'me' })
    const handed = await scene.run(ana, (work) => handOver(work, number, { to: { queue: 'payments' }, note: 'Not ours' }))
    expect(handed).toMatchObject({ assigneeId: null, teamId: null })
    expect(await refusal(scene.run(ana, (work) => handOver(work, number, { to: { agent: ana.id }, note: 'x' }, 1)))).toBe('version.stale')
  })
})

describe('people on a case', () => {
  test('come into copy once, leave, and take the customer\'s place', async () => {
    const { number } = await scene.open({ customer: { email: 'first@p.test' } })
    const people = async () => (await presentCase(scene.db, ana, number)).participants.map(({ address, role }) => `${address} ${role}`)
    await scene.run(ana, (work) => joinParticipant(work, number, { address: 'Second@P.test' }))
    expect(await refusal(scene.run(ana, (work) => joinParticipant(work, number, { address: 'second@p.test' })))).toBe('participant.there')
    expect(await people()).toEqual(['first@p.test customer', 'second@p.test cc'])
    await scene.run(ana, (work) => changeCustomer(work, number, { address: 'second@p.test' }))
    expect(await people()).toEqual(['second@p.test customer', 'first@p.test cc'])
    expect(await refusal(scene.run(ana, (work) => leaveParticipant(work, number, 'second@p.test')))).toBe('participant.last')
    await scene.run(ana, (work) => leaveParticipant(work, number, 'first@p.test'))
    await scene.run(ana, (work) => changeCustomer(work, number, { address: 'third@p.test', name: 'Third' }))
    expect(await people()).toEqual(['third@p.test customer', 'second@p.test cc'])
    expect(await refusal(scene.run(ana, (work) => leaveParticipant(work, number, 'first@p.test')))).toBe('participant.notFound')
  })
})

describe('cases that belong together', () => {
  test('show each other, with a new version each, and not what lies behind a wall', async () => {
    const [one, two, walled] = [await scene.open(), await scene.open(), await scene.open({ queue: 'legal' })]
    await scene.run(robot, (work) => linkCases(work, one.number, two.number, 'duplicate'))
    await scene.run(robot, (work) => linkCases(work, one.number, walled.number, 'related'))
    const seen = async (actor: Actor) => (await presentCase(scene.db, actor, one.number)).links.map(({ number, as }) => [number, as])
    expect(await seen(ana)).toEqual([[two.number, 'duplicate'], [walled.number, 'related']])
    expect(await seen({ ...ana, barred: [walledId] })).toEqual([[two.number, 'duplicate']])
    expect((await presentCase(scene.db, ana, two.number)).version).toBe(two.version + 1)
    expect(await refusal(scene.run({ ...ana, barred: [walledId] }, (work) => linkCases(work, two.number, walled.number, 'related')))).toBe('case.notFound')
    expect(await refusal(scene.run(ana, (work) => linkCases(work, two.number, two.number, 'related')))).toBe('link.self')
    await scene.run(ana, (work) => unlinkCases(work, two.number, one.number))
    expect(await seen({ ...ana, barred: [walledId] })).toEqual([])
  })

  test('are linked by two people at once from both ends without harm', async () => {
    const [one, two] = [await scene.open(), await scene.open()]
    await Promise.all([[one, two], [two, one], [one, two]].map(([a, b]) => scene.run(ana, (work) => linkCases(work, a!.number, b!.number, 'related'))))
    expect((await presentCase(scene.db, ana, one.number)).links).toHaveLength(1)
  })
})

test('spam and trash are out of sight and come back as they were', async () => {
  const { number } = await scene.open()
  await change(number, { status: 'pending', assignee: 'me' })
  await scene.run(ana, (work) => removeCase(work, number, 'spam'))
  expect(await scene.row(number)).toMatchObject({ removed: 'spam', removed_at: scene.clock.now(), status: 'pending' })
  await scene.run(ana, (work) => removeCase(work, number, 'trash'))
  await scene.run(ana, (work) => restoreCase(work, number))
  expect(await scene.row(number)).toMatchObject({ removed: null, removed_at: null, status: 'pending', assignee_id: ana.id })
  expect(await refusal(scene.run(ana, (work) => restoreCase(work, number)))).toBe('case.notRemoved')
})

test('an archived queue takes nothing new, and the standard one is not archived', async () => {
  const id = await scene.queue('old')
  await scene.open({ queue: 'old' })
  const archive = () => scene.run(ana, (work) => changeQueue(work, id, { archived: true }))
  expect(await refusal(archive())).toBe('queue.inUse')
  await scene.db.updateTable('case').set({ status: 'closed' }).where('queue_id', '=', id).execute()
  await archive()
  expect(await refusal(scene.open({ queue: 'old' }))).toBe('queue.notFound')
  const standard = await scene.db.selectFrom('queue').select('id').where('standard', '=', true).executeTakeFirstOrThrow()
  expect(await refusal(scene.run(ana, (work) => changeQueue(work, standard.id, { archived: true })))).toBe('queue.standard')
  expect(await refusal(scene.run(ana, (work) => changeQueue(work, id, { standard: true })))).toBe('queue.archived')
})
