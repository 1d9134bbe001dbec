import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Secret, TOTP } from 'otpauth'
import { deactivateAgent } from '../agents/service.ts'
import { attemptLimits } from '../attempts/model.ts'
import { cookieOf, dump, nextAddress, openScene, PASSWORD, somebody, type Scene } from '../testing/scene.ts'

let scene: Scene
beforeAll(async () => { scene = await openScene() })
afterAll(() => scene.close())

const signIn = (email: string, password: string, how: { code?: string; address?: string } = {}) =>
  scene.ask('POST', '/sign-ins', { body: { email, password, ...(how.code === undefined ? {} : { code: how.code }) }, ...(how.address ? { address: how.address } : {}) })
const me = (cookie: string, at = scene) => at.ask('GET', '/me', { cookie })
const totpOf = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) })
const codeNow = (secret: string) => totpOf(secret).generate({ timestamp: scene.clock.now().getTime() })

test('a session begins, is shown, and ends', async () => {
  const ana = await scene.agent({ email: 'ana@example.com' })
  const answer = await signIn(' ANA@example.com ', PASSWORD)
  expect([answer.statusCode, answer.json()]).toEqual([201, { id: ana.id, name: 'Ana Ruiz' }])
  expect(answer.headers['set-cookie']).toMatch(/^meridian_session=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax$/)
  const cookie = cookieOf(answer)
  expect(await dump(scene, 'session', 'password', 'event')).not.toMatch(new RegExp(`${cookie}|${PASSWORD}`))
  expect((await me(cookie)).json()).toMatchObject({ id: ana.id, kind: 'agent', email: 'ana@example.com', roles: ['agent'], totp: false, passwordSet: true, undoSendSeconds: 10, presence: 'off' })
  expect((await scene.ask('PUT', '/me/presence', { cookie, body: { presence: 'available' } })).json()).toEqual({ presence: 'available' })
  const out = await scene.ask('DELETE', '/session', { cookie })
  expect([out.statusCode, out.headers['set-cookie']]).toEqual([200, expect.stringContaining('meridian_session=; Path=/; Max-Age=0')])
  expect((await me(cookie)).statusCode).toBe(401)
  expect((await scene.facts('presence.changed')).map(({ data }) => data)).toEqual([{ from: 'off', to: 'available' }, { from: 'available', to: 'off' }])
})

test('the cookie goes over https alone where we are reached by it', async () => {
  const secure = await openScene({ publicUrl: 'https://desk.example' })
  const bea = await secure.agent({ email: 'bea@example.com' })
  expect((await secure.ask('POST', '/sign-ins', { body: { email: bea.email, password: PASSWORD } })).headers['set-cookie']).toMatch(/; Secure$/)
  await secure.close()
})

test('nobody learns who exists: wrong password, no password, deactivated and unknown get one answer', async () => {
  const known = await scene.agent({ email: 'known@example.com' })
  const gone = await scene.agent({ email: 'gone@example.com' })
  await scene.agent({ email: 'invited@example.com', password: null })
  await scene.perform(somebody, (work) => deactivateAgent(work, gone.id))
  const check = vi.spyOn(scene.people.passwords, 'check')
  const answers = [
    await signIn(known.email, 'wrong'), await signIn(gone.email, PASSWORD), await signIn('invited@example.com', PASSWORD), await signIn('nobody@example.com', PASSWORD), await signIn('no address', PASSWORD),
  ]
  expect(check).toHaveBeenCalledTimes(answers.length)
  check.mockRestore()
  expect(new Set(answers.map(({ body }) => body))).toEqual(new Set([answers[0]?.body]))
  expect(answers[0]?.json()).toMatchObject({ status: 401, code: 'signIn.wrong' })
  const headers = answers.map(({ headers: { date: _, 'x-ratelimit-remaining': __, 'x-ratelimit-reset': ___, ...rest } }) => JSON.stringify(rest))
  expect(new Set(headers).size).toBe(1)
  await vi.waitFor(async () => expect((await scene.facts('signIn.refused')).map(({ subject }) => subject)).toContain(`agent:${known.id}`))
})

test('a forgotten password: the same 202 for everybody, and administrators see who waits', async () => {
  const agent = await scene.agent({ email: 'forgetful@example.com' })
  const answers = [await scene.ask('POST', '/sign-ins/resets', { body: { email: agent.email } }), await scene.ask('POST', '/sign-ins/resets', { body: { email: 'nobody@example.com' } })]
  expect(answers.map(({ statusCode, body }) => [statusCode, body])).toEqual([[202, '{}'], [202, '{}']])
  const token = await scene.token('admin')
  await vi.waitFor(async () => expect((await scene.ask('GET', `/agents/${agent.id}`, { token })).json().waysIn.resetAskedAt).toBe(scene.clock.now().toISOString()))
})

test('guessing is slow, for one name from many addresses, also on another instance, also for a name that is nobody\'s', async () => {
  const target = await scene.agent({ email: 'target@example.com' })
  const other = await scene.again()
  for (const email of [target.email, 'not.there@example.com']) {
    const tries = await Promise.all(Array.from({ length: attemptLimits.nameMax + 5 }, (_, index) =>
      (index % 2 ? other : scene).ask('POST', '/sign-ins', { body: { email, password: `guess ${index}` } })))
    expect(tries.filter(({ statusCode }) => statusCode === 401)).toHaveLength(attemptLimits.nameMax)
    expect(tries.filter(({ statusCode }) => statusCode === 429)).toHaveLength(5)
  }
  expect((await signIn(target.email, PASSWORD)).json()).toMatchObject({ code: 'signIn.limited', retryAfterSeconds: 900 })
  scene.clock.forward({ minutes: 15 })
  expect((await signIn(target.email, PASSWORD)).statusCode).toBe(201)
  await other.app.close()
})

test('guessing is slow from one address over many names; who signs in well leaves no trace in the count', async () => {
  const address = nextAddress()
  const agent = await scene.agent({ email: 'well@example.com' })
  for (let index = 0; index < 3; index++) expect((await signIn(agent.email, PASSWORD, { address })).statusCode).toBe(201)
  vi.spyOn(scene.people.passwords, 'check').mockResolvedValue({ right: false, stale: false })
  const tries = await Promise.all(Array.from({ length: attemptLimits.addressMax + 1 }, (_, index) => signIn(`n${index}@example.com`, 'x', { address })))
  vi.restoreAllMocks()
  expect(tries.filter(({ statusCode }) => statusCode === 429)).toHaveLength(1)
  scene.clock.forward({ minutes: 15 })
})

test('a password kept at another cost is made anew when it is used', async () => {
  const agent = await scene.agent({ email: 'old@example.com' })
  const { openPasswords } = await import('./password.ts')
  const weak = await (await openPasswords({ memory: 1_024, passes: 1, parallelism: 1 })).hash(PASSWORD)
  const hashNow = () => scene.db.selectFrom('password').select('hash').where('agent_id', '=', agent.id).executeTakeFirstOrThrow()
  await scene.db.updateTable('password').set({ hash: weak }).where('agent_id', '=', agent.id).execute()
  expect((await signIn(agent.email, 'wrong')).statusCode).toBe(401)
  expect((await hashNow()).hash).toBe(weak)
  expect((await signIn(agent.email, PASSWORD)).statusCode).toBe(201)
  expect((await hashNow()).hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect((await signIn(agent.email, PASSWORD)).statusCode).toBe(201)
})

test('a planted session never becomes anybody\'s: the one of before ends, and the new secret is new', async () => {
  const [mallory, victim] = [await scene.agent({ email: 'mallory@example.com' }), await scene.agent({ email: 'victim@example.com' })]
  const planted = await scene.signedIn(mallory)
  const answer = await scene.ask('POST', '/sign-ins', { body: { email: victim.email, password: PASSWORD }, cookie: planted })
  expect(cookieOf(answer)).not.toBe(planted)
  expect((await me(planted)).statusCode).toBe(401)
  expect((await me(cookieOf(answer))).json().id).toBe(victim.id)
  const invented = 'A'.repeat(43)
  const again = await scene.ask('POST', '/sign-ins', { body: { email: victim.email, password: PASSWORD }, cookie: invented })
  expect(cookieOf(again)).not.toBe(invented)
  expect((await me(invented)).statusCode).toBe(401)
})

test('a session ends by idleness, by age, by revocation, by another\'s hand, and on the other instance within a second', async () => {
  const agent = await scene.agent({ email: 'sessions@example.com' })
  const other = await scene.again()
  const [first, second, third] = [await scene.signedIn(agent), await scene.signedIn(agent), await scene.signedIn(agent)]
  const list: { id: string; current: boolean }[] = (await scene.ask('GET', '/me/sessions', { cookie: first })).json().items
  expect(list.map(({ current }) => current).toSorted()).toEqual([false, false, true])
  expect((await me(second, other)).statusCode).toBe(200)
  const sessions = await scene.db.selectFrom('session').select(['id', 'created_at']).where('agent_id', '=', agent.id).orderBy('id').execute()
  expect((await scene.ask('DELETE', `/me/sessions/${sessions[1]?.id}`, { cookie: first })).statusCode).toBe(200)
  expect((await scene.ask('DELETE', `/me/sessions/${sessions[1]?.id}`, { cookie: first })).json().code).toBe('session.notFound')
  expect((await me(second)).statusCode).toBe(401)
  scene.clock.forward({ seconds: 1 })
  expect((await me(second, other)).statusCode).toBe(401)
  const stranger = await scene.signedIn(await scene.agent())
  expect((await scene.ask('DELETE', `/me/sessions/${sessions[0]?.id}`, { cookie: stranger })).statusCode).toBe(404)
  expect((await scene.ask('DELETE', `/agents/${agent.id}/sessions`, { token: await scene.token('admin') })).json()).toEqual({ ended: 2 })
  expect([(await me(first)).statusCode, (await me(third)).statusCode]).toEqual([401, 401])
  const idle = await scene.signedIn(agent)
  scene.clock.forward({ hours: 11 })
  expect((await me(idle)).statusCode).toBe(200)
  await vi.waitFor(async () => expect(await scene.db.selectFrom('session').select('id').where('last_seen_at', '=', scene.clock.now()).executeTakeFirst()).toBeDefined())
  scene.clock.forward({ hours: 11 })
  expect((await me(idle)).statusCode).toBe(200)
  scene.clock.forward({ hours: 12 })
  expect((await me(idle)).statusCode).toBe(401)
  await other.app.close()
})

test('a deactivated agent is out at once', async () => {
  const agent = await scene.agent({ email: 'leaving@example.com' })
  const cookie = await scene.signedIn(agent)
  expect((await me(cookie)).statusCode).toBe(200)
  expect((await scene.ask('PUT', `/agents/${agent.id}/deactivation`, { token: await scene.token('admin') })).json()).toMatchObject({ deactivated: true, presence: 'off' })
  expect((await me(cookie)).statusCode).toBe(401)
})

test('another site\'s page can do nothing with the cookie', async () => {
  const cookie = await scene.signedIn(await scene.agent({ email: 'csrf@example.com' }))
  const bare = { cookie: `meridian_session=${cookie}` }
  const changes: [('POST' | 'PUT' | 'PATCH' | 'DELETE'), string, unknown?][] = [
    ['PUT', '/me/presence', { presence: 'busy' }], ['PATCH', '/me', { name: 'x' }], ['DELETE', '/session'], ['DELETE', '/me/sessions'], ['PUT', '/me/password', { password: 'x' }],
    ['POST', '/me/totp', {}], ['DELETE', '/me/totp', {}], ['POST', '/tokens', {}], ['POST', '/agents', {}], ['POST', '/sign-ins', { email: 'csrf@example.com', password: PASSWORD }],
  ]
  for (const [method, url, body] of changes) {
    expect((await scene.ask(method, url, { body, headers: bare })).json().code, `${method} ${url}`).toBe('request.foreign')
    expect((await scene.ask(method, url, { body, headers: { ...bare, 'x-requested-with': 'meridian', 'sec-fetch-site': 'cross-site' } })).json().code).toBe('request.foreign')
  }
  // A form of another site can send these types without asking first: none of them signs anybody in.
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const answer = await scene.ask('POST', '/sign-ins', { body: { email: 'csrf@example.com', password: PASSWORD }, headers: { 'content-type': type } })
    expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    expect(answer.headers['set-cookie']).toBeUndefined()
  }
  expect((await me(cookie)).json().presence).toBe('off')
})

test('a second factor: begun, confirmed, asked for, each code once, recovery codes once each', async () => {
  const agent = await scene.agent({ email: 'totp@example.com' })
  const cookie = await scene.signedIn(agent)
  expect((await scene.ask('POST', '/me/totp', { cookie, body: { current: 'wrong' } })).json().code).toBe('password.wrong')
  const { secret, uri, svg } = (await scene.ask('POST', '/me/totp', { cookie, body: { current: PASSWORD } })).json()
  expect([uri, svg]).toEqual([expect.stringContaining('otpauth://totp/Meridian:totp%40example.com?'), expect.stringMatching(/^<svg/)])
  expect(await dump(scene, 'totp')).not.toContain(secret)
  expect((await signIn(agent.email, PASSWORD)).statusCode).toBe(201)
  expect((await scene.ask('POST', '/me/totp/confirmations', { cookie, body: { code: '000000' } })).json().code).toBe('totp.codeWrong')
  const { recoveryCodes } = (await scene.ask('POST', '/me/totp/confirmations', { cookie, body: { code: codeNow(secret) } })).json()
  expect(new Set(recoveryCodes).size).toBe(10)
  expect((await signIn(agent.email, PASSWORD)).json().code).toBe('signIn.codeNeeded')
  expect((await signIn(agent.email, 'wrong', { code: codeNow(secret) })).json().code).toBe('signIn.wrong')
  expect((await signIn(agent.email, PASSWORD, { code: codeNow(secret) })).json().code).toBe('signIn.codeWrong')
  scene.clock.forward({ seconds: 30 })
  const code = codeNow(secret)
  const both = await Promise.all([signIn(agent.email, PASSWORD, { code }), signIn(agent.email, PASSWORD, { code: ` ${code.slice(0, 3)} ${code.slice(3)}` })])
  expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([201, 401])
  expect((await signIn(agent.email, PASSWORD, { code: recoveryCodes[0] })).statusCode).toBe(201)
  expect((await signIn(agent.email, PASSWORD, { code: recoveryCodes[0] })).json().code).toBe('signIn.codeWrong')
  expect((await me(cookie)).json()).toMatchObject({ totp: true, recoveryCodesLeft: 9 })
  expect((await scene.ask('DELETE', '/me/totp', { cookie, body: { current: 'wrong' } })).json().code).toBe('password.wrong')
  expect((await scene.ask('DELETE', '/me/totp', { cookie, body: { current: PASSWORD } })).statusCode).toBe(200)
  expect((await signIn(agent.email, PASSWORD)).statusCode).toBe(201)
})

test('changing the password: the present one is asked, weak ones are refused, all other sessions end', async () => {
  const agent = await scene.agent({ email: 'change@example.com' })
  const [here, there] = [await scene.signedIn(agent), await scene.signedIn(agent)]
  const put = (body: unknown) => scene.ask('PUT', '/me/password', { cookie: here, body })
  expect((await put({ password: 'nine tame badgers ran' })).json().code).toBe('password.wrong')
  expect((await put({ current: PASSWORD, password: 'password12345' })).json()).toMatchObject({ code: 'password.weak', errors: [{ path: '/password', code: 'common' }] })
  expect((await put({ current: PASSWORD, password: 'nine tame badgers ran' })).statusCode).toBe(200)
  expect([(await me(here)).statusCode, (await me(there)).statusCode]).toEqual([200, 401])
  expect((await signIn(agent.email, PASSWORD)).statusCode).toBe(401)
  expect((await signIn(agent.email, 'nine tame badgers ran')).statusCode).toBe(201)
  expect((await scene.ask('PUT', '/me/password', { token: await scene.token('admin'), body: { password: 'x' } })).json().code).toBe('me.noAgent')
})

test('nothing that people wrote or keep secret stands in the log', async () => {
  const log = JSON.stringify(await scene.db.selectFrom('event').selectAll().execute())
  for (const word of ['example.com', 'Ana', 'otters', '10.0.', 'argon2']) expect(log).not.toContain(word)
})
