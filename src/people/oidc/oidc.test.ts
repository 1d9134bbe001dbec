import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { deactivateAgent } from '../agents/service.ts'
import { openProvider, type TestProvider } from '../testing/provider.ts'
import { cookieOf, openScene, somebody, type Scene } from '../testing/scene.ts'

// The provider warns at length that it is not set up for the world.
beforeAll(() => {
  for (const method of ['info', 'warn'] as const) vi.spyOn(console, method).mockImplementation(() => {})
})

const PUBLIC_URL = 'http://localhost:3000'
const REDIRECT = `${PUBLIC_URL}/api/v1/sign-ins/oidc/callback`

describe.each([['in the ID token', true], ['on asking', false]])('a provider that tells the address %s', (_name, emailInIdToken) => {
  let provider: TestProvider
  let scene: Scene
  beforeAll(async () => {
    provider = await openProvider({ redirectUri: REDIRECT, emailInIdToken })
    scene = await openScene({ oidc: provider, publicUrl: PUBLIC_URL })
  })
  afterAll(async () => {
    await scene.close()
    await provider.close()
  })

  const begin = async (to = '/cases/7') => {
    const answer = await scene.ask('GET', `/sign-ins/oidc?to=${encodeURIComponent(to)}`)
    return { answer, address: String(answer.headers['location']), trip: tripOf(answer) }
  }
  const tripOf = (answer: LightMyRequestResponse) => answer.cookies.find(({ name }) => name === 'meridian_oidc')?.value ?? ''
  const comeBack = (address: string, trip: string) => scene.ask('GET', address.replace(`${PUBLIC_URL}/api/v1`, ''), { headers: { cookie: `meridian_oidc=${trip}` } })
  const whole = async (login: string) => {
    const { address, trip } = await begin()
    return comeBack(await provider.visit(address, login), trip)
  }
  const problemOf = (answer: LightMyRequestResponse) => new URL(String(answer.headers['location'])).searchParams.get('problem')
  const name = (login: string) => `${login}-${emailInIdToken ? 1 : 2}`

  test('a verified address of an agent comes in, is linked once, and is known afterwards by who it is', async () => {
    const ana = await scene.agent({ email: 'ana@example.com', password: null })
    provider.accounts[name('ana')] = { email: 'Ana@Example.com', email_verified: true }
    const { answer, address } = await begin()
    expect([answer.statusCode, new URL(address).searchParams.get('code_challenge_method'), new URL(address).searchParams.get('scope')]).toEqual([303, 'S256', 'openid email profile'])
    expect(String(answer.headers['set-cookie'])).toMatch(/^meridian_oidc=\S+; Path=\/api\/v1\/sign-ins\/oidc; Max-Age=600; HttpOnly; SameSite=Lax$/)
    const first = await whole(name('ana'))
    expect([first.statusCode, first.headers['location']]).toEqual([303, `${PUBLIC_URL}/cases/7`])
    expect((await scene.ask('GET', '/me', { cookie: cookieOf(first) })).json()).toMatchObject({ id: ana.id, passwordSet: false })
    provider.accounts[name('ana')] = { email: 'moved@elsewhere.example', email_verified: false }
    expect((await scene.ask('GET', '/me', { cookie: cookieOf(await whole(name('ana'))) })).json().id).toBe(ana.id)
    expect(await scene.facts('identity.linked')).toEqual([{ subject: `agent:${ana.id}`, data: {} }])
    expect((await scene.ask('GET', '/sign-ins/methods')).json()).toEqual({ password: true, oidc: { name: '127.0.0.1' }, firstRun: false })
  })

  test('strangers, unverified addresses, second identities and agents who left stay outside', async () => {
    provider.accounts[name('stranger')] = { email: 'stranger@example.com', email_verified: true }
    provider.accounts[name('claims')] = { email: 'ana@example.com', email_verified: false }
    provider.accounts[name('second')] = { email: 'ana@example.com', email_verified: true }
    provider.accounts[name('silent')] = {}
    for (const [login, problem] of [['stranger', 'signIn.oidcUnknown'], ['claims', 'signIn.oidcUnverified'], ['second', 'signIn.oidcTaken'], ['silent', 'signIn.oidcUnknown']] as const) {
      const answer = await whole(name(login))
      expect([login, problemOf(answer), answer.cookies.some((one) => one.name === 'meridian_session')]).toEqual([login, problem, false])
    }
    const gone = await scene.agent({ email: 'gone@example.com', password: null })
    provider.accounts[name('gone')] = { email: 'gone@example.com', email_verified: true }
    await whole(name('gone'))
    await scene.perform(somebody, (work) => deactivateAgent(work, gone.id))
    expect(problemOf(await whole(name('gone')))).toBe('signIn.deactivated')
  })

  test('a code of somebody else\'s trip, a code twice, a trip too old, forged or missing: nobody comes in', async () => {
    const [mine, other] = [await begin(), await begin()]
    const back = await provider.visit(mine.address, name('ana'))
    expect(problemOf(await comeBack(back, other.trip))).toBe('signIn.oidcFailed')
    expect(problemOf(await comeBack(back, ''))).toBe('signIn.oidcLate')
    expect(problemOf(await comeBack(back, `${mine.trip.slice(0, -4)}AAAA`))).toBe('signIn.oidcLate')
    expect(problemOf(await comeBack(`${REDIRECT}?error=access_denied&state=${new URL(back).searchParams.get('state')}`, mine.trip))).toBe('signIn.oidcFailed')
    expect(cookieOf(await comeBack(back, mine.trip))).toBeTruthy()
    expect(problemOf(await comeBack(back, mine.trip))).toBe('signIn.oidcFailed')
    const late = await begin()
    const address = await provider.visit(late.address, name('ana'))
    scene.clock.forward({ minutes: 10 })
    expect(problemOf(await comeBack(address, late.trip))).toBe('signIn.oidcLate')
  })

  test('nobody is led elsewhere afterwards', async () => {
    const { address, trip } = await begin('//evil.example/x')
    expect((await comeBack(await provider.visit(address, name('ana')), trip)).headers['location']).toBe(`${PUBLIC_URL}/`)
  })
})

test('a provider that cannot be reached is said on the sign-in screen, and asked again the next time', async () => {
  const provider = await openProvider({ redirectUri: REDIRECT, emailInIdToken: true })
  await provider.close()
  const scene = await openScene({ oidc: provider, publicUrl: PUBLIC_URL })
  expect((await scene.ask('GET', '/sign-ins/oidc')).headers['location']).toBe(`${PUBLIC_URL}/sign-in?problem=signIn.oidcUnreachable`)
  await scene.close()
})

test('without a provider there is no such way', async () => {
  const scene = await openScene()
  expect((await scene.ask('GET', '/sign-ins/oidc')).json().code).toBe('oidc.off')
  await scene.close()
})
