import { changeCase, createCase, deskRoutes, deskPolicy, handOver, receiveMessage, removeCase, replier, walledFrom, type CaseChange, type Delivery, type IncomingMessage, type NewCaseWords, type NewReply } from '#desk'
import { peoplePolicy } from '#people'
import { authorisation, buildServer, enrol, filesOnDisk, followOnce, newId, openLogger, platformPolicy, sealAll, system, type Actor, type Role, type Work } from '#platform'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openWorld, type World } from '../../../test/support/world.ts'
import { measuring } from '../measuring/follower.ts'
import { insightsPolicy } from '../policy.ts'
import { insightsRoutes } from '../routes.ts'

/** A desk whose work is measured: its verbs, the follower, and the routes on a server. */

const robot = system('test')
const delivery: Delivery = { internetIdFor: (id) => `<${id}@desk.test>`, submit: async () => {}, recall: async () => true }
const nobodyAnywhere = { at: () => [], onChange: () => () => {}, stop: () => {}, say: () => {} }

export const mail = (address: string, given: Partial<IncomingMessage> = {}): IncomingMessage => ({
  channel: 'email', mailboxId: null, queueId: null, from: { address, name: '' }, to: [{ address: 'support@desk.test', name: '' }], cc: [], subject: 'Payout missing', text: 'Where is it?', quotedText: null,
  signatureText: null, html: null, internetId: `<${newId()}@mail.test>`, inReplyTo: [], replyTokens: [], subjectTokens: [], automatic: null, maskedCards: 0, rawMailId: null, at: new Date(), attachments: [], ...given,
})

export type Scene = Awaited<ReturnType<typeof openScene>>

export async function openScene(start = '2026-03-02T09:00:00Z') {
  const world = await openWorld({ connections: 8, start })
  const folder = mkdtempSync(join(tmpdir(), 'meridian-insights-'))
  const actors = new Map<string, Actor>()
  await enrol(world.db, measuring.name)
  return {
    ...world, ...setUp(world, actors), ...deeds(world, folder), ...screens(world, actors),
    run: <T>(actor: Actor, verb: (work: Work) => Promise<T>) => world.perform(actor, verb),
    /** Lets the follower see everything that was told. */
    follow: async () => {
      await sealAll(world.db)
      while ((await followOnce(world.perform, measuring)) > 0);
    },
    moments: () => world.db.selectFrom('measured').selectAll().orderBy('case_number').orderBy('moment').orderBy('turn').execute(),
    spans: () => world.db.selectFrom('measured_backlog').selectAll().orderBy('case_number').orderBy('turn').execute(),
    close: async () => {
      await world.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** People and places. */
const setUp = ({ db }: World, actors: Map<string, Actor>) => ({
  agent: async (name: string, { role = 'agent', teamId = null }: { role?: Role; teamId?: string | null } = {}): Promise<Actor> => {
    const id = newId()
    await db.insertInto('agent').values({ id, name, email: `${id}@desk.test`, team_id: teamId }).execute()
    await db.insertInto('agent_role').values({ agent_id: id, role }).execute()
    const actor: Actor = { kind: 'agent', id, name, roles: [role], teamId, barred: [] }
    actors.set(name, actor)
    return actor
  },
  site: async (name: string, timeZone: string): Promise<string> => {
    const id = newId()
    await db.insertInto('site').values({ id, name, time_zone: timeZone, country: 'IE' }).execute()
    return id
  },
  team: async (name: string, siteId: string | null = null): Promise<string> => {
    const id = newId()
    await db.insertInto('team').values({ id, name, site_id: siteId }).execute()
    return id
  },
  queue: async (key: string, teams: string[] | null = null): Promise<string> => {
    const id = newId()
    await db.insertInto('queue').values({ id, key, name: key, walled: teams !== null }).execute()
    for (const team of teams ?? []) await db.insertInto('queue_team').values({ queue_id: id, team_id: team }).execute()
    return id
  },
})

/** What customers and agents do, by the desk's own verbs. */
function deeds({ db, perform }: World, folder: string) {
  const reply = replier({ delivery, undoSendSeconds: 10 })
  const desk = deskRoutes({ delivery, undoSendSeconds: 10, files: filesOnDisk(folder), perform, attachmentBytesMax: 100_000, whereabouts: nobodyAnywhere, staffing: { onShift: async (_db, ids) => new Set(ids) } })
  const nothing = { status: () => {}, etag: () => {}, header: () => {} }
  return {
    open: async (given: Partial<NewCaseWords> = {}) => (await perform(robot, (work) => createCase(work, { subject: 'Payout missing', body: 'Where is it?', customer: { email: 'lee@customer.test' }, ...given }))).number,
    /** The customer of a case writes again. */
    write: async (number: number, given: Partial<IncomingMessage> = {}) => {
      const part = await db.selectFrom('participant').innerJoin('case', 'case.id', 'participant.case_id').select(['address', 'reply_token']).where('case.number', '=', number).where('role', '=', 'customer').executeTakeFirstOrThrow()
      return perform(robot, (work) => receiveMessage(work, mail(part.address, { replyTokens: [part.reply_token], at: work.at, ...given })))
    },
    reply: (actor: Actor, number: number, given: Partial<NewReply> = {}) => perform(actor, (work) => reply(work, number, { body: 'Hello', visibility: 'public', ...given })),
    recall: (actor: Actor, number: number, id: string) => perform(actor, async (work) => {
      await desk['DELETE /api/v1/cases/:number/replies/:id'].handle({ work, actor, signedIn: actor, address: '', browser: '', sessionId: null, params: { number, id }, query: {}, body: {}, ifMatch: null, answer: nothing })
    }),
    change: (actor: Actor, number: number, change: CaseChange) => perform(actor, (work) => changeCase(work, number, change)),
    handOver: (actor: Actor, number: number, agent: string) => perform(actor, (work) => handOver(work, number, { to: { agent }, note: 'Please' })),
    remove: (actor: Actor, number: number, as: 'spam' | 'trash') => perform(actor, (work) => removeCase(work, number, as)),
  }
}

type Listener = (place: string, people: { agent: string; name: string; doing: 'viewing' | 'writing' }[]) => void

/** The routes on a server, and who has which case on the screen. */
function screens({ db, perform, clock }: World, actors: ReadonlyMap<string, Actor>) {
  const listeners: Listener[] = []
  const may = authorisation(platformPolicy, peoplePolicy, deskPolicy, insightsPolicy)
  const byToken = async (token: string) => {
    const actor = actors.get(token)
    return actor ? { actor: { ...actor, barred: await walledFrom(db, actor) }, sessionId: null } : null
  }
  return {
    look: (agent: Actor, number: number, doing: 'viewing' | 'writing' = 'viewing') => listeners.forEach((listener) => listener(`case:${number}`, [{ agent: agent.id, name: agent.name, doing }])),
    /** An agent's name is the token by which requests are theirs. */
    server: () => buildServer({
      routes: insightsRoutes({ db, may, now: () => clock.now(), whereabouts: { onChange: (listener) => { listeners.push(listener); return () => {} } } }), publicUrl: 'http://localhost', logger: openLogger('silent'),
      ground: { db, perform, may, authenticate: { bySession: async () => null, byToken } },
    }),
  }
}
