import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  authorisation, buildServer, filesOnDisk, newId, openLogger, platformPolicy, system, type Actor, type Db, type JobTools, type Person, type Role, type Whereabouts,
  type Work,
} from '#platform'
import { openWorld } from '../../../test/support/world.ts'
import { createCase, type NewCaseWords } from '../cases/create.ts'
import { receiveMessage, type IncomingMessage } from '../messages/receive.ts'
import { deskPolicy } from '../policy.ts'
import type { Delivery, OutgoingMessage } from '../ports.ts'
import { recaller } from '../replies/recall.ts'
import { replier } from '../replies/service.ts'
import { deskRoutes, type DeskParts } from '../routes.ts'
import { walledFrom } from '../queues/store.ts'

/** A desk on a database of its own, with a wire on which every mail that leaves is noted. */

export const robot = system('test')
export const CARD = '4242 4242 4242 4242'

export interface NotingDelivery extends Delivery {
  sent: OutgoingMessage[]
  /** Messages that a server has taken: they cannot be taken back any more. */
  gone: Set<string>
}

function notingDelivery(): NotingDelivery {
  const [sent, gone]: [OutgoingMessage[], Set<string>] = [[], new Set()]
  return {
    sent, gone, internetIdFor: (id) => `<${id}@desk.test>`,
    submit: async (work, outgoing) => work.afterCommit(() => sent.push(outgoing)), recall: async (_work, id) => !gone.has(id),
  }
}

export const mailFrom = (address: string, given: Partial<IncomingMessage> = {}): IncomingMessage => ({
  channel: 'email', mailboxId: null, queueId: null, from: { address, name: '' }, to: [{ address: 'support@desk.test', name: '' }], cc: [], subject: 'Payout missing', text: 'Where is it?',
  quotedText: null, signatureText: null, html: null, internetId: `<${newId()}@mail.test>`, inReplyTo: [], replyTokens: [], subjectTokens: [], automatic: null, maskedCards: 0, rawMailId: null,
  at: new Date('2026-03-02T09:00:00Z'), attachments: [], ...given,
})

/** Who is where, on one instance and without a wire. */
function onePlace(): Whereabouts {
  const places = new Map<string, Person[]>()
  return {
    at: (place) => places.get(place) ?? [], onChange: () => () => {}, stop: () => {},
    say: (place, { id, name }, doing) => void places.set(place, [...(places.get(place) ?? []).filter(({ agent }) => agent !== id), ...(doing === 'gone' ? [] : [{ agent: id, name, doing }])]),
  }
}

/** The desk's routes on a server; an agent's name is the token by which requests are theirs. */
const serve = (parts: DeskParts, db: Db, actors: ReadonlyMap<string, Actor>) => buildServer({
  routes: deskRoutes(parts), publicUrl: 'http://localhost', logger: openLogger('silent'),
  ground: {
    db, perform: parts.perform, may: authorisation(platformPolicy, deskPolicy),
    authenticate: {
      bySession: async () => null,
      byToken: async (token) => {
        const actor = actors.get(token)
        return actor ? { actor: { ...actor, barred: await walledFrom(db, actor) }, sessionId: null } : null
      },
    },
  },
})

export type Scene = Awaited<ReturnType<typeof openScene>>

export async function openScene({ undoSendSeconds = 10 } = {}) {
  const world = await openWorld({ connections: 8 })
  const { db, perform } = world
  const folder = await mkdtemp(join(tmpdir(), 'meridian-desk-'))
  const files = filesOnDisk(folder)
  const delivery = notingDelivery()
  const actors = new Map<string, Actor>()
  const parts: DeskParts = { delivery, undoSendSeconds, files, perform, attachmentBytesMax: 100_000, whereabouts: onePlace(), staffing: { onShift: async (_db, agentIds) => new Set(agentIds) } }
  const run = <T>(actor: Actor, verb: (work: Work) => Promise<T>) => perform(actor, verb)

  return {
    ...world, files, delivery, run, server: () => serve(parts, db, actors),
    reply: replier({ delivery, undoSendSeconds }), recall: recaller(delivery),
    tools: (name: string): JobTools => ({ db, perform, actor: system(name), attempt: 1, attemptsMax: 3, signal: new AbortController().signal }),
    /** A person at a screen. `as` is also the token by which requests of theirs are known. */
    agent: async (as: string, { role = 'agent', teamId = null }: { role?: Role; teamId?: string | null } = {}): Promise<Actor> => {
      const id = newId()
      await db.insertInto('agent').values({ id, name: as, email: `${as.toLowerCase()}.${id}@desk.test`, team_id: teamId }).execute()
      await db.insertInto('agent_role').values({ agent_id: id, role }).execute()
      const actor: Actor = { kind: 'agent', id, name: as, roles: [role], teamId, barred: [] }
      actors.set(as, actor)
      return actor
    },
    team: async (name: string): Promise<string> => {
      const id = newId()
      await db.insertInto('team').values({ id, name }).execute()
      return id
    },
    queue: async (key: string, { walled = false, teams = [] }: { walled?: boolean; teams?: string[] } = {}): Promise<string> => {
      const id = newId()
      await db.insertInto('queue').values({ id, key, name: key, walled }).execute()
      for (const team of teams) await db.insertInto('queue_team').values({ queue_id: id, team_id: team }).execute()
      return id
    },
    open: (given: Partial<NewCaseWords> = {}, actor: Actor = robot) =>
      run(actor, (work) => createCase(work, { subject: 'Payout missing', body: 'Where is it?', customer: { email: 'lee@customer.test', name: 'Lee Chen' }, ...given })),
    receive: (incoming: IncomingMessage) => run(robot, (work) => receiveMessage(work, { ...incoming, at: work.at })),
    row: (number: number) => db.selectFrom('case').selectAll().where('number', '=', number).executeTakeFirstOrThrow(),
    messages: async (number: number) => db.selectFrom('message').innerJoin('case', 'case.id', 'message.case_id').selectAll('message').where('case.number', '=', number).orderBy('place').execute(),
    participants: async (number: number) => db.selectFrom('participant').innerJoin('case', 'case.id', 'participant.case_id').selectAll('participant').where('case.number', '=', number)
      .orderBy('participant.id').execute(),
    /** The kinds of a case's facts, in order. */
    kinds: async (number: number) => (await db.selectFrom('event').select('kind').where('case_number', '=', number).orderBy('id').execute()).map(({ kind }) => kind),
    facts: async (number: number) => (await db.selectFrom('event').select(['kind', 'data']).where('case_number', '=', number).orderBy('id').execute()),
    close: async () => {
      await world.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The code with which something was refused; fails when it was not. */
export async function refusal(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
    throw error
  }
  throw new Error('it was not refused')
}
