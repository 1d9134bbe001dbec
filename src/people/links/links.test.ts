import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import { firstSignInLink } from '../start.ts'
import { atOnce, cookieOf, dump, openScene, PASSWORD, type Scene } from '../testing/scene.ts'
import { secretInHash } from './model.ts'

let scene: Scene
beforeAll(async () => { scene = await openScene() })
afterAll(() => scene.close())

const secretOf = (link: string) => secretInHash(new URL(link).hash) ?? ''
const check = (token: string) => scene.ask('POST', '/sign-ins/links/checks', { body: { token } })
const use = (token: string, fields: Record<string, string>) => scene.ask('POST', '/sign-ins/links', { body: { token, ...fields } })
const invite = async (id: string): Promise<{ link: string; purpose: string }> =>
  (await scene.ask('POST', `/agents/${id}/invitations`, { token: await scene.token('admin') })).json()
const FIELDS = { name: 'Ada First', email: 'Ada@Example.com', password: PASSWORD }

test('the first administrator: a fresh link each start, once, within a day, and none after that', async () => {
  const methods = async () => (await scene.ask('GET', '/sign-ins/methods')).json()
  expect(await methods()).toEqual({ password: true, oidc: null, firstRun: true })
  // Sample agents and tokens are there, and still nobody can sign in.
  await scene.agent({ roles: ['admin'], password: null })
  const [before, late, link] = [await firstSignInLink(scene.people), await firstSignInLink(scene.people), await firstSignInLink(scene.people)]
  if (!before || !late || !link) throw new Error('no link while nobody can sign in')
  expect(link).toMatch(/^http:\/\/localhost:3000\/sign-in\/link#token=[\w-]{43}$/)
  expect((await check(secretOf(before))).json().code).toBe('link.invalid')
  expect((await check(secretOf(link))).json()).toMatchObject({ purpose: 'first', name: null, email: null, totp: false })
  expect((await use(secretOf(link), {})).json()).toMatchObject({ code: 'link.fieldsNeeded', errors: [{ path: '/name' }, { path: '/email' }, { path: '/password' }] })
  expect((await use(secretOf(link), { ...FIELDS, password: 'ada.example.com' })).json().code).toBe('password.weak')
  expect((await use(secretOf(link), { ...FIELDS, email: 'nonsense' })).json().code).toBe('email.invalid')
  const both = await Promise.all([use(secretOf(link), FIELDS), use(secretOf(link), { ...FIELDS, email: 'eve@example.com' })])
  expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([201, 410])
  const cookie = cookieOf(both.find(({ statusCode }) => statusCode === 201)!)
  expect((await scene.ask('GET', '/me', { cookie })).json()).toMatchObject({ roles: ['admin'], permissions: expect.arrayContaining(['agent.change', 'token.change']), passwordSet: true })
  expect((await use(secretOf(link), FIELDS)).json().code).toBe('link.invalid')
  expect(await firstSignInLink(scene.people)).toBeNull()
  expect((await methods()).firstRun).toBe(false)
})

test('a link that lay around for a day, and one of a house that has an administrator by now, open nothing', async () => {
  const other = await openScene()
  const link = secretOf(await firstSignInLink(other.people) ?? '')
  other.clock.forward({ hours: 24 })
  expect((await other.ask('POST', '/sign-ins/links', { body: { token: link, ...FIELDS } })).json().code).toBe('link.invalid')
  const second = secretOf(await firstSignInLink(other.people) ?? '')
  await other.agent({ roles: ['admin'] })
  expect((await other.ask('POST', '/sign-ins/links', { body: { token: second, ...FIELDS } })).json().code).toBe('link.invalid')
  expect(await other.db.selectFrom('agent').select('id').execute()).toHaveLength(1)
  await other.close()
})

test('an invitation: handed on, used once, replaced by a later one', async () => {
  const agent = await scene.agent({ email: 'new@example.com', password: null })
  const [old, invitation] = [await invite(agent.id), await invite(agent.id)]
  expect(invitation.purpose).toBe('invite')
  expect((await check(secretOf(old.link))).statusCode).toBe(410)
  expect((await check(secretOf(invitation.link))).json()).toMatchObject({ purpose: 'invite', name: 'Ana Ruiz', email: 'new@example.com' })
  expect((await use(secretOf(invitation.link), { password: 'short' })).json().code).toBe('password.weak')
  const twice = await atOnce(scene, sql`select from sign_in_link for update`, () => [PASSWORD, 'nine tame badgers ran'].map((password) => use(secretOf(invitation.link), { password })))
  expect(twice.map(({ statusCode }) => statusCode).toSorted()).toEqual([201, 410])
  expect((await use(secretOf(invitation.link), { password: PASSWORD })).statusCode).toBe(410)
  const passwords = await Promise.all([PASSWORD, 'nine tame badgers ran'].map((password) => scene.ask('POST', '/sign-ins', { body: { email: agent.email, password } })))
  expect(passwords.map(({ statusCode }) => statusCode)).toEqual(twice.map(({ statusCode }) => (statusCode === 201 ? 201 : 401)))
})

test('a reset: other sessions end, the second factor is still asked for, guesses are counted', async () => {
  const agent = await scene.agent({ email: 'reset@example.com' })
  const cookie = await scene.signedIn(agent)
  const { secret } = (await scene.ask('POST', '/me/totp', { cookie, body: { current: PASSWORD } })).json()
  const code = () => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: scene.clock.now().getTime() })
  await scene.ask('POST', '/me/totp/confirmations', { cookie, body: { code: code() } })
  const reset = await invite(agent.id)
  expect(reset.purpose).toBe('reset')
  expect((await check(secretOf(reset.link))).json().totp).toBe(true)
  const password = 'nine tame badgers ran'
  expect((await use(secretOf(reset.link), { password })).json().code).toBe('signIn.codeNeeded')
  for (let index = 0; index < 10; index++) expect((await use(secretOf(reset.link), { password, code: '000000' })).json().code).toBe('signIn.codeWrong')
  expect((await use(secretOf(reset.link), { password, code: '000000' })).json().code).toBe('signIn.limited')
  scene.clock.forward({ minutes: 16 })
  expect((await use(secretOf(reset.link), { password, code: code() })).statusCode).toBe(201)
  expect((await scene.ask('GET', '/me', { cookie })).statusCode).toBe(401)
  expect((await scene.ask('DELETE', `/agents/${agent.id}/totp`, { token: await scene.token('admin') })).statusCode).toBe(200)
  expect((await scene.ask('POST', '/sign-ins', { body: { email: agent.email, password } })).statusCode).toBe(201)
})

test('the answer with a link is not kept for a repeated key, and the link is nowhere in the database', async () => {
  const agent = await scene.agent({ email: 'secret@example.com', password: null })
  const how = { token: await scene.token('admin'), headers: { 'idempotency-key': 'once' } }
  const { link } = (await scene.ask('POST', `/agents/${agent.id}/invitations`, how)).json()
  expect((await scene.ask('POST', `/agents/${agent.id}/invitations`, how)).json().code).toBe('idempotency.secret')
  const kept = await dump(scene, 'sign_in_link', 'idempotency', 'event', 'session')
  expect(kept).not.toContain(secretOf(link))
})
