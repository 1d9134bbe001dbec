import { afterAll, beforeAll, expect, test } from 'vitest'
import { system } from '#platform'
import { openScene, type Scene } from '../testing/scene.ts'
import { routeAll } from './router.ts'

let scene: Scene
let app: Awaited<ReturnType<Scene['server']>>
let open: { general: string; sealed: string }
const staffing = { onShift: async (_db: unknown, ids: readonly string[]) => new Set(ids) }

beforeAll(async () => {
  scene = await openScene()
  app = await scene.server()
  const [home, inner] = [await scene.team('home'), await scene.team('inner')]
  const sealed = await scene.queue('sealed', { walled: true, teams: [inner] })
  await scene.agent('admin', { role: 'admin' })
  await scene.agent('lead', { role: 'lead', teamId: home })
  await scene.agent('planner', { role: 'planner' })
  await scene.agent('ana', { teamId: home })
  await scene.agent('ines', { teamId: inner })
  await scene.db.updateTable('agent').set({ presence: 'available' }).where('name', 'in', ['ana', 'ines']).execute()
  open = { general: (await scene.db.selectFrom('queue').select('id').where('standard', '=', true).executeTakeFirstOrThrow()).id, sealed }
})
afterAll(async () => { await app.close(); await scene.close() })

const ask = (method: 'GET' | 'POST' | 'PATCH' | 'PUT', url: string, as: string, body?: object, headers: Record<string, string> = {}) =>
  app.inject({ method, url: `/api/v1${url}`, headers: { authorization: `Bearer ${as}`, ...headers }, ...(body ? { payload: body } : {}) })

test('an administrator lets a queue give its cases out, over the version that was seen; a lead only looks', async () => {
  expect((await ask('PATCH', `/routing/queues/${open.general}`, 'lead', { mode: 'push' })).statusCode).toBe(403)
  const made = await ask('PATCH', `/routing/queues/${open.general}`, 'admin', { mode: 'push', weights: { form: 2 }, stickyMinutes: null })
  expect([made.statusCode, made.headers['etag'], made.json()]).toEqual([200, '"1"', expect.objectContaining({ mode: 'push', weights: { form: 2 }, stickyMinutes: null, version: 1 })])
  expect((await ask('PATCH', `/routing/queues/${open.general}`, 'admin', { acceptMinutes: 5 }, { 'if-match': '"7"' })).statusCode).toBe(412)
  expect((await ask('PATCH', `/routing/queues/${open.general}`, 'admin', { weights: { 'No Channel': 1 } })).statusCode).toBe(400)
  expect((await ask('GET', '/routing/queues', 'lead')).json().items).toContainEqual(expect.objectContaining({ queueId: open.general, mode: 'push' }))
  for (const as of ['lead', 'planner']) expect((await ask('GET', '/routing/board', as)).statusCode).toBe(200)
  expect((await ask('GET', '/routing/board', 'ana')).statusCode).toBe(403)
})

test('what lies behind a wall is on nobody’s board, and its subject is for those who read cases', async () => {
  const [plain, secret] = [await scene.open({ subject: 'Plain' }), await scene.open({ subject: 'Secret' })]
  await scene.db.updateTable('case').set({ queue_id: open.sealed }).where('number', '=', secret.number).execute()
  const board = async (as: string) => (await ask('GET', '/routing/board', as)).json()
  const seen = async (as: string) => (await board(as)).cases.map(({ subject }: { subject: string | null }) => subject).sort()
  expect([await seen('lead'), await seen('admin'), await seen('planner')]).toEqual([['Plain'], ['Plain', 'Secret'], [null]])
  expect((await board('lead')).queues.map(({ key }: { key: string }) => key)).not.toContain('sealed')
  expect((await board('lead')).agents.map(({ name }: { name: string }) => name).sort()).toEqual(['ana', 'ines', 'lead'])
  expect((await ask('GET', `/cases/${secret.number}/routing`, 'ana')).statusCode).toBe(404)
  expect((await ask('PUT', `/cases/${secret.number}/skills`, 'ana', { skills: [] })).statusCode).toBe(404)
  await scene.db.updateTable('agent').set({ capacity: 0 }).where('name', '<>', 'ana').execute()
  await routeAll(scene.perform, system('routing'), staffing)
  const { decisions, agents } = (await ask('GET', `/cases/${plain.number}/routing`, 'ana')).json()
  expect(decisions).toMatchObject([{ caseNumber: plain.number, why: 'only', reasons: { able: 1, others: [{ obstacle: 'notAvailable' }, { obstacle: 'full' }] } }])
  expect(agents.map(({ name }: { name: string }) => name).sort()).toEqual(['ana', 'ines', 'lead'])
  expect((await ask('GET', '/routing/decisions', 'lead')).json().items).toMatchObject([{ caseNumber: plain.number }])
})

test('people take their next case; programs and those who work no cases do not', async () => {
  const { number } = await scene.open({ subject: 'Next' })
  const taken = await ask('POST', '/cases/next', 'ana')
  expect([taken.statusCode, taken.json().case]).toEqual([200, expect.objectContaining({ number, assignee: expect.objectContaining({ name: 'ana' }) })])
  expect((await ask('POST', '/cases/next', 'ana')).json()).toEqual({ case: null })
  for (const as of ['admin', 'planner']) expect((await ask('POST', '/cases/next', as)).statusCode).toBe(403)
})

test('rules and the skills of topics', async () => {
  const { patienceMinutes, ...rules } = (await ask('GET', '/routing/rules', 'lead')).json()
  expect((await ask('PUT', '/routing/rules', 'lead', { patienceMinutes, ...rules })).statusCode).toBe(403)
  expect((await ask('PUT', '/routing/rules', 'admin', { ...rules, patienceMinutes: { ...patienceMinutes, urgent: 1 } })).json().patienceMinutes.urgent).toBe(1)
  expect((await ask('PUT', '/topics/nothing/skills', 'admin', { skills: [] })).json().code).toBe('topic.notFound')
  expect((await ask('GET', '/routing/topics', 'ana')).json()).toEqual({ items: [] })
})
