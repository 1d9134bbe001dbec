import { ApiProblem, mayPass, problemFrom, unreachable } from './problem.ts'
import { reachable } from './reach.ts'

/** What `ApiOf` tells of a route. */
interface RouteShape { params: unknown; query: unknown; body: unknown; answer: unknown }

type Given<Name extends string, T> = [T] extends [undefined] ? Partial<Record<Name, undefined>> : Record<never, never> extends T ? Partial<Record<Name, T>> : Record<Name, T>

/** What a call needs: `params` and `body` are asked for only where the route has them. */
export type CallOptions<R extends RouteShape> = Given<'params', R['params']> & Given<'body', R['body']> & {
  query?: R['query']
  /** The version seen: 412 when it is stale. */
  ifMatch?: number | string
  /** One a user's intent; made by the client when not given. See useIntent. */
  idempotencyKey?: string
  signal?: AbortSignal
}

type Call<R> = R extends RouteShape
  ? Record<never, never> extends CallOptions<R> ? [options?: CallOptions<R>] : [options: CallOptions<R>]
  : never

export type Client<Api> = <K extends keyof Api & string>(route: K, ...call: Call<Api[K]>) => Promise<Api[K] extends RouteShape ? Api[K]['answer'] : never>

/** The API client of a room, typed by its `Api` (imported as a type only): `const api = client<DeskApi>()`. @throws ApiProblem */
export function client<Api>(): Client<Api> {
  return (route, ...[options]) => request(route, options ?? {})
}

interface LooseOptions {
  params?: unknown
  query?: unknown
  body?: unknown
  ifMatch?: number | string
  idempotencyKey?: string
  signal?: AbortSignal
}

const POST_TRIES = 3
const tags = new WeakMap<object, string>()

/** The ETag that came with an answer, for If-Match; an answer with a `version` needs it not. */
export const etagOf = (answer: object): string | undefined => tags.get(answer)

/** Gives a copy of an answer the ETag of the original. */
export function keepEtag<T>(from: unknown, to: T): T {
  const tag = typeof from === 'object' && from !== null ? tags.get(from) : undefined
  if (tag !== undefined && typeof to === 'object' && to !== null) tags.set(to, tag)
  return to
}

/** A POST that was lost on the way is sent again under its Idempotency-Key: done twice is done once. */
async function request(route: string, options: LooseOptions) {
  const [method = 'GET', path = ''] = route.split(' ')
  const idempotencyKey = method === 'POST' ? options.idempotencyKey ?? crypto.randomUUID() : undefined
  for (let attempt = 1; ; attempt++) {
    try {
      return await send(method, addressOf(path, options), { ...options, ...(idempotencyKey ? { idempotencyKey } : {}) })
    } catch (error) {
      if (method !== 'POST' || attempt >= POST_TRIES || !mayPass(error) || options.signal?.aborted) throw error
      await new Promise((resolve) => setTimeout(resolve, 400 * 2 ** (attempt - 1)))
    }
  }
}

async function send(method: string, address: string, { body, ifMatch, idempotencyKey, signal }: LooseOptions) {
  const init: RequestInit = {
    method, credentials: 'same-origin', cache: 'no-store',
    headers: {
      accept: 'application/json', 'x-requested-with': 'meridian', ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(ifMatch === undefined ? {} : { 'if-match': typeof ifMatch === 'number' ? `"${ifMatch}"` : ifMatch }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }), ...(signal ? { signal } : {}),
  }
  return answerOf(await reach(address, init))
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(address, init)
    reachable.set(true)
    return response
  } catch (error) {
    if (init.signal?.aborted) throw error
    reachable.set(false)
    throw unreachable()
  }
}

async function answerOf(response: Response) {
  const text = await response.text().catch(() => { throw unreachable() })
  const body = parsed(text)
  if (!response.ok) {
    const problem = problemFrom(response.status, body)
    if (problem.code === 'signIn.needed') signedOut.forEach((listener) => listener())
    throw problem
  }
  const tag = response.headers.get('etag')
  if (tag !== null && typeof body === 'object' && body !== null) tags.set(body, tag)
  return body
}

function parsed(text: string) {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

const signedOut = new Set<() => void>()

/** Calls back when the server says that nobody is signed in any more. */
export function onSignedOut(listener: () => void): () => void {
  signedOut.add(listener)
  return () => signedOut.delete(listener)
}

/** Fills `:names` in and appends the query; what is undefined or null is left out, several values are joined by commas. */
export function addressOf(path: string, { params, query }: Pick<LooseOptions, 'params' | 'query'>): string {
  const given = Object.fromEntries(entriesOf(params))
  const filled = path.replace(/:(\w+)/g, (_, name: string) => {
    if (given[name] === undefined) throw new Error(`${path} needs ${name}`)
    return encodeURIComponent(String(given[name]))
  })
  const search = new URLSearchParams(entriesOf(query).flatMap(([name, value]) => (value === undefined || value === null || value === '' ? [] : [[name, String(value)]])))
  return search.size > 0 ? `${filled}?${search}` : filled
}

const entriesOf = (value: unknown): [string, unknown][] => (typeof value === 'object' && value !== null ? Object.entries(value) : [])

/** Sends files or anything that is not JSON, under the same refusals. Progress is told between 0 and 1. @throws ApiProblem */
export function upload(address: string, form: FormData, told: { progress?: (share: number) => void; signal?: AbortSignal } = {}): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest()
    sending.open('POST', address)
    sending.setRequestHeader('x-requested-with', 'meridian')
    sending.setRequestHeader('accept', 'application/json')
    sending.setRequestHeader('idempotency-key', crypto.randomUUID())
    sending.upload.addEventListener('progress', (event) => { if (event.lengthComputable) told.progress?.(event.loaded / event.total) })
    sending.addEventListener('load', () => (sending.status < 400 ? resolve(parsed(sending.responseText)) : reject(problemFrom(sending.status, parsed(sending.responseText)))))
    sending.addEventListener('error', () => { reachable.set(false); reject(unreachable()) })
    sending.addEventListener('abort', () => reject(new ApiProblem({ status: 0, code: 'upload.stopped', title: 'The upload was stopped' })))
    told.signal?.addEventListener('abort', () => sending.abort())
    sending.send(form)
  })
}
