import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { authorisation, buildServer, openLogger, platformPolicy, roles } from '#platform'
import { byRoleName } from '../../test/support/roles.ts'
import { openWorld, type World } from '../../test/support/world.ts'
import { noDemo } from './model.ts'
import { demoPolicy } from './policy.ts'
import { demoRoutes } from './routes.ts'
import { saveDemo } from './store.ts'

let world: World
let app: FastifyInstance

beforeAll(async () => {
  world = await openWorld()
  app = await buildServer({
    routes: demoRoutes(), publicUrl: 'http://localhost', logger: openLogger('silent'), bodyBytesMax: 10_000,
    ground: { db: world.db, perform: world.perform, may: authorisation(platformPolicy, demoPolicy), authenticate: byRoleName },
  })
})
afterAll(async () => {
  await app.close()
  await world.close()
})

const ask = (method: 'GET' | 'DELETE', as: string) => app.inject({ method, url: '/api/v1/demo', headers: { authorization: `Bearer ${as}` } })

test('everybody who is signed in sees it, administrators take it out, once, and hear what stays', async () => {
  expect((await ask('GET', 'planner')).json()).toMatchObject({ state: 'absent', cases: 0 })
  expect((await ask('DELETE', 'admin')).json()).toMatchObject({ code: 'demo.absent', status: 404 })
  await saveDemo(world.db, { ...noDemo, state: 'loading', done: 3, cases: 12 }, 'test')
  expect((await ask('DELETE', 'admin')).json()).toMatchObject({ code: 'demo.busy', status: 409 })
  await saveDemo(world.db, { ...noDemo, state: 'loaded', done: 12, cases: 12 }, 'test')
  for (const role of roles.filter((word) => word !== 'admin')) expect([role, (await ask('DELETE', role)).statusCode]).toEqual([role, 403])
  expect((await ask('DELETE', 'nobody')).statusCode).toBe(401)
  const asked = await ask('DELETE', 'admin')
  expect([asked.statusCode, asked.json()]).toEqual([202, { state: 'removing', done: 0, cases: 12, stays: expect.stringContaining('The facts in the log stay') }])
  const jobs = await world.db.selectFrom('event').select('kind').where('room', '=', 'demo').execute()
  expect(jobs).toEqual([{ kind: 'demo.removalAsked' }])
})
