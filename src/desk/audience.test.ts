import { afterAll, beforeAll, expect, test } from 'vitest'
import { authorisation, platformPolicy, type LoggedFact } from '#platform'
import { deskAudience } from './audience.ts'
import { changeCase } from './cases/service.ts'
import { deskPolicy } from './policy.ts'
import { openSpaces } from './spaces.ts'
import { openScene, robot, type Scene } from './testing/scene.ts'

let scene: Scene
beforeAll(async () => { scene = await openScene() })
afterAll(() => scene.close())

const fact = (kind: string, caseNumber: number | null, version = 1, subject: string | null = null): LoggedFact =>
  ({ id: '1', at: new Date(), room: 'desk', kind, case: caseNumber, subject, actor: { kind: 'system', id: 'x' }, data: { version } })

test.each([
  ['message.received', ['cases', 'counts']], ['reply.failed', ['cases', 'counts', 'troubled-replies']], ['draft.begun', ['counts', 'drafts']], ['note.written', ['cases', 'counts', 'drafts', 'mentions']],
  ['attachment.added', []], ['reply.delivered', ['counts', 'troubled-replies']], ['presence.changed', []],
])('%s touches its case and %j', async (kind, lists) => {
  const { number, queueId } = await scene.open()
  const audience = await deskAudience(scene.db)(fact(kind, number))
  expect(audience).toMatchObject({ permission: 'case.read', space: queueId })
  expect([...new Set(audience.refs)].sort()).toEqual([`case:${number}`, ...lists].sort())
})

test('queues and topics are for those who may read queues; a queue\'s facts only for those inside of its wall', async () => {
  const audienceOf = deskAudience(scene.db)
  expect(await audienceOf(fact('queue.changed', null, 1, 'queue:abc'))).toMatchObject({ permission: 'queue.read', space: 'abc', refs: expect.arrayContaining(['queues', 'queue:abc']) })
  expect(await audienceOf(fact('topic.created', null, 1, 'topic:x'))).toMatchObject({ permission: 'queue.read', space: null, refs: expect.arrayContaining(['topics']) })
  const may = authorisation(platformPolicy, deskPolicy)
  for (const permission of ['case.read', 'queue.read']) expect(may({ kind: 'token', id: 'x', name: '', roles: ['agent'], teamId: null, barred: [] }, permission)).toBe(true)
})

test('a case that went behind a wall is behind it for the fact that says so, and for old facts a moment later', async () => {
  let now = 0
  const spaceOf = openSpaces(scene.db, () => now)
  const walled = await scene.queue('walled-live', { walled: true })
  const { number, queueId, version } = await scene.open()
  expect(await spaceOf(number, version)).toBe(queueId)
  const moved = await scene.run(robot, (work) => changeCase(work, number, { queue: 'walled-live' }))
  expect(await spaceOf(number, moved.version)).toBe(walled)
  expect(await spaceOf(number, version)).toBe(walled)
  const again = await scene.run(robot, (work) => changeCase(work, number, { queue: 'general' }))
  expect(await spaceOf(number, null)).toBe(again.queueId)
  await scene.db.updateTable('case').set({ queue_id: walled }).where('number', '=', number).execute()
  expect(await spaceOf(number, version)).toBe(again.queueId)
  now += 6_000
  expect(await spaceOf(number, version)).toBe(walled)
})

test('many askers at once cost one query, and a case that is gone lies nowhere', async () => {
  const opened = await Promise.all(Array.from({ length: 5 }, () => scene.open()))
  const spaceOf = openSpaces(scene.db)
  const spaces = await Promise.all([...opened.map(({ number }) => spaceOf(number, 1)), spaceOf(999_999, 1)])
  expect(spaces).toEqual([...opened.map(({ queueId }) => queueId), null])
})
