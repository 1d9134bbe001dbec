import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { sql, type RawBuilder } from 'kysely'
import { authorisation, buildServer, openLogger, performer, platformPolicy, SESSION_COOKIE, system, type Actor, type Role } from '#platform'
import { openWorld, type World } from '../../../test/support/world.ts'
import { createAgent } from '../agents/service.ts'
import type { Agent } from '../agents/model.ts'
import type { OidcOptions } from '../oidc/client.ts'
import { openPeople, type People } from '../open.ts'
import { peoplePolicy } from '../policy.ts'
import { peopleRoutes } from '../routes.ts'
import { savePassword } from '../sign-in/store.ts'
import { createToken } from '../tokens/service.ts'

export const PASSWORD = 'seven wet otters sing'
export const somebody = system('test')

export interface Ask {
  /** Of whose session. */
  cookie?: string
  token?: string
  body?: unknown
  headers?: Record<string, string>
  /** From where; every test that is not about limits comes from its own. */
  address?: string
}

export interface NewAgent {
  name?: string
  email?: string
  roles?: Role[]
  /** Null for one who has none yet. */
  password?: string | null
}

/** The room behind a real server, with a clock to move. A second instance on the same database is opened with `again`. */
export interface Scene extends World {
  people: People
  app: FastifyInstance
  ask(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, how?: Ask): Promise<LightMyRequestResponse>
  agent(words?: NewAgent): Promise<Agent>
  token(...roles: Role[]): Promise<string>
  signedIn(agent: Agent, password?: string): Promise<string>
  again(): Promise<Scene>
  facts(kind: string): Promise<{ subject: string | null; data: unknown }[]>
  barred: Record<string, string[]>
}

let counter = 0
export const nextAddress = () => `10.${(counter += 1) >> 16}.${(counter >> 8) & 255}.${counter & 255}`

export interface SceneOptions {
  oidc?: OidcOptions
  publicUrl?: string
  world?: World
}

export async function openScene(options: SceneOptions = {}): Promise<Scene> {
  const world = options.world ?? await openWorld()
  const { publicUrl = 'http://localhost:3000', oidc = null } = options
  const perform = performer(world.db, world.clock, () => {})
  const barred: Record<string, string[]> = {}
  const people = await openPeople({
    db: world.db, perform, secretKey: 'the key of this installation', publicUrl, oidc, clock: world.clock, walls: { barredFor: async (_db, { teamId }) => barred[teamId ?? ''] ?? [] },
  })
  const may = authorisation(platformPolicy, peoplePolicy)
  const permissions = (actor: Actor) => Object.keys(peoplePolicy).filter((permission) => may(actor, permission))
  const app = await buildServer({
    routes: peopleRoutes(people, { permissions, undoSendSeconds: 10 }), publicUrl, logger: openLogger('silent'), ground: { db: world.db, perform, may, authenticate: people.authenticate },
  })
  const ask: Scene['ask'] = (method, url, { cookie, token, body, headers = {}, address = nextAddress() } = {}) => app.inject({
    method, url: `/api/v1${url}`, remoteAddress: address,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(cookie ? { cookie: `${SESSION_COOKIE}=${cookie}`, 'x-requested-with': 'meridian' } : {}), ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return {
    ...world, perform, people, app, ask, barred,
    agent: async ({ name = 'Ana Ruiz', email = `agent${counter += 1}@example.com`, roles = ['agent'], password = PASSWORD }: NewAgent = {}) => {
      const hash = password === null ? null : await people.passwords.hash(password)
      return perform(somebody, async (work) => {
        const agent = await createAgent(work, { name, email, roles })
        if (hash !== null) await savePassword(work.tx, agent.id, hash, work.at)
        return agent
      })
    },
    token: async (...roles: Role[]) => (await perform(somebody, (work) => createToken(work, { name: roles.join('+'), roles }))).secret,
    signedIn: async (agent, password = PASSWORD) => cookieOf(await ask('POST', '/sign-ins', { body: { email: agent.email, password } })),
    again: () => openScene({ ...options, world }),
    facts: (kind) => world.db.selectFrom('event').select(['subject', 'data']).where('kind', '=', kind).orderBy('id').execute(),
    close: async () => {
      await app.close()
      await world.close()
    },
  }
}

/** The secret that an answer put into the session cookie. @throws when it put none. */
export function cookieOf(answer: LightMyRequestResponse): string {
  const found = answer.cookies.find(({ name }) => name === SESSION_COOKIE)
  if (!found?.value) throw new Error(`no session cookie in ${answer.statusCode} ${answer.body}`)
  return found.value
}

/** Holds rows until everything begun meanwhile waits for them (or half a second has gone), so that what happens at once really does. */
export async function atOnce<T>(scene: Scene, rows: RawBuilder<unknown>, begin: () => Promise<T>[]): Promise<T[]> {
  const begun = await scene.db.transaction().execute(async (tx) => {
    await rows.execute(tx)
    const tasks = begin()
    for (let tries = 0; tries < 50 && await waiting(scene) < tasks.length; tries++) await sleep(10)
    return { tasks }
  })
  return Promise.all(begun.tasks)
}

async function waiting({ db }: Scene): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
  return rows[0]?.count ?? 0
}

/** Everything that stands in the tables as text, bytes letter by letter: to see that a secret is nowhere in it. */
export async function dump({ db }: Scene, ...tables: string[]): Promise<string> {
  const parts: string[] = []
  for (const table of tables) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(db)
    for (const value of rows.flatMap((row) => Object.values(row))) parts.push(Buffer.isBuffer(value) ? value.toString('latin1') : JSON.stringify(value))
  }
  return parts.join('\n')
}
