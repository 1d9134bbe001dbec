import { connect } from 'node:net'
import { sql } from 'kysely'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorld, type World } from '../../../test/support/world.ts'
import { openLogger } from '../logger.ts'
import { refuse } from '../refusal.ts'
import { actorOf, startInstance, Thing, type Instance } from '../testing/instance.ts'
import { act, change, raw, read, type Routes } from './route.ts'
import { Line, Nullable, PageQuery, strict } from './schema.ts'

const Params = Type.Object({ id: Type.Integer({ minimum: 1 }) })
let made = 0
let slow = () => Promise.resolve()
const routes: Routes = {
  'POST /api/v1/things': change({
    summary: 'Make a thing', permission: 'thing.change', body: Thing, answer: Thing,
    handle: async ({ work, body, answer }) => {
      made += 1
      await work.tx.insertInto('setting').values({ key: `thing.${made}`, value: JSON.stringify(body.size) }).execute()
      work.tell('desk', { kind: 'thing.made' })
      await slow()
      answer.header('location', `/api/v1/things/${made}`)
      return { ...body, made }
    },
  }),
  'POST /api/v1/secrets': change({ summary: 'Make a secret', permission: 'thing.change', secret: true, answer: Type.Object({ secret: Type.String() }), handle: async () => { made += 1; return { secret: 'hush' } } }),
  'POST /api/v1/acts': act({ summary: 'Act', permission: 'thing.change', body: Type.Object({ note: Line(50) }, strict), answer: Type.Object({ note: Type.String() }), handle: async ({ body }) => body }),
  'GET /api/v1/things/:id': read({
    summary: 'One thing', permission: 'thing.read', params: Params, answer: Type.Object({ id: Type.Integer() }),
    handle: async ({ params, answer }) => { answer.etag(7); return { id: params.id } },
  }),
  'PATCH /api/v1/things/:id': change({
    summary: 'Change a thing', permission: 'thing.change', params: Params, body: Type.Object({ name: Type.String() }, strict), answer: Type.Object({ seen: Nullable(Type.Integer()) }),
    handle: async ({ ifMatch }) => { if (ifMatch === 3) throw refuse('version.stale', { changed: ['name'] }); return { seen: ifMatch } },
  }),
  'GET /api/v1/things': read({ summary: 'List', permission: 'thing.read', query: Type.Object({ ...PageQuery, flag: Type.Optional(Type.Boolean()) }, strict), answer: Type.Object({}), handle: async ({ query }) => ({ ...query }) }),
  'POST /api/v1/notes/:name': change({
    summary: 'Keep a note', permission: 'thing.change', params: Type.Object({ name: Type.String() }), body: Type.Object({ text: Type.String() }), answer: Type.Object({}),
    handle: async ({ work, params, body }) => { await work.tx.insertInto('setting').values({ key: params.name, value: JSON.stringify(body.text) }).execute(); return { text: body.text } },
  }),
  'GET /api/v1/faults/:kind': read({
    summary: 'Fails', permission: 'thing.read', params: Type.Object({ kind: Type.String() }), answer: Type.Object({}),
    handle: async ({ db, params }) => {
      if (params.kind === 'sql') await sql`select 'ana@shop.example'::int`.execute(db)
      if (params.kind === 'away') throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
      throw new Error('a bug about nothing personal')
    },
  }),
  'POST /api/v1/faults': change({
    summary: 'Fails while writing', permission: 'thing.change', body: Type.Object({ text: Type.String() }), answer: Type.Object({}),
    handle: async ({ work, body }) => { await sql`insert into site (id, name, time_zone, country) values (gen_random_uuid(), ${body.text}, ${body.text}, ${body.text})`.execute(work.tx); return {} },
  }),
  'GET /api/v1/open': read({ summary: 'For everybody', permission: 'thing.open', perMinuteMax: 3, answer: Type.Object({ who: Type.String() }), handle: async ({ actor }) => ({ who: actor.id }) }),
  'POST /api/v1/uploads': raw({ summary: 'Takes bytes', permission: 'thing.change', handle: async () => ({}) }),
}

let world: World
let instance: Instance
const logged: string[] = []
beforeAll(async () => {
  world = await openWorld()
  instance = await startInstance(world.ownerUrl, { routes, logger: openLogger('info', { write: (line) => void logged.push(line) }) })
  instance.tokens.set('admin', actorOf('admin', 'admin')).set('agent', actorOf('agent', 'agent')).set('other', actorOf('other', 'admin'))
})
afterAll(async () => {
  await instance.stop()
  await world.close()
})

interface Ask { as?: string | null; body?: unknown; headers?: Record<string, string> }
async function ask(address: string, { as = 'admin', body, headers = {} }: Ask = {}) {
  const [method = '', path = ''] = address.split(' ')
  const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(`${instance.url}${path}`, {
    method, headers: { ...(as ? { authorization: `Bearer ${as}` } : {}), ...(text === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...(text === undefined ? {} : { body: text }),
  })
  const answer = await response.text()
  return { status: response.status, headers: response.headers, text: answer, json: answer.startsWith('{') ? JSON.parse(answer) : null }
}
const problemOf = ({ status, headers, json }: Awaited<ReturnType<typeof ask>>) => [status, headers.get('content-type')?.split(';')[0], json?.code]
const problem = (status: number, code: string) => [status, 'application/problem+json', code]
const thing = { name: 'box', size: 3 }

describe('every refusal is problem+json', () => {
  test.each<[string, string, Ask, number, string]>([
    ['no JSON', 'POST /api/v1/things', { body: '{"name":' }, 400, 'request.unreadable'],
    ['no body', 'POST /api/v1/things', {}, 400, 'request.invalid'],
    ['an empty body that calls itself JSON', 'POST /api/v1/things', { headers: { 'content-type': 'application/json' } }, 400, 'request.invalid'],
    ['a poisoned prototype', 'POST /api/v1/things', { body: '{"name":"a","size":1,"__proto__":{"admin":true}}' }, 400, 'request.unreadable'],
    ['another type of content', 'POST /api/v1/things', { body: 'name=box', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, 'request.unsupportedType'],
    ['a mail where none is read', 'POST /api/v1/things', { body: 'From: a', headers: { 'content-type': 'message/rfc822', 'idempotency-key': 'mail' } }, 415, 'request.unsupportedType'],
    ['a mail where no body is', 'POST /api/v1/secrets', { body: 'From: a', headers: { 'content-type': 'message/rfc822', 'idempotency-key': 'mail' } }, 415, 'request.unsupportedType'],
    ['too much', 'POST /api/v1/things', { body: { name: 'x'.repeat(2_200_000), size: 1 } }, 413, 'request.tooLarge'],
    ['an address that is none', 'GET /api/v1/nothing', {}, 404, 'route.notFound'],
    ['a method that is none', 'DELETE /api/v1/things', {}, 404, 'route.notFound'],
    ['a number that is none', 'GET /api/v1/things/abc', {}, 400, 'request.invalid'],
    ['an address that cannot be decoded', 'GET /api/v1/things/%ff', {}, 400, 'request.unreadable'],
    ['a field that is none', 'GET /api/v1/things?sort=1', {}, 400, 'request.invalid'],
    ['a limit beyond', 'GET /api/v1/things?limit=201', {}, 400, 'request.invalid'],
    ['a key that is none', 'POST /api/v1/things', { body: thing, headers: { 'idempotency-key': 'a b' } }, 400, 'idempotency.invalid'],
    ['a version that is none', 'PATCH /api/v1/things/1', { body: { name: 'x' }, headers: { 'if-match': 'new' } }, 400, 'request.invalid'],
    ['a version that is stale', 'PATCH /api/v1/things/1', { body: { name: 'x' }, headers: { 'if-match': '"3"' } }, 412, 'version.stale'],
    ['nobody', 'GET /api/v1/things/1', { as: null }, 401, 'signIn.needed'],
    ['a token that is none', 'GET /api/v1/things/1', { as: 'forged' }, 401, 'signIn.needed'],
    ['another kind of credential', 'GET /api/v1/things/1', { as: null, headers: { authorization: 'Basic YTpi' } }, 401, 'signIn.needed'],
    ['a role that may not', 'POST /api/v1/things', { as: 'agent', body: thing }, 403, 'permission.missing'],
    ['a bug', 'GET /api/v1/faults/bug', {}, 500, 'program.fault'],
    ['a bug in SQL', 'GET /api/v1/faults/sql', {}, 500, 'program.fault'],
    ['a database that is away', 'GET /api/v1/faults/away', {}, 503, 'database.unreachable'],
    ['a character that no column holds', 'POST /api/v1/notes/x', { body: { text: 'a\u0000b' } }, 400, 'request.invalid'],
    ['one in the address', 'POST /api/v1/notes/x%00y', { body: { text: 'a' } }, 400, 'request.invalid'],
    ['half a character', 'POST /api/v1/notes/y', { body: '{"text":"\\ud800"}' }, 400, 'request.invalid'],
  ])('%s', async (_what, address, how, status, code) => {
    const answer = await ask(address, how)
    expect(problemOf(answer)).toEqual(problem(status, code))
    expect(answer.json).toMatchObject({ type: `urn:meridian:problem:${code}`, title: expect.any(String), status })
    expect(answer.text).not.toMatch(/\bat \/|node:|\.ts:|select |insert |syntax|constraint/i)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('bad fields are named, all of them', async () => {
    const { json } = await ask('POST /api/v1/things', { body: { name: '', size: '3', colour: 'red' } })
    expect(json.errors).toEqual(expect.arrayContaining([{ path: '/name', code: 'minLength' }, { path: '/size', code: 'type' }, { path: '/colour', code: 'additionalProperties' }]))
    expect((await ask('POST /api/v1/things', { body: { size: 1 } })).json.errors).toEqual([{ path: '/name', code: 'required' }])
    expect((await ask('GET /api/v1/things?limit=0')).json.errors).toEqual([{ path: 'querystring/limit', code: 'minimum' }])
    expect((await ask('PATCH /api/v1/things/1', { body: { name: 'x' }, headers: { 'if-match': '"3"' } })).json).toMatchObject({ changed: ['name'] })
  })

  test('what is no HTTP at all', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(instance.url).port), '127.0.0.1', () => socket.write('HELO there\r\n\r\n'))
      let text = ''
      socket.on('data', (chunk) => { text += chunk.toString() }).on('end', () => resolve(text)).on('error', reject)
    })
    expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*application\/problem\+json[^]*"code":"request.unreadable"\}$/)
  })

  test('strangers are turned away before anything they send is read', async () => {
    expect(problemOf(await ask('POST /api/v1/things', { as: null, body: '{"name":' }))).toEqual(problem(401, 'signIn.needed'))
    expect(problemOf(await ask('POST /api/v1/things', { as: 'agent', body: { name: 7 } }))).toEqual(problem(403, 'permission.missing'))
  })
})

describe('an Idempotency-Key', () => {
  const post = (key: string, body: unknown = thing, as = 'admin', path = '/api/v1/things') => ask(`POST ${path}`, { as, body, headers: { 'idempotency-key': key } })

  test('gives the same answer again, and the change once', async () => {
    const before = made
    const [first, again] = [await post('key-1'), await post('key-1')]
    expect([first.status, again.status, again.json, made]).toEqual([201, 201, first.json, before + 1])
    expect([again.headers.get('location'), again.headers.get('idempotency-replayed'), first.headers.get('idempotency-replayed')]).toEqual([first.headers.get('location'), 'true', null])
  })

  test('sent many times at once changes once', async () => {
    const before = made
    slow = () => new Promise((resolve) => { setTimeout(resolve, 60) })
    const answers = await Promise.all(Array.from({ length: 5 }, () => post('key-2')))
    slow = () => Promise.resolve()
    expect(new Set(answers.map(({ text }) => JSON.stringify(Object.entries(JSON.parse(text)).sort())))).toHaveLength(1)
    expect([answers.map(({ status }) => status), made]).toEqual([[201, 201, 201, 201, 201], before + 1])
  })

  test('with another body or at another address is refused; of another sender it is another key', async () => {
    await post('key-3')
    expect(problemOf(await post('key-3', { ...thing, size: 4 }))).toEqual(problem(422, 'idempotency.reused'))
    expect(problemOf(await post('key-3', undefined, 'admin', '/api/v1/secrets'))).toEqual(problem(422, 'idempotency.reused'))
    expect((await post('key-3', { ...thing, size: 4 }, 'other')).status).toBe(201)
  })

  test('holds for an instance that was started later', async () => {
    const first = await post('key-4')
    const other = await startInstance(world.ownerUrl, { routes })
    other.tokens.set('admin', actorOf('admin', 'admin'))
    const again = await fetch(`${other.url}/api/v1/things`, { method: 'POST', headers: { authorization: 'Bearer admin', 'content-type': 'application/json', 'idempotency-key': 'key-4' }, body: JSON.stringify(thing) })
    expect(await again.json()).toEqual(first.json)
    await other.stop()
  })

  test('is not used up by a refusal', async () => {
    expect((await post('key-5', { text: 'a\u0000' }, 'admin', '/api/v1/notes/again')).status).toBe(400)
    expect((await post('key-5', { text: 'a' }, 'admin', '/api/v1/notes/again')).status).toBe(201)
  })

  test('does not keep a secret', async () => {
    const before = made
    expect((await post('key-6', undefined, 'admin', '/api/v1/secrets')).json).toEqual({ secret: 'hush' })
    expect(problemOf(await post('key-6', undefined, 'admin', '/api/v1/secrets'))).toEqual(problem(409, 'idempotency.secret'))
    expect(made).toBe(before + 1)
    expect(JSON.stringify(await world.db.selectFrom('idempotency').selectAll().execute())).not.toContain('hush')
  })
})

test('ETag, If-None-Match, If-Match', async () => {
  const found = await ask('GET /api/v1/things/4')
  expect([found.headers.get('etag'), found.json]).toEqual(['"7"', { id: 4 }])
  for (const tag of ['"7"', 'W/"7"', '"1", "7"', '*']) expect((await ask('GET /api/v1/things/4', { headers: { 'if-none-match': tag } })).status).toBe(304)
  expect((await ask('GET /api/v1/things/4', { headers: { 'if-none-match': '"6"' } })).status).toBe(200)
  for (const [tag, seen] of [['"5"', 5], ['W/"5"', 5], ['5', 5], ['*', null]] as const) expect((await ask('PATCH /api/v1/things/4', { body: { name: 'x' }, headers: { 'if-match': tag } })).json).toEqual({ seen })
  expect((await ask('PATCH /api/v1/things/4', { body: { name: 'x' } })).json).toEqual({ seen: null })
})

test('a query says text, a body says what it means', async () => {
  expect((await ask('GET /api/v1/things?limit=7&flag=true')).json).toEqual({ limit: 7, flag: true })
  expect((await ask('POST /api/v1/things', { body: { name: 'x', size: '7' } })).status).toBe(400)
})

test('a line has no control characters', async () => {
  for (const note of ['two\nlines', 'tab\there', 'nul\u0000', 'del\u007f']) expect((await ask('POST /api/v1/acts', { body: { note } })).status).toBe(400)
  expect((await ask('POST /api/v1/acts', { body: { note: 'Grüße 👋' } })).json).toEqual({ note: 'Grüße 👋' })
})

describe('cookies', () => {
  const own = { cookie: 'meridian_session=admin', 'x-requested-with': 'meridian' }
  test.each<[string, Record<string, string>, number]>([
    ['of our own page', own, 201],
    ['of our own page, as browsers mark it', { ...own, 'sec-fetch-site': 'same-origin' }, 201],
    ['of another site\'s form', { cookie: own.cookie }, 403],
    ['of another site\'s script', { ...own, 'sec-fetch-site': 'cross-site' }, 403],
    ['of a neighbour\'s page', { ...own, 'sec-fetch-site': 'same-site' }, 403],
  ])('a change with the cookie %s', async (_who, headers, status) => {
    const answer = await ask('POST /api/v1/things', { as: null, body: thing, headers })
    expect(answer.status).toBe(status)
    if (status === 403) expect(answer.json.code).toBe('request.foreign')
  })

  test('reading needs no mark; a token beside a cookie is what counts; a stale cookie is nobody', async () => {
    expect((await ask('GET /api/v1/things/1', { as: null, headers: { cookie: own.cookie } })).status).toBe(200)
    expect((await ask('POST /api/v1/things', { as: 'forged', body: thing, headers: own })).status).toBe(401)
    expect((await ask('GET /api/v1/open', { as: null, headers: { cookie: 'meridian_session=old' } })).json).toEqual({ who: 'nobody' })
  })
})

test('a route\'s own limit', async () => {
  const answers = []
  for (let index = 0; index < 4; index++) answers.push(await ask('GET /api/v1/open', { as: null }))
  expect(problemOf(answers.at(-1)!)).toEqual(problem(429, 'rate.exceeded'))
  expect(Number(answers.at(-1)!.headers.get('retry-after'))).toBeGreaterThan(0)
  const many = await Promise.all(Array.from({ length: 300 }, () => ask('GET /api/v1/things/1')))
  expect(many.every(({ status }) => status === 200)).toBe(true)
})

test('the description offers a key only where it is looked at', async () => {
  const { paths } = (await ask('GET /api/openapi.json')).json
  const headersOf = (path: string) => paths[path].post.parameters.map(({ name }: { name: string }) => name)
  expect(headersOf('/api/v1/things')).toEqual(['Idempotency-Key', 'If-Match'])
  expect(headersOf('/api/v1/acts')).toEqual([])
})

test('every answer carries the headers that keep browsers in', async () => {
  for (const address of ['GET /api/v1/things/1', 'GET /api/v1/nothing', 'GET /api/openapi.json']) {
    const { headers } = await ask(address)
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; /)
    expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/)
    expect(headers.get('content-security-policy')).toContain(`frame-ancestors 'none'`)
    expect([headers.get('x-content-type-options'), headers.get('referrer-policy'), headers.get('access-control-allow-origin')]).toEqual(['nosniff', 'same-origin', null])
  }
})

test('the log has no word of what people wrote', async () => {
  logged.length = 0
  const personal = ['ana@shop.example', '4111 1111 1111 1111', 'My secret']
  await ask('POST /api/v1/faults', { body: { text: personal.join(' ') }, headers: { 'x-note': personal[0]! } })
  await ask('GET /api/v1/faults/sql')
  await ask(`GET /api/v1/faults/${encodeURIComponent(personal[0]!)}?q=${encodeURIComponent(personal[1]!)}`)
  await ask('POST /api/v1/things', { body: { name: personal.join(' '), size: -1 } })
  const text = logged.join('')
  expect(logged).toHaveLength(3)
  for (const word of [...personal, '4111', 'ana@', 'Bearer']) expect(text).not.toContain(word)
  expect(logged.map((line) => JSON.parse(line)).map(({ level, msg, code }) => [level, msg, code])).toEqual(Array(3).fill([50, 'request failed', 'program.fault']))
  expect(text).toMatch(/http\.test\.ts/)
})

test('a request that never comes to its end is not waited for without end', () => {
  const { requestTimeout, headersTimeout } = instance.app.server
  expect([requestTimeout, headersTimeout].every((limit) => limit > 0 && limit <= 300_000)).toBe(true)
})
