import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { authorisation, buildServer, newId, openLogger, platformPolicy } from '#platform'
import { byRoleName } from '../../test/support/roles.ts'
import { openWorld, type World } from '../../test/support/world.ts'
import { accountsPolicy } from './policy.ts'
import { accountsRoutes } from './routes.ts'

let world: World
let app: FastifyInstance

beforeAll(async () => {
  world = await openWorld()
  app = await buildServer({
    routes: accountsRoutes(), publicUrl: 'http://localhost', logger: openLogger('silent'), bodyBytesMax: 100_000,
    ground: { db: world.db, perform: world.perform, may: authorisation(platformPolicy, accountsPolicy), authenticate: byRoleName },
  })
})
afterAll(async () => {
  await app.close()
  await world.close()
})

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'
const ask = (method: Method, path: string, { as = 'agent', body, ...rest }: { as?: string; body?: unknown; ifMatch?: string } = {}) => app.inject({
  method, url: `/api/v1${path}`, headers: { authorization: `Bearer ${as}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(rest.ifMatch ? { 'if-match': rest.ifMatch } : {}) },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
})
const made = async (path: string, body: unknown) => (await ask('POST', path, { body })).json()

test('an account: added, read, changed against the version seen, refused when stale', async () => {
  const added = await ask('POST', '/accounts', { body: { name: ' Northwind  Ltda. ', segment: 'smb', country: 'MX', platformId: 'acct_1NvRoute', since: '2023-05-01T00:00:00Z' } })
  expect([added.statusCode, added.headers['etag'], added.headers['location']]).toEqual([201, '"1"', `/api/v1/accounts/${added.json().id}`])
  expect(added.json()).toMatchObject({ name: 'Northwind Ltda.', segment: 'smb', country: 'MX', since: '2023-05-01T00:00:00.000Z', version: 1, demo: false })
  const path = `/accounts/${added.json().id}`
  expect((await ask('GET', path)).json()).toEqual(added.json())
  const changed = await ask('PATCH', path, { body: { segment: 'enterprise', since: null }, ifMatch: '"1"' })
  expect([changed.statusCode, changed.headers['etag']]).toEqual([200, '"2"'])
  expect(changed.json()).toMatchObject({ segment: 'enterprise', since: null, name: 'Northwind Ltda.', country: 'MX' })
  const stale = await ask('PATCH', path, { body: { name: 'late' }, ifMatch: '"1"' })
  expect([stale.statusCode, stale.json()]).toMatchObject([412, { code: 'version.stale', version: 2 }])
  expect((await ask('POST', '/accounts', { body: { name: 'Twin', platformId: 'acct_1NvRoute' } })).json()).toMatchObject({ code: 'account.platformIdTaken', status: 409 })
  expect((await ask('GET', `/accounts/${newId()}`)).json().code).toBe('account.notFound')
  expect((await ask('PATCH', `/accounts/${newId()}`, { body: { name: 'x' } })).json().code).toBe('account.notFound')
})

test.each([
  [{}, 400], [{ name: '' }, 400], [{ name: 'a\nb' }, 400], [{ name: '\u2028 ' }, 422], [{ name: 'x', country: 'mexico' }, 400], [{ name: 'x', segment: 'giant' }, 400],
  [{ name: 'x', since: 'yesterday' }, 400], [{ name: 'x', id: newId() }, 400],
])('the account %j is refused with %i', async (body, status) => expect((await ask('POST', '/accounts', { body })).statusCode).toBe(status))

test('a customer: added, changed, moved to an account and out of it again', async () => {
  const account = await made('/accounts', { name: 'Moving House' })
  const added = await ask('POST', '/customers', { body: { name: 'Neha Sharma', addresses: ['Neha@Example.com', 'neha@example.com'], language: 'hi-in', timeZone: 'Asia/Kolkata' } })
  expect([added.statusCode, added.headers['etag']]).toEqual([201, '"1"'])
  expect(added.json()).toMatchObject({ name: 'Neha Sharma', addresses: ['neha@example.com'], language: 'hi-IN', accountId: null })
  const path = `/customers/${added.json().id}`
  expect((await ask('PATCH', path, { body: { accountId: account.id }, ifMatch: '"1"' })).json()).toMatchObject({ accountId: account.id, version: 2 })
  expect((await ask('GET', `/customers?account=${account.id}`)).json().items).toHaveLength(1)
  expect((await ask('PATCH', path, { body: { name: 'late' }, ifMatch: '"1"' })).statusCode).toBe(412)
  expect((await ask('PATCH', path, { body: { accountId: null, name: '' } })).json()).toMatchObject({ accountId: null, name: '', version: 3 })
  expect((await ask('PATCH', path, { body: { accountId: newId() } })).json().code).toBe('account.unknown')
  expect((await ask('PATCH', path, { body: { timeZone: 'Mars/Olympus' } })).json().code).toBe('timeZone.invalid')
  expect((await ask('PATCH', path, { body: { language: 'no tag' } })).json().code).toBe('language.invalid')
  expect((await ask('POST', '/customers', { body: { addresses: ['neha@example.com'] } })).json()).toMatchObject({ code: 'address.taken', customerId: added.json().id })
  expect((await ask('POST', '/customers', { body: { addresses: ['no address'] } })).json().code).toBe('address.invalid')
  expect((await ask('POST', '/customers', { body: { addresses: ['x@example.com'], accountId: newId() } })).json().code).toBe('account.unknown')
})

test('addresses: noted and taken away, odd ones too, the last one kept', async () => {
  const { id } = await made('/customers', { name: 'Odd', addresses: ['odd@example.com'] })
  const odd = '"a/b?c%2f@d"@bücher.example'
  expect((await ask('POST', `/customers/${id}/addresses`, { body: { address: odd } })).json()).toMatchObject({ addresses: expect.arrayContaining([odd]), version: 2 })
  const again = await ask('POST', `/customers/${id}/addresses`, { body: { address: odd } })
  expect([again.statusCode, again.json().version]).toEqual([201, 2])
  const gone = await ask('DELETE', `/customers/${id}/addresses/${encodeURIComponent(odd)}`)
  expect([gone.statusCode, gone.json().addresses, gone.headers['etag']]).toEqual([200, ['odd@example.com'], '"3"'])
  expect((await ask('DELETE', `/customers/${id}/addresses/odd@example.com`)).json()).toMatchObject({ code: 'address.last', status: 409 })
  expect((await ask('DELETE', `/customers/${id}/addresses/nobody@example.com`)).json().code).toBe('address.notFound')
})

test('merges: made, listed with both names, taken back', async () => {
  const kept = await made('/customers', { name: 'Kept', addresses: ['kept@example.com'] })
  const merged = await made('/customers', { name: 'Merged', addresses: ['merged@example.com'] })
  const merge = await ask('POST', `/customers/${kept.id}/merges`, { body: { merged: merged.id } })
  expect([merge.statusCode, merge.json()]).toMatchObject([201, { kept: { name: 'Kept' }, merged: { id: merged.id, name: 'Merged' }, addresses: ['merged@example.com'], by: { kind: 'token', id: 'agent' }, undoneAt: null }])
  expect((await ask('GET', `/customers/${merged.id}`)).json()).toMatchObject({ mergedInto: kept.id, addresses: [] })
  expect((await ask('PATCH', `/customers/${merged.id}`, { body: { name: 'x' } })).json()).toMatchObject({ code: 'customer.merged', into: kept.id })
  expect((await ask('GET', '/customers?q=merged@')).json().items).toMatchObject([{ id: kept.id }])
  expect((await ask('DELETE', `/merges/${merge.json().id}`)).json()).toMatchObject({ id: merge.json().id, undoneAt: expect.any(String) })
  expect((await ask('DELETE', `/merges/${merge.json().id}`)).json().code).toBe('merge.undone')
  expect((await ask('GET', `/customers/${kept.id}/merges`)).json()).toMatchObject({ items: [{ id: merge.json().id }], nextCursor: null })
  expect((await ask('GET', `/customers/${newId()}/merges`)).statusCode).toBe(404)
})

test('lists go by name, a page at a time, through twins and scripts, each once', async () => {
  const names = ['Zebra', 'alpha', 'Alpha', 'alpha', 'Émile', '株式会社', '50% Off_Shop', 'beta', 'Beta \\ Sons', 'Ωmega']
  for (const name of names) await made('/accounts', { name, segment: 'startup', country: 'JP' })
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: { id: string }[]; nextCursor: string | null } = (await ask('GET', `/accounts?limit=3&segment=startup&country=JP,IE${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`)).json()
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  }
  expect(seen).toHaveLength(names.length)
  expect(new Set(seen).size).toBe(names.length)
  const found = async (q: string) => (await ask('GET', `/accounts?q=${encodeURIComponent(q)}`)).json().items.map(({ name }: { name: string }) => name)
  expect([await found('50%'), await found('0%'), await found('_'), await found('BETA \\')]).toEqual([['50% Off_Shop'], [], [], ['Beta \\ Sons']])
  expect((await found('ALPH')).toSorted()).toEqual(['Alpha', 'alpha', 'alpha'])
  expect((await ask('GET', '/accounts?cursor=nonsense')).json().code).toBe('cursor.invalid')
  expect((await ask('GET', '/accounts?segment=giant')).json().code).toBe('segment.unknown')
  expect((await ask('GET', '/accounts?limit=0')).statusCode).toBe(400)
})

test('what people write as names and addresses does no harm, whatever it is', async () => {
  for (const text of ["'; drop table account; --", '<img src=x onerror=alert(1)>', '{{7*7}}${7*7}', '\\u0000', 'ﷺ'.repeat(60), '\u202eevil', 'a'.repeat(200), '\ud83d\ude00'.repeat(60), '%s%n', '../../etc/passwd', '=1+1', '4111 1111 1111 1111']) {
    const answer = await ask('POST', '/accounts', { body: { name: text } })
    expect([answer.statusCode, text]).toEqual([201, text])
    expect(answer.body).not.toContain('4111 1111 1111 1111')
    expect((await ask('GET', `/customers?q=${encodeURIComponent(text)}`)).statusCode).toBe(200)
    expect([400, 422]).toContain((await ask('POST', '/customers', { body: { addresses: [text] } })).statusCode)
  }
  for (const text of ['a\u0000b', '\ud800']) expect([400, 422, 201]).toContain((await ask('POST', '/accounts', { body: { name: text } })).statusCode)
})

test('who may: everybody who works cases changes, analysts read, planners and partners neither', async () => {
  const { id } = await made('/customers', { name: 'Guarded', addresses: ['guarded@example.com'] })
  const statuses = async (method: Method, path: string, body?: unknown) => Object.fromEntries(await Promise.all(['admin', 'lead', 'agent', 'analyst', 'planner', 'partner', 'nonsense'].map(async (as) =>
    [as, (await ask(method, path, { as, ...(body === undefined ? {} : { body }) })).statusCode])))
  const reads = { admin: 200, lead: 200, agent: 200, analyst: 200, planner: 403, partner: 403, nonsense: 401 }
  for (const path of ['/accounts', '/customers', `/customers/${id}`, `/customers/${id}/merges`]) expect([path, await statuses('GET', path)]).toEqual([path, reads])
  const changes = { ...reads, analyst: 403 }
  expect(await statuses('PATCH', `/customers/${id}`, { name: 'Guarded' })).toEqual(changes)
  expect(await statuses('POST', `/customers/${id}/merges`, { merged: id })).toEqual({ ...changes, admin: 422, lead: 422, agent: 422 })
  expect(await statuses('DELETE', `/merges/${newId()}`)).toEqual({ ...changes, admin: 404, lead: 404, agent: 404 })
  expect(await statuses('POST', '/accounts', { name: 'Anybody\'s' })).toEqual({ ...changes, admin: 201, lead: 201, agent: 201 })
})
