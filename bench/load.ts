import autocannon from 'autocannon'
import { percentile } from './table.ts'

export interface Load {
  url: string
  token: string
  connections: number
  seconds: number
  /** The next request: its path, and a body when it is a change. */
  next(): { method: 'GET' | 'POST' | 'PATCH'; path: string; body?: unknown; headers?: Record<string, string> }
}

export interface Measured {
  perSecond: number
  p50: number
  p95: number
  p99: number
  /** Answers that were no success. */
  refused: number
}

/** Drives the program over HTTP with so many connections at once, each asking again as soon as it was answered. */
export async function drive({ url, token, connections, seconds, next }: Load): Promise<Measured> {
  const times: number[] = []
  let refused = 0
  const options: autocannon.Options = {
    url, connections, duration: seconds, timeout: 30,
    requests: [{
      setupRequest: (request) => {
        const { method, path, body, headers } = next()
        const type = body === undefined ? {} : { 'content-type': 'application/json' }
        return { ...request, method, path, headers: { authorization: `Bearer ${token}`, ...type, ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
      },
    }],
  }
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const run = autocannon(options, (error, done) => (error ? reject(error) : resolve(done)))
    run.on('response', (_client, status, _bytes, milliseconds) => {
      times.push(milliseconds)
      if (status >= 400) refused++
    })
  })
  return { perSecond: times.length / result.duration, p50: percentile(times, 0.5), p95: percentile(times, 0.95), p99: percentile(times, 0.99), refused }
}
