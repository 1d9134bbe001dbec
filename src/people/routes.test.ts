import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { sql } from 'kysely'
import { newId, roles, system, type Role } from '#platform'
import { peoplePolicy } from './policy.ts'
import { atOnce, dump, openScene, somebody, type Scene } from './testing/scene.ts'
import { removeDemoPeople } from './start.ts'
import { createAgent } from './agents/service.ts'
import { createSite, createTeam } from './places/service.ts'
import { peopleJobs } from './jobs.ts'
import { takeAttempt } from './attempts/service.ts'

let scene: Scene
let token: string
beforeAll(async () => {
  scene = await openScene()
  token = await scene.token('admin')
})
afterAll(() => scene.close())

const admin = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: unknown, headers: Record<string, string> = {}) => scene.ask(method, url, { token, body, headers })

test('sites, teams and skills: added, found, changed against the version seen, put away', async () => {
  const site = (await admin('POST', '/sites', { name: ' Dublin ', timeZone: 'Europe/Dublin', country: 'IE' })).json()
  expect(site).toMatchObject({ name: 'Dublin', timeZone: 'Europe/Dublin', country: 'IE', version: 1, archivedAt: null })
  expect((await admin('POST', '/sites', { name: 'Dublin', timeZone: 'UTC', country: 'IE' })).json()).toMatchObject({ code: 'site.nameTaken', errors: [{ path: '/name' }] })
  expect((await admin('POST', '/sites', { name: 'Olympus', timeZone: 'Mars/Olympus', country: 'IE' })).json().code).toBe('timeZone.invalid')
  expect((await admin('POST', '/sites', { name: '\u200b', timeZone: 'UTC', country: 'IE' })).json().code).toBe('name.invalid')
  const team = (await admin('POST', '/teams', { name: 'Payments', siteId: site.id })).json()
  expect((await admin('POST', '/teams', { name: 'Lost', siteId: newId() })).json().code).toBe('site.unknown')
  expect((await admin('PATCH', `/sites/${site.id}`, { archived: true })).json().code).toBe('site.used')
  const renamed = await admin('PATCH', `/teams/${team.id}`, { name: 'Payouts' }, { 'if-match': '"1"' })
  expect([renamed.headers['etag'], renamed.json()]).toEqual(['"2"', expect.objectContaining({ name: 'Payouts', siteId: site.id, version: 2 })])
  expect((await admin('PATCH', `/teams/${team.id}`, { name: 'late' }, { 'if-match': '"1"' })).json()).toMatchObject({ status: 412, version: 2 })
  const skill = (await admin('POST', '/skills', { name: 'Español (México)' })).json()
  expect(skill.key).toBe('espanol_mexico')
  expect((await admin('POST', '/skills', { name: 'Other', key: 'espanol_mexico' })).json().code).toBe('skill.keyTaken')
  expect((await admin('PATCH', `/skills/${skill.id}`, { archived: true })).json().archivedAt).toBe(scene.clock.now().toISOString())
  expect((await admin('GET', '/skills')).json().items).toEqual([])
  expect((await admin('GET', '/skills?archived=true&q=ESPA')).json().items).toHaveLength(1)
  expect((await admin('PATCH', `/skills/${newId()}`, { archived: true })).json().code).toBe('skill.notFound')
})

test('agents: added, found, changed against the version seen, with skills, let go and taken back', async () => {
  const site = (await admin('POST', '/sites', { name: 'Bengaluru', timeZone: 'Asia/Kolkata', country: 'IN' })).json()
  const team = (await admin('POST', '/teams', { name: 'Risk', siteId: site.id })).json()
  const skill = (await admin('POST', '/skills', { name: 'Chargebacks' })).json()
  const made = await admin('POST', '/agents', { name: 'Meera  Rao', email: 'Meera@Example.com', roles: ['agent', 'lead'], teamId: team.id, siteId: site.id, capacity: 5 })
  expect([made.statusCode, made.headers['etag'], made.headers['location']]).toEqual([201, '"1"', `/api/v1/agents/${made.json().id}`])
  const { id } = made.json()
  expect(made.json()).toMatchObject({ name: 'Meera Rao', email: 'meera@example.com', roles: ['agent', 'lead'], capacity: 5, presence: 'off', skills: [] })
  expect((await admin('POST', '/agents', { name: 'x', email: 'meera@example.com', roles: ['agent'] })).json()).toMatchObject({ code: 'agent.emailTaken', errors: [{ path: '/email' }] })
  for (const body of [{ roles: [] }, { roles: ['boss'] }, { teamId: newId() }, { timeZone: 'Mars/Olympus' }, { email: 'none' }, { capacity: -1 }, { surprise: 1 }]) {
    const { statusCode } = await admin('POST', '/agents', { name: 'x', email: 'x@example.com', roles: ['agent'], ...body })
    expect([body, statusCode === 400 || statusCode === 422]).toEqual([body, true])
  }
  const changed = await admin('PATCH', `/agents/${id}`, { name: 'Meera R.', timeZone: 'Asia/Kolkata' }, { 'if-match': '"1"' })
  expect(changed.json()).toMatchObject({ name: 'Meera R.', version: 2, roles: ['agent', 'lead'], capacity: 5 })
  expect((await admin('PATCH', `/agents/${id}`, { name: 'late' }, { 'if-match': '"1"' })).statusCode).toBe(412)
  const lead = await scene.token('lead')
  expect((await scene.ask('PUT', `/agents/${id}/skills`, { token: lead, body: { skills: [{ skillId: skill.id, level: 4 }] } })).json().skills).toEqual([{ skillId: skill.id, key: 'chargebacks', name: 'Chargebacks', level: 4 }])
  expect((await admin('PUT', `/agents/${id}/skills`, { skills: [{ skillId: newId(), level: 4 }] })).json().code).toBe('skill.unknown')
  expect((await scene.ask('PUT', `/agents/${id}/presence`, { token: lead, body: { presence: 'available' } })).json().presence).toBe('available')
  const found = async (query: string): Promise<string[]> => (await admin('GET', `/agents?${query}`)).json().items.map((agent: { id: string }) => agent.id)
  for (const query of ['q=MEERA@', 'q=eera%20r', `team=${team.id}`, `site=${site.id}`, `skill=${skill.id}`, 'role=lead', 'presence=available']) expect([query, await found(query)]).toEqual([query, [id]])
  expect((await admin('GET', `/agents/${id}`)).json().waysIn).toEqual({ password: false, totp: false, oidc: false, link: null, resetAskedAt: null, lastSeenAt: null })
  expect((await scene.ask('GET', `/agents/${id}`, { token: lead })).json().waysIn).toBeNull()
  expect((await admin('PATCH', `/teams/${team.id}`, { archived: true })).json().code).toBe('team.used')
  expect((await admin('PUT', `/agents/${id}/deactivation`)).json()).toMatchObject({ deactivated: true, presence: 'off' })
  expect(await found('q=meera')).toEqual([])
  expect(await found('q=meera&state=deactivated')).toEqual([id])
  expect((await admin('POST', `/agents/${id}/invitations`)).json().code).toBe('agent.deactivated')
  expect((await admin('DELETE', `/agents/${id}/deactivation`)).json()).toMatchObject({ deactivated: false })
  expect((await admin('PATCH', `/agents/${newId()}`, { name: 'x' })).json().code).toBe('agent.notFound')
})

test('the list goes on where it stopped, also with names that sort strangely', async () => {
  for (const name of ['Zoë', 'zoe', 'Émile', 'émile', 'İpek', 'Øyvind', 'ß', '李小龙']) await scene.agent({ name, password: null })
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: { id: string }[]; nextCursor: string | null } = (await admin('GET', `/agents?limit=2&state=all${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`)).json()
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  }
  expect(seen).toHaveLength(new Set(seen).size)
  expect(seen.toSorted()).toEqual((await scene.db.selectFrom('agent').select('id').execute()).map(({ id }) => id).toSorted())
  expect((await admin('GET', '/agents?cursor=nonsense')).json().code).toBe('cursor.invalid')
})

test('one administrator who can sign in is always left, also when two remove each other at once', async () => {
  const [one, two] = [await scene.agent({ roles: ['admin'] }), await scene.agent({ roles: ['admin', 'lead'] })]
  const both = await atOnce(scene, sql`select from agent_role where role = 'admin' for update`, () =>
    [admin('PUT', `/agents/${one.id}/deactivation`), admin('PATCH', `/agents/${two.id}`, { roles: ['lead'] })])
  expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409])
  expect(both.find(({ statusCode }) => statusCode === 409)?.json().code).toBe('agent.lastAdministrator')
})

test('tokens: shown once, kept as a hash, with roles and last use, revoked at once here and within a second elsewhere', async () => {
  const made = (await admin('POST', '/tokens', { name: 'importer', roles: ['agent'], expiresAt: '2026-03-03T00:00:00Z' })).json()
  expect(made).toMatchObject({ name: 'importer', roles: ['agent'], lastUsedAt: null, token: expect.stringMatching(/^mrd_[\w-]{43}$/) })
  const list = async (): Promise<{ id: string; lastUsedAt: string | null; revokedAt: string | null }[]> => (await admin('GET', '/tokens')).json().items
  expect([JSON.stringify(await list()), await dump(scene, 'api_token', 'event', 'idempotency')].join()).not.toContain(made.token)
  expect((await admin('POST', '/tokens', { name: 'past', roles: ['agent'], expiresAt: '2020-01-01T00:00:00Z' })).json().code).toBe('token.expiryPast')
  const other = await scene.again()
  const me = (at = scene) => at.ask('GET', '/me', { token: made.token })
  expect((await me()).json()).toMatchObject({ kind: 'token', id: made.id, name: 'importer', roles: ['agent'], email: null, permissions: expect.not.arrayContaining(['token.read']) })
  expect((await me(other)).statusCode).toBe(200)
  await vi.waitFor(async () => expect((await list()).find(({ id }) => id === made.id)?.lastUsedAt).toBe(scene.clock.now().toISOString()))
  const [before, lookUps] = [scene.clock.now().toISOString(), vi.spyOn(scene.db, 'selectFrom')]
  await Promise.all(Array.from({ length: 50 }, () => me()))
  expect(lookUps.mock.calls.filter(([table]) => String(table) === 'api_token')).toHaveLength(0)
  lookUps.mockRestore()
  scene.clock.forward({ seconds: 59 })
  await me()
  expect((await list()).find(({ id }) => id === made.id)?.lastUsedAt).toBe(before)
  expect((await me(other)).statusCode).toBe(200)
  expect((await admin('DELETE', `/tokens/${made.id}`)).statusCode).toBe(200)
  expect((await me()).statusCode).toBe(401)
  scene.clock.forward({ seconds: 1 })
  expect((await me(other)).statusCode).toBe(401)
  expect((await admin('DELETE', `/tokens/${made.id}`)).json().code).toBe('token.notFound')
  const short = (await admin('POST', '/tokens', { name: 'short', roles: ['agent'], expiresAt: new Date(scene.clock.now().getTime() + 500).toISOString() })).json()
  expect((await scene.ask('GET', '/me', { token: short.token })).statusCode).toBe(200)
  scene.clock.forward({ seconds: 1 })
  expect((await scene.ask('GET', '/me', { token: short.token })).statusCode).toBe(401)
  for (const wrong of ['mrd_', `mrd_${'x'.repeat(43)}`, 'Bearer', `${token}x`]) expect((await scene.ask('GET', '/me', { token: wrong })).statusCode).toBe(401)
  await other.app.close()
})

test('walls: asked of the port for agents and tokens, never for administrators', async () => {
  const barredOf = async (secret: string) => (await scene.people.authenticate.byToken(secret))?.actor.barred
  scene.barred[''] = ['walled-queue']
  expect(await barredOf(await scene.token('lead'))).toEqual(['walled-queue'])
  expect(await barredOf(await scene.token('admin'))).toEqual([])
  delete scene.barred['']
})

test('every route is refused to every role that the policy does not name', async () => {
  const { paths } = (await scene.app.inject('/api/openapi.json')).json<{ paths: Record<string, Record<string, { 'x-permission': string }>> }>()
  const grants: Record<string, 'everybody' | 'signedIn' | readonly Role[]> = peoplePolicy
  const tokens = new Map(await Promise.all(roles.map(async (role): Promise<[Role, string]> => [role, await scene.token(role)])))
  let asked = 0
  for (const [path, methods] of Object.entries(paths)) for (const [method, { 'x-permission': permission }] of Object.entries(methods)) {
    const grant = grants[permission]
    if (!grant || grant === 'everybody' || !isMethod(method)) continue
    const url = path.replace('/api/v1', '').replace(/\{\w+\}/g, newId())
    // A body that is right for no route: what is allowed gets a 400 or a 404, and changes nothing.
    const how = method === 'get' ? {} : { body: [] }
    expect((await scene.ask(METHODS[method], url, how)).statusCode, `${method} ${path}`).toBe(401)
    for (const [role, secret] of tokens) {
      const { statusCode } = await scene.ask(METHODS[method], url, { ...how, token: secret })
      expect(statusCode === 403 || statusCode === 400 || statusCode < 300 || statusCode === 404 || statusCode === 409).toBe(true)
      if (grant !== 'signedIn' && !grant.includes(role)) expect(statusCode, `${method} ${path} as ${role}`).toBe(403)
      asked += 1
    }
  }
  expect(asked).toBeGreaterThan(100)
})
const METHODS = { get: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH', delete: 'DELETE' } as const
const isMethod = (word: string): word is keyof typeof METHODS => word in METHODS

test('the sample centre goes; whoever real work refers to stays, deactivated', async () => {
  const [gone, kept] = await scene.perform(somebody, async (work) => {
    const site = await createSite(work, { name: 'Sample', timeZone: 'UTC', country: 'MX', demo: true })
    const team = await createTeam(work, { name: 'Sample', siteId: site.id, demo: true })
    const words = { name: 'Sample', roles: ['agent'] as const, teamId: team.id, demo: true }
    return [await createAgent(work, { ...words, email: 's1@example.com' }), await createAgent(work, { ...words, email: 's2@example.com', teamId: null })]
  })
  const queue = await scene.db.insertInto('queue').values({ id: newId(), key: 'sample', name: 'Sample' }).returning('id').executeTakeFirstOrThrow()
  const customer = await scene.db.insertInto('customer').values({ id: newId() }).returning('id').executeTakeFirstOrThrow()
  await scene.db.insertInto('case').values({
    id: newId(), subject: 'x', channel: 'email', customer_id: customer.id, queue_id: queue.id, opened_at: new Date(), last_message_at: new Date(), status_at: new Date(), updated_at: new Date(), assignee_id: kept?.id ?? null,
  }).execute()
  await scene.perform(somebody, removeDemoPeople)
  const left = await scene.db.selectFrom('agent').select(['id', 'deactivated_at']).where('demo', '=', true).execute()
  expect(left).toEqual([{ id: kept?.id, deactivated_at: scene.clock.now() }])
  expect(gone?.id).not.toBe(kept?.id)
  expect(await scene.db.selectFrom('team').select('id').where('demo', '=', true).execute()).toEqual([])
})

test('what has ended is swept after a while, twice without harm', async () => {
  const agent = await scene.agent()
  await scene.signedIn(agent)
  await scene.perform(somebody, (work) => takeAttempt(work, scene.people.keys, 'signIn', { name: 'x', address: '10.9.9.9' }))
  const sweep = async () => peopleJobs()['people.sweep']?.({}, { db: scene.db, actor: system('people.sweep'), perform: scene.perform, attempt: 1, attemptsMax: 1, signal: new AbortController().signal })
  const rows = async () => Promise.all((['session', 'sign_in_attempt'] as const).map(async (table) => (await scene.db.selectFrom(table).select('id').execute()).length))
  await sweep()
  expect((await rows()).every((count) => count > 0)).toBe(true)
  scene.clock.forward({ days: 60 })
  await sweep()
  await sweep()
  expect(await rows()).toEqual([0, 0])
})
