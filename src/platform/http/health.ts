import type { Registry } from 'prom-client'
import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { refuse } from '../refusal.ts'
import { raw } from './route.ts'

const PATIENCE_MS = 2_000

export interface HealthParts {
  db: Db
  registry: Registry
  /** False once the program was told to stop: then no new work should be sent here. */
  taking(): boolean
}

/** What those who look after the program ask: is it alive, may it be given work, what does it count. */
export const healthRoutes = ({ db, registry, taking }: HealthParts) => ({
  'GET /healthz': raw({
    summary: 'Alive', permission: 'health.read', tags: ['health'], produces: 'application/json',
    handle: async ({ reply }) => reply.header('cache-control', 'no-store').send({ alive: true }),
  }),
  'GET /readyz': raw({
    summary: 'Ready: the database is reached and at this version', permission: 'health.read', tags: ['health'], produces: 'application/json',
    handle: async ({ reply }) => {
      if (!taking()) throw refuse('program.stopping')
      if (!(await answers(db))) throw refuse('database.unreachable')
      return reply.header('cache-control', 'no-store').send({ ready: true })
    },
  }),
  'GET /metrics': raw({
    summary: 'Counts and times for Prometheus', permission: 'health.read', tags: ['health'], produces: 'text/plain',
    handle: async ({ reply }) => reply.header('cache-control', 'no-store').type(registry.contentType).send(await registry.metrics()),
  }),
})

/** The program migrates before it serves, so what answers is migrated. */
async function answers(db: Db): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => { timer = setTimeout(() => resolve(false), PATIENCE_MS) })
  try {
    return await Promise.race([sql`select 1`.execute(db).then(() => true, () => false), late])
  } finally {
    clearTimeout(timer)
  }
}
