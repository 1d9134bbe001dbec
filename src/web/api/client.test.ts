import { afterEach, expect, test, vi } from 'vitest'
import { addressOf, client, etagOf, onSignedOut } from './client.ts'
import { newIntent } from './intent.ts'
import { ApiProblem, mayPass, problemFrom } from './problem.ts'

interface Api {
  'GET /api/v1/cases/:number': { params: { number: number }; query: { limit: number }; body: undefined; answer: { number: number } }
  'POST /api/v1/cases': { params: Record<never, never>; query: Record<never, never>; body: { subject: string }; answer: { number: number } }
  'PATCH /api/v1/cases/:number': { params: { number: number }; query: Record<never, never>; body: { status: string }; answer: { number: number } }
}
const api = client<Api>()

/** What the network answers, one after the other; `lost` is no answer at all. */
function network(...answers: ('lost' | Response)[]) {
  const sent: { address: string; init: RequestInit; headers: Headers }[] = []
  vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
    sent.push({ address, init, headers: new Headers(init.headers) })
    const answer = answers.shift() ?? 'lost'
    if (answer === 'lost') throw new TypeError('failed to fetch')
    return answer
  })
  return sent
}
afterEach(() => vi.unstubAllGlobals())

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) => new Response(JSON.stringify(body), { status, headers })

test('names in the path are filled in, and what is not given is left out of the query', () => {
  expect(addressOf('/api/v1/cases/:number', { params: { number: 7 }, query: { limit: 5, cursor: undefined, q: '', status: ['new', 'open'] } })).toBe('/api/v1/cases/7?limit=5&status=new%2Copen')
  expect(addressOf('/a/:address', { params: { address: 'ana/b@x.y' } })).toBe('/a/ana%2Fb%40x.y')
  expect(() => addressOf('/a/:id', {})).toThrow('needs id')
})

test('a read says who asks, and keeps the ETag beside the answer', async () => {
  const sent = network(json({ number: 7 }, 200, { etag: '"3"' }))
  const answer = await api('GET /api/v1/cases/:number', { params: { number: 7 } })
  expect([etagOf(answer), sent[0]?.headers.get('x-requested-with'), sent[0]?.headers.get('idempotency-key')]).toEqual(['"3"', 'meridian', null])
})

test('a change says which version it saw', async () => {
  const sent = network(json({ number: 7 }), json({ number: 7 }))
  await api('PATCH /api/v1/cases/:number', { params: { number: 7 }, body: { status: 'solved' }, ifMatch: 3 })
  await api('PATCH /api/v1/cases/:number', { params: { number: 7 }, body: { status: 'solved' }, ifMatch: '"4"' })
  expect(sent.map(({ headers }) => headers.get('if-match'))).toEqual(['"3"', '"4"'])
})

test('a POST that was lost on the way is sent again under the same key', async () => {
  const sent = network('lost', json({ title: 'wait', code: 'database.unreachable' }, 503), json({ number: 8 }, 201))
  expect(await api('POST /api/v1/cases', { body: { subject: 'x' } })).toEqual({ number: 8 })
  expect(sent).toHaveLength(3)
  expect(new Set(sent.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1)
})

test('other changes are not sent again, and a refusal never is', async () => {
  expect(network('lost')).toEqual([])
  await expect(api('PATCH /api/v1/cases/:number', { params: { number: 7 }, body: { status: 'open' } })).rejects.toMatchObject({ status: 0, code: 'network.lost' })
  const sent = network(json({ title: 'No', code: 'queue.notFound' }, 422))
  await expect(api('POST /api/v1/cases', { body: { subject: 'x' } })).rejects.toMatchObject({ status: 422 })
  expect(sent).toHaveLength(1)
})

test('a refusal has its words, its code, its fields and what else it says', async () => {
  network(json({ type: 'urn:x', title: 'Somebody changed this in the meantime', status: 412, code: 'version.stale', version: 5 }, 412))
  const problem: unknown = await api('PATCH /api/v1/cases/:number', { params: { number: 7 }, body: { status: 'open' }, ifMatch: 3 }).catch((error: unknown) => error)
  expect(problem).toBeInstanceOf(ApiProblem)
  expect(problem).toMatchObject({ status: 412, code: 'version.stale', title: 'Somebody changed this in the meantime', errors: [], detail: { version: 5 } })
})

test('signed out is told once to whoever wants to know', async () => {
  const told = vi.fn<() => void>()
  const stop = onSignedOut(told)
  network(json({ title: 'Sign in first', code: 'signIn.needed' }, 401), json({ title: 'Wrong', code: 'signIn.wrong' }, 401))
  await api('GET /api/v1/cases/:number', { params: { number: 7 } }).catch(() => {})
  await api('GET /api/v1/cases/:number', { params: { number: 7 } }).catch(() => {})
  stop()
  expect(told).toHaveBeenCalledTimes(1)
})

test('what a proxy says instead becomes words too', () => {
  expect(problemFrom(502, undefined).title).toMatch(/not ready yet/)
  expect(problemFrom(200, '<html>').code).toBe('answer.unreadable')
  expect([mayPass(problemFrom(503, undefined)), mayPass(problemFrom(404, undefined)), mayPass(new Error('x'))]).toEqual([true, false, false])
})

test('an intent keeps its key for the same words until it is done', () => {
  const intent = newIntent()
  const first = intent.key({ body: 'Hello' })
  expect(intent.key({ body: 'Hello' })).toBe(first)
  expect(intent.key({ body: 'Hello!' })).not.toBe(first)
  expect(intent.key({ body: 'Hello' })).toBe(first)
  intent.done()
  expect(intent.key({ body: 'Hello' })).not.toBe(first)
})
