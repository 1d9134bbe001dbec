import { expect, test } from 'vitest'
import { admit, innerPath, isTripInTime, readTrip } from './model.ts'

const claims = { issuer: 'https://id.example', subject: 's1', email: 'ana@example.com', emailVerified: true }
const ana = { id: 'a', deactivated: false }
const nobody = { known: null, byEmail: null, hasOther: false }

test.each([
  ['known by identity', claims, { ...nobody, known: ana }, { agentId: 'a', link: false }],
  ['known by identity, whatever the address says', { ...claims, email: null, emailVerified: false }, { ...nobody, known: ana }, { agentId: 'a', link: false }],
  ['known, but gone', claims, { ...nobody, known: { ...ana, deactivated: true } }, { refused: 'signIn.deactivated' }],
  ['first time, verified address', claims, { ...nobody, byEmail: ana }, { agentId: 'a', link: true }],
  ['first time, unverified address', { ...claims, emailVerified: false }, { ...nobody, byEmail: ana }, { refused: 'signIn.oidcUnverified' }],
  ['an address of nobody', claims, nobody, { refused: 'signIn.oidcUnknown' }],
  ['no address', { ...claims, email: null }, { ...nobody, byEmail: ana }, { refused: 'signIn.oidcUnknown' }],
  ['another identity has the agent', claims, { ...nobody, byEmail: ana, hasOther: true }, { refused: 'signIn.oidcTaken' }],
  ['first time, but gone', claims, { ...nobody, byEmail: { ...ana, deactivated: true } }, { refused: 'signIn.deactivated' }],
])('%s', (_name, said, found, admission) => {
  expect(admit(said, found)).toEqual(admission)
})

test.each([
  ['/cases/10482?tab=notes', '/cases/10482?tab=notes'], [undefined, '/'], ['', '/'], ['//evil.example', '/'], ['/\\evil.example', '/'], ['/a\\b', '/'], ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'], ['/a\r\nset-cookie: x', '/'], ['/ü', '/'],
])('after signing in, %j leads to %j', (to, path) => {
  expect(innerPath(to)).toBe(path)
})

test('a trip is read only whole, and only for ten minutes', () => {
  const trip = { state: 's', nonce: 'n', verifier: 'v', to: '/', begunAt: 0 }
  expect(readTrip(JSON.stringify(trip))).toEqual(trip)
  expect(readTrip(JSON.stringify({ ...trip, nonce: 1 }))).toBeNull()
  expect(readTrip(null)).toBeNull()
  expect(isTripInTime(trip, new Date(599_999))).toBe(true)
  expect(isTripInTime(trip, new Date(600_000))).toBe(false)
})
