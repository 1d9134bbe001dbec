import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'

const AGAIN_AFTER_MS = 500

/**
 * The pool as the job library sees it. The library notes what became of a job without waiting for the answer: a failure there, such as a
 * database that has just gone, would end the whole program as a rejection that nobody hears, and the job would stay taken. So what it
 * says is said again, on another connection, until the database is back. Said twice these statements do no harm.
 */
export function patientPool(pool: Pool, fault: (error: unknown) => void): Pool {
  const until = async <T>(attempt: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await attempt()
      } catch (error) {
        // Told so, the library could only end the program while it is ending anyway.
        if (pool.ending) return new Promise<never>(() => {})
        fault(error)
        await sleep(AGAIN_AFTER_MS, undefined, { ref: false })
      }
    }
  }
  const connect = (callback?: (error: Error | undefined, client: PoolClient, release: PoolClient['release']) => void) => {
    const connected = until(() => pool.connect())
    // The client that listens is told of a break, and makes another one.
    if (callback) return void connected.then((client) => callback(undefined, client, (broken) => client.release(broken)))
    return connected.then((client) => repeating(client, until, pool))
  }
  return withMethods(pool, { connect })
}

/** A client whose single statements are repeated. Texts without values are the library's transactions, which are its own to begin again. */
function repeating(client: PoolClient, until: <T>(attempt: () => Promise<T>) => Promise<T>, pool: Pool): PoolClient {
  let mayRepeat = true
  const query = (statement: string | { text: string }, ...rest: unknown[]) => {
    if (typeof statement === 'string') mayRepeat = false
    if (typeof statement === 'string' || !mayRepeat) return Reflect.apply(client.query, client, [statement, ...rest])
    let first = true
    return until(() => {
      if (!first) return pool.query(statement)
      first = false
      return client.query(statement)
    })
  }
  return withMethods(client, { query })
}

function withMethods<T extends object>(target: T, methods: Record<string, unknown>): T {
  return new Proxy(target, {
    get: (from, name) => {
      const own = typeof name === 'string' ? methods[name] : undefined
      const value: unknown = own ?? Reflect.get(from, name, from)
      return typeof value === 'function' && !own ? value.bind(from) : value
    },
  })
}
