import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { enrol, followOnce, sealAll, type Actor } from '#platform'
import { changeCase } from '../../cases/service.ts'
import { changeQueue } from '../../queues/service.ts'
import type { Post } from '../../ports.ts'
import { openScene, refusal, robot, type Scene } from '../../testing/scene.ts'
import { digestOf } from './digest.ts'
import { noticeFollower } from './follow.ts'
import { sendDueDigests } from './mailing.ts'
import type { NoticeSettings } from './model.ts'
import { changeNoticeSettings, markOwnNotices } from './service.ts'
import type { Notice } from './store.ts'

let scene: Scene
let ana: Actor
let ben: Actor
let sent: Parameters<Post['submit']>[1][]
const post: Post = { submit: async (work, mail) => { work.afterCommit(() => sent.push(mail)); return true } }
beforeAll(async () => {
  scene = await openScene()
  await enrol(scene.db, noticeFollower.name)
})
afterAll(() => scene.close())
beforeEach(async () => {
  sent = []
  ;[ana, ben] = [await scene.agent('Ana'), await scene.agent('Ben')]
  scene.clock.set('2026-03-02T10:00:00Z')
})

const choose = (change: Partial<NoticeSettings>, actor = ana) => scene.run(actor, (work) => changeNoticeSettings(work, change))
const due = () => scene.run(robot, (work) => sendDueDigests(work, { post, publicUrl: 'https://desk.test' }, 50))
const given = async (subject = 'Payout missing', queue?: string) => {
  const { number } = await scene.open({ subject, ...(queue ? { queue } : {}) })
  await scene.run(ben, (work) => changeCase(work, number, { assignee: ana.id }))
  await sealAll(scene.db)
  while (await followOnce(scene.perform, noticeFollower) > 0);
  return number
}
const hours = async (count: number) => { for (let left = count * 4; left > 0; left--) { scene.clock.forward({ minutes: 15 }); await due() } }

describe('a digest', () => {
  test('comes once in its window with what is unread, and not again for the same', async () => {
    await choose({ digest: 'hourly' })
    const number = await given()
    await hours(1)
    expect(sent.map(({ agentId, address, subject }) => [agentId, address, subject])).toEqual([[ana.id, expect.stringContaining('ana.'), `#${number} Payout missing`]])
    expect(sent[0]?.text).toContain(`https://desk.test/cases/${number}`)
    await hours(3)
    expect(sent).toHaveLength(1)
    await given('Refund late')
    await hours(1)
    expect(sent.map(({ subject }) => subject)).toEqual([`#${number} Payout missing`, expect.stringContaining('Refund late')])
    expect(sent[1]?.text).not.toContain('Payout missing')
    expect(new Set(sent.map(({ key }) => key)).size).toBe(2)
  })

  test('is off until somebody wants it, is not sent for nothing, nor for what was read', async () => {
    await given()
    await hours(2)
    await choose({ digest: 'hourly' })
    await scene.run(ana, (work) => markOwnNotices(work, { as: 'read' }))
    await hours(2)
    expect(sent).toEqual([])
  })

  test('waits while its reader is at work, and through quiet hours', async () => {
    await choose({ digest: 'hourly', quiet: { from: 13 * 60, to: 15 * 60 } })
    await scene.db.updateTable('agent').set({ presence: 'available' }).where('id', '=', ana.id).execute()
    await given()
    await hours(3)
    expect(sent).toEqual([])
    await scene.db.updateTable('agent').set({ presence: 'off' }).where('id', '=', ana.id).execute()
    await hours(1.75)
    expect(sent).toEqual([])
    await hours(0.25)
    expect(sent).toHaveLength(1)
  })

  test('comes each day at the hour of its reader, also while they are at work when they want that', async () => {
    await scene.db.updateTable('agent').set({ presence: 'busy', time_zone: 'Asia/Kolkata' }).where('id', '=', ana.id).execute()
    await choose({ digest: 'daily', digestHour: 18, mailWhileHere: true })
    await given()
    await hours(2.25)
    expect(sent).toEqual([])
    await hours(0.25)
    expect(sent).toHaveLength(1)
    await given('Another')
    await hours(23.75)
    expect(sent).toHaveLength(1)
    await hours(0.25)
    expect(sent).toHaveLength(2)
  })

  test('says nothing of what lies behind a wall by then', async () => {
    await choose({ digest: 'hourly' })
    const queue = await scene.queue('soon-walled')
    await given('A secret', 'soon-walled')
    await scene.run(robot, (work) => changeQueue(work, queue, { walled: true }))
    await hours(1)
    expect(sent).toEqual([])
  })

  test('is handed over by one of several instances, and again when that was undone', async () => {
    await choose({ digest: 'hourly' })
    await given()
    scene.clock.forward({ hours: 1 })
    const dying: Post = { submit: async () => { throw new Error('killed') } }
    await expect(scene.run(robot, (work) => sendDueDigests(work, { post: dying, publicUrl: '' }, 50))).rejects.toThrow('killed')
    await Promise.all([due(), due(), due()])
    expect(sent).toHaveLength(1)
  })
})

test('choices are changed against the version that was seen', async () => {
  expect((await choose({ digest: 'daily' })).version).toBe(1)
  expect(await refusal(scene.run(ana, (work) => changeNoticeSettings(work, { digest: 'off' }, 1)))).toBe('version.stale')
  expect(await scene.run(ana, (work) => changeNoticeSettings(work, { digest: 'off' }, 2))).toMatchObject({ version: 2, settings: { digest: 'off' } })
  expect(await refusal(scene.run(robot, (work) => changeNoticeSettings(work, { digest: 'off' })))).toBe('notice.agentsOnly')
})

describe('its words', () => {
  const notice = (given: Partial<Notice> = {}): Notice => ({
    id: '1', kind: 'mention', count: 1, firstAt: new Date(0), lastAt: new Date(0), readAt: null, doneAt: null, case: { number: 10_001, subject: 'Payout\nmissing' },
    actor: { kind: 'agent', id: 'b', name: 'Ben Ode' }, words: 'My card\r\nBcc: x@y', data: {}, ...given,
  })
  const given = { publicUrl: 'https://desk.test', name: 'Ana Ruiz', digest: 'daily' as const, more: false }

  test('hold no names and no messages unless that is wanted, and each case once', () => {
    const plain = digestOf([notice(), notice({ kind: 'customerReplied', count: 3 }), notice({ case: { number: 10_002, subject: 'Refund' } })], { ...given, words: false })
    expect(plain.subject).toBe('5 new things in 2 cases')
    expect(plain.text).toMatchInlineSnapshot(`
      "Hello Ana,

      since you last looked:

      #10001 Payout missing
      - A colleague mentioned you
      - 3 new messages from the customer
        https://desk.test/cases/10001

      #10002 Refund
      - A colleague mentioned you
        https://desk.test/cases/10002

      All of it: https://desk.test/notices

      You get this mail once a day. Choose what it tells, or end it: https://desk.test/settings/notifications"
    `)
  })
  test('or with them, each on one line', () => {
    expect(digestOf([notice()], { ...given, words: true }).text).toContain('- Ben Ode mentioned you\n  My card Bcc: x@y\n')
  })
})
