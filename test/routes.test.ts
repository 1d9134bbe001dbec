import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { roles, type Role } from '#platform'
import { openWhole, type Whole } from './support/whole.ts'

/** Who may what, written down by hand beside the rooms' policies: a change of either shows. */
const everybody = 'everybody'
const signedIn = [...roles]
const readers: Role[] = ['admin', 'lead', 'agent', 'analyst']
const workers: Role[] = ['admin', 'lead', 'agent']
const leads: Role[] = ['admin', 'lead']
const admins: Role[] = ['admin']
const house: Role[] = ['admin', 'lead', 'agent', 'analyst', 'planner']
const expectations: Record<string, typeof everybody | Role[]> = {
  'health.read': everybody, 'signIn.use': everybody,
  'live.follow': signedIn, 'me.read': signedIn, 'me.change': signedIn,
  'log.read': ['admin', 'lead', 'analyst'], 'log.verify': ['admin', 'analyst'], 'job.read': admins, 'job.replay': admins,
  'agent.read': house, 'agent.change': admins, 'agent.skills': leads, 'place.read': house, 'place.change': admins, 'session.revoke': admins, 'token.read': admins, 'token.change': admins,
  'account.read': readers, 'account.change': workers, 'customer.read': readers, 'customer.change': workers, 'customer.merge': workers,
  'case.read': readers, 'case.open': workers, 'case.change': workers, 'case.reply': workers, 'case.remove': workers, 'draft.write': workers, 'case.merge': workers, 'problem.update': workers, 'side.write': workers, 'partner.change': leads, 'queue.read': house, 'queue.change': admins,
  'rule.read': ['admin', 'lead', 'analyst'], 'rule.change': ['admin'],
  'view.read': readers, 'view.write': readers, 'view.share': leads,
  'case.bulk': workers, 'bulk.limit': admins, 'macro.read': readers, 'macro.write': workers,
  'notice.read': readers, 'notice.change': readers, 'handover.read': readers, 'handover.make': workers,
  'mailbox.read': workers, 'mailbox.change': admins, 'mail.submit': workers, 'rawMail.read': leads, 'rawMail.replay': leads, 'quarantine.read': workers, 'quarantine.release': leads,
  'insights.read': ['admin', 'lead', 'analyst', 'planner'], 'insights.build': admins, 'board.read': ['admin', 'lead', 'planner'],
  'sla.read': house, 'sla.change': admins, 'sla.verify': admins,
  'routing.read': ['admin', 'lead', 'planner'], 'routing.change': admins, 'case.next': ['lead', 'agent'],
  'demo.read': signedIn, 'demo.remove': admins,
  'outbox.read': workers, 'outgoingMail.retry': workers, 'addressHold.read': workers, 'addressHold.release': leads,
}

interface Schema { type?: string; format?: string; pattern?: string; minLength?: number; minimum?: number; properties?: Record<string, Schema>; required?: string[]; items?: Schema; anyOf?: Schema[]; enum?: unknown[]; const?: unknown }
interface Operation {
  'x-permission': string
  operationId: string
  summary: string
  parameters: { name: string; in: string; required: boolean; schema: Schema }[]
  requestBody?: { content: { 'application/json': { schema: Schema } } }
  responses: Record<string, { content: Record<string, { schema?: Schema }> }>
}
interface Description { openapi: string; info: { title: string; version: string }; paths: Record<string, Record<string, Operation>>; components: { schemas: { Problem: Schema } } }

let whole: Whole
let description: Description
let operations: { method: string; path: string; operation: Operation }[]
beforeAll(async () => {
  whole = await openWhole()
  description = await (await fetch(`${whole.url}/api/openapi.json`)).json()
  operations = Object.entries(description.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })))
})
afterAll(() => whole.close())

/** The smallest thing that a schema lets pass; ids and numbers are such that nothing has them. */
function sample(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf?.[0]) return sample(schema.anyOf[0])
  if (schema.type === 'object') return Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([name]) => schema.required?.includes(name)).map(([name, part]) => [name, sample(part)]))
  if (schema.type === 'array') return []
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(schema.minimum ?? 0, 987_654)
  if (schema.type === 'boolean') return false
  if (schema.format === 'uuid') return '00000000-0000-7000-8000-000000000000'
  if (schema.format === 'date-time') return '2026-01-01T00:00:00Z'
  if (schema.pattern?.includes('@') || schema.format === 'email') return 'nobody@nowhere.example'
  return schema.pattern?.includes('0-9') ? '987654' : 'x'.repeat(Math.max(1, schema.minLength ?? 1))
}

const addressOf = (path: string, operation: Operation, word?: string) => path.replace(/\{(\w+)\}/g, (_, name: string) => {
  const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name)
  return word ?? encodeURIComponent(String(sample(parameter?.schema ?? {})))
})

interface Answer { status: number; type: string; text: string; code: string | null }
async function ask(method: string, address: string, token: string | null, body?: unknown, type = 'application/json'): Promise<Answer> {
  const ending = new AbortController()
  const response = await fetch(`${whole.url}${address}`, {
    method, redirect: 'manual', signal: ending.signal, headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(body === undefined ? {} : { 'content-type': type }) },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const kind = response.headers.get('content-type') ?? ''
  if (kind.startsWith('text/event-stream')) {
    ending.abort()
    return { status: response.status, type: kind, text: '', code: null }
  }
  const text = await response.text()
  return { status: response.status, type: kind, text, code: kind.startsWith('application/problem+json') ? JSON.parse(text).code : null }
}

const leaks = /\bat (?:async )?[\w.<>]* ?\(|\/src\/|node_modules|node:internal|\.ts:\d|select .* from|insert into|violates|syntax error|relation "|duplicate key/i

test('every route declares a permission that somebody thought about, and every thought is used', () => {
  const declared = new Set(operations.map(({ operation }) => operation['x-permission']))
  expect([...declared].filter((permission) => !(permission in expectations))).toEqual([])
  expect(Object.keys(expectations).filter((permission) => !declared.has(permission))).toEqual([])
  expect(operations.length).toBeGreaterThan(80)
})

describe('every route', () => {
  test('lets nobody in without sign-in, nor with a forged one', async () => {
    for (const { method, path, operation } of operations) {
      const open = expectations[operation['x-permission']] === everybody
      for (const token of [null, 'mrd_forged']) {
        const answer = await ask(method, addressOf(path, operation), token, method === 'GET' ? undefined : {})
        const refused = answer.status === 401 && answer.code === 'signIn.needed'
        expect([`${method} ${path} ${token}`, refused]).toEqual([`${method} ${path} ${token}`, !open || token !== null])
      }
    }
  })

  test.each(roles)('does for the role %s what the table says, and no more', async (role) => {
    const found: string[] = []
    const expected: string[] = []
    for (const { method, path, operation } of operations) {
      const may = expectations[operation['x-permission']]
      const answer = await ask(method, addressOf(path, operation), whole.tokens[role], method === 'GET' ? undefined : {})
      const name = `${method} ${path}`
      found.push(`${name}: ${answer.status === 403 && answer.code === 'permission.missing' ? 'refused' : answer.status < 500 ? 'let in' : answer.status}`)
      expected.push(`${name}: ${may === everybody || may?.includes(role) ? 'let in' : 'refused'}`)
      if (answer.status >= 400) expect([name, answer.type.split(';')[0], leaks.exec(answer.text)?.[0]]).toEqual([name, 'application/problem+json', undefined])
    }
    expect(found).toEqual(expected)
  })
})

describe('nothing that is sent makes a fault of ours', () => {
  const words = ['%27%3B--', '%00', '..%2F..%2Fetc%2Fpasswd', '%F0%9F%92%A9', '-1', '0', '99999999999999999999', 'null', 'x'.repeat(400), '%C3%28', '%7B%7D']
  test.each(words)('in an address: %s', async (word) => {
    for (const { method, path, operation } of operations.filter((one) => one.path.includes('{'))) {
      const answer = await ask(method, addressOf(path, operation, word), whole.tokens.admin, method === 'GET' ? undefined : {})
      expect([`${method} ${path}`, answer.status < 500, leaks.exec(answer.text)?.[0]]).toEqual([`${method} ${path}`, true, undefined])
    }
  })

  test.each(['%27%3B--', '%00', '%F0%9F%92%A9', '-1', '99999999999999999999', 'eyJhIjoxfQ', 'x'.repeat(400), 'WyJ4IiwieSJd', 'WzEsMl0'])('in a query: %s', async (word) => {
    for (const { method, path, operation } of operations.filter((one) => one.method === 'GET')) {
      for (const { name } of operation.parameters.filter((one) => one.in === 'query')) {
        const answer = await ask(method, `${addressOf(path, operation)}?${name}=${word}`, whole.tokens.admin)
        expect([`${method} ${path} ${name}`, answer.status < 500, leaks.exec(answer.text)?.[0]]).toEqual([`${method} ${path} ${name}`, true, undefined])
      }
    }
  })

  test('in a body: other shapes, and the right shape about things that are not there', async () => {
    for (const { method, path, operation } of operations.filter((one) => one.operation.requestBody)) {
      const schema = operation.requestBody?.content['application/json'].schema ?? {}
      const right = sample(schema)
      const wrong = Object.keys(schema.properties ?? {}).flatMap((name) => [null, 7, 'a\u0000b', '', [], {}, 'x'.repeat(3_000)].map((value) => ({ ...Object(right), [name]: value })))
      for (const body of ['null', '[]', '"x"', '{"surprise":1}', right, ...wrong]) {
        const answer = await ask(method, addressOf(path, operation), whole.tokens.admin, body)
        const what = `${method} ${path} ${JSON.stringify(body).slice(0, 100)}`
        expect([what, answer.status < 500, leaks.exec(answer.text)?.[0]]).toEqual([what, true, undefined])
      }
    }
  })
})

describe('the OpenAPI description', () => {
  test('is one of version 3.1 whose parts fit together', () => {
    expect([description.openapi, typeof description.info.title, typeof description.info.version]).toEqual(['3.1.0', 'string', 'string'])
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { path, operation } of operations) {
      expect([path, operation.parameters.filter((one) => one.in === 'path').map((one) => one.name).sort()]).toEqual([path, [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()])
      expect([path, operation.parameters.every((one) => one.in !== 'path' || one.required), operation.summary.length > 0]).toEqual([path, true, true])
      expect(Object.keys(operation.responses)).toEqual([expect.stringMatching(/^2\d\d$|^3\d\d$/), 'default'])
    }
  })

  test('has schemas that are schemas (JSON Schema 2020-12)', () => {
    const ajv = formats.default(new Ajv2020({ strict: false }))
    const schemas = operations.flatMap(({ path, operation }) => [
      ...operation.parameters.map(({ schema }) => schema), ...(operation.requestBody ? [operation.requestBody.content['application/json'].schema] : []),
      ...Object.entries(operation.responses).filter(([status]) => status !== 'default').flatMap(([, { content }]) => Object.values(content).flatMap(({ schema }) => schema ?? [])),
    ].map((schema): [string, Schema] => [path, schema]))
    expect(schemas.length).toBeGreaterThan(200)
    for (const [path, schema] of [...schemas, ['Problem', description.components.schemas.Problem] satisfies [string, Schema]]) expect(() => ajv.compile(schema), path).not.toThrow()
  })

  test('says of answers what is so', async () => {
    const ajv = formats.default(new Ajv2020({ strict: false }))
    for (const { method, path, operation } of operations.filter((one) => one.method === 'GET' && !one.path.includes('{') && one.path !== '/api/v1/live')) {
      const schema = operation.responses['200']?.content['application/json']?.schema
      const answer = await ask(method, path, whole.tokens.admin)
      if (schema && answer.status === 200) expect([path, ajv.validate(schema, JSON.parse(answer.text)), ajv.errorsText()]).toEqual([path, true, 'No errors'])
    }
  })
})
