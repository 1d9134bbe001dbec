import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#platform'
import { removeCase } from '../../cases/removal.ts'
import { changeCase } from '../../cases/service.ts'
import { mailFrom, openScene, refusal, robot, type Scene } from '../../testing/scene.ts'
import { snoozeCase, wakeCase, wakeDueCases } from './service.ts'

let scene: Scene
let ana: Actor
let ben: Actor
beforeAll(async () => {
  scene = await openScene()
  ;[ana, ben] = [await scene.agent('Ana'), await scene.agent('Ben')]
  await scene.queue('refunds')
})
afterAll(() => scene.close())

const inHours = (hours: number) => new Date(scene.clock.now().getTime() + hours * 3_600_000)
const snooze = (number: number, until: Date | null, actor = ana) => scene.run(actor, (work) => snoozeCase(work, number, { until, reason: 'Bank trace' }))
const wakeUp = () => scene.run(robot, (work) => wakeDueCases(work, 100))
const asleep = async (number: number) => (await scene.row(number)).snoozed_at !== null
const woken = async (number: number) => (await scene.facts(number)).filter(({ kind }) => kind === 'case.woken').map(({ data }) => data)

describe('a case that is put off', () => {
  test('wakes at its instant, once, and says who had put it off', async () => {
    const { number, version } = await scene.open()
    expect((await snooze(number, inHours(2))).version).toBe(version + 1)
    expect(await scene.row(number)).toMatchObject({ snoozed_until: inHours(2), snoozed_by: ana.id, snooze_reason: 'Bank trace' })
    scene.clock.forward({ minutes: 119 })
    expect(await wakeUp()).toBe(0)
    scene.clock.forward({ minutes: 1 })
    expect(await wakeUp()).toBe(1)
    expect(await wakeUp()).toBe(0)
    expect(await asleep(number)).toBe(false)
    expect(await woken(number)).toEqual([{ why: 'time', by: ana.id, version: version + 2 }])
  })

  test('wakes after a downtime, however long, and by one of several instances', async () => {
    const numbers = await Promise.all([1, 2, 3].map(async (hours) => {
      const { number } = await scene.open()
      await snooze(number, inHours(hours))
      return number
    }))
    scene.clock.forward({ days: 30 })
    expect((await Promise.all([wakeUp(), wakeUp(), wakeUp()])).reduce((sum, count) => sum + count, 0)).toBe(3)
    for (const number of numbers) expect(await woken(number)).toHaveLength(1)
  })

  test('waits for its customer alone when no instant is said, and wakes the moment that they write', async () => {
    const opened = await scene.receive(mailFrom('kim@customer.test', { internetId: '<kim-1@x>' }))
    await snooze(opened.number, null)
    scene.clock.forward({ days: 400 })
    expect(await wakeUp()).toBe(0)
    await scene.receive(mailFrom('kim@customer.test', { inReplyTo: ['<kim-1@x>'], automatic: 'auto-replied' }))
    expect(await asleep(opened.number)).toBe(true)
    await scene.receive(mailFrom('kim@customer.test', { inReplyTo: ['<kim-1@x>'] }))
    expect(await asleep(opened.number)).toBe(false)
    expect(await woken(opened.number)).toMatchObject([{ why: 'customer', by: ana.id, version: (await scene.row(opened.number)).version }])
  })

  test.each([
    ['given to somebody', 'moved', (number: number) => scene.run(ana, (work) => changeCase(work, number, { assignee: ben.id }))],
    ['moved to a queue', 'moved', (number: number) => scene.run(ana, (work) => changeCase(work, number, { queue: 'refunds' }))],
    ['solved', 'solved', (number: number) => scene.run(ana, (work) => changeCase(work, number, { status: 'solved' }))],
    ['put out of sight', 'removed', (number: number) => scene.run(ana, (work) => removeCase(work, number, 'trash'))],
    ['woken by hand', 'agent', (number: number) => scene.run(ana, (work) => wakeCase(work, number))],
  ] as const)('wakes when it is %s', async (_what, why, deed) => {
    const { number } = await scene.open()
    await snooze(number, inHours(1))
    scene.clock.forward({ seconds: 1 })
    const changed = await deed(number)
    expect(await woken(number)).toMatchObject([{ why, version: changed.version }])
    expect((await scene.row(number)).version).toBe(changed.version)
  })

  test('sleeps on through what changes nothing about whose turn it is', async () => {
    const { number } = await scene.open()
    await snooze(number, inHours(1))
    scene.clock.forward({ seconds: 1 })
    await scene.run(ana, (work) => changeCase(work, number, { priority: 'high', tags: ['bank'] }))
    await scene.run(ana, (work) => scene.reply(work, number, { body: 'Asked again', visibility: 'note' }))
    expect(await asleep(number)).toBe(true)
  })

  test('that was given and put off in one go stays put off', async () => {
    const { number } = await scene.open()
    await scene.run(ana, async (work) => {
      await changeCase(work, number, { assignee: 'me' })
      await snoozeCase(work, number, { until: inHours(1) })
    })
    expect(await asleep(number)).toBe(true)
  })
})

test('what cannot be put off is refused', async () => {
  const { number, version } = await scene.open()
  expect(await refusal(snooze(number, inHours(0)))).toBe('snooze.past')
  expect(await refusal(snooze(number, inHours(24 * 367)))).toBe('snooze.tooFar')
  expect(await refusal(scene.run(ana, (work) => snoozeCase(work, number, { until: inHours(1) }, version + 1)))).toBe('version.stale')
  expect(await refusal(snooze(999_999, inHours(1)))).toBe('case.notFound')
  await scene.run(ana, (work) => changeCase(work, number, { status: 'solved' }))
  expect(await refusal(snooze(number, inHours(1)))).toBe('snooze.solved')
  const walled = await scene.queue('legal', { walled: true })
  const hidden = await scene.open({ queue: 'legal' })
  expect(await refusal(snooze(hidden.number, inHours(1), { ...ana, barred: [walled] }))).toBe('case.notFound')
})
