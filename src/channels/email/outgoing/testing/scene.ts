import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { authorisation, filesOnDisk, newId, platformPolicy, system, type Actor, type Db, type JobTools, type Work } from '#platform'
import { runSql } from '../../../../../test/support/cluster.ts'
import { openWorld } from '../../../../../test/support/world.ts'
import { openOutgoing, outgoingPolicy, type Outgoing, type OutgoingOptions } from '../index.ts'
import type { OutgoingMessage } from '../model.ts'

/** A database with one case, mail out on it, and a desk that notes what it is told. */

export const agent: Actor = { kind: 'agent', id: '01900000-0000-7000-8000-00000000a9e7', name: 'Ana Ruiz', roles: ['agent'], teamId: null, barred: [] }
export const lead: Actor = { ...agent, id: '01900000-0000-7000-8000-0000000001ea', roles: ['lead'] }
export const may = authorisation(platformPolicy, outgoingPolicy)

/** What a desk does at the least: the message shows what became of it. */
export const settleMessage = async (work: Work, { messageId, outcome }: { messageId: string; outcome: string }) => {
  await work.tx.updateTable('message').set({ delivery: outcome }).where('id', '=', messageId).execute()
}

export type Scene = Awaited<ReturnType<typeof openScene>>

async function seed(db: Db, at: Date) {
  const [queueId, customerId, caseId] = [newId(), newId(), newId()]
  await db.insertInto('queue').values({ id: queueId, key: 'payments', name: 'Payments' }).execute()
  await db.insertInto('customer').values({ id: customerId, name: 'Lee Chen' }).execute()
  const { number } = await db.insertInto('case').values({
    id: caseId, subject: 'Payout of 4 Nov', channel: 'email', queue_id: queueId, customer_id: customerId, opened_at: at, updated_at: at, status_at: at, last_message_at: at,
  }).returning('number').executeTakeFirstOrThrow()
  await db.insertInto('mailbox').values({ id: newId(), address: 'help@example.com', name: 'Help', standard: true }).execute()
  return { queueId, caseId, caseNumber: number }
}

/** The job library guards its tables by row; the program's role passes. Does nothing once the migration itself says so. */
const openJobTables = (ownerUrl: string) => runSql(ownerUrl, `do $$ declare t text; begin
  for t in select c.relname from pg_class c where c.relnamespace = 'graphile_worker'::regnamespace and c.relrowsecurity
    and not exists (select from pg_policy p where p.polrelid = c.oid) loop
    execute format('alter table graphile_worker.%I disable row level security', t);
  end loop; end $$`)

export async function openScene({ start }: { start?: Date } = {}) {
  const world = await openWorld({ connections: 10, ...(start ? { start } : {}) })
  const { db, perform, clock, ownerUrl } = world
  await openJobTables(ownerUrl)
  const folder = await mkdtemp(join(tmpdir(), 'meridian-outgoing-'))
  const files = filesOnDisk(folder)
  const settled: { messageId: string; outcome: string; detail?: Record<string, unknown> }[] = []
  const { queueId, caseId, caseNumber } = await seed(db, clock.now())

  const open = (options: Partial<OutgoingOptions> = {}): Outgoing => openOutgoing({
    may, files, mailDomain: 'mail.example.com', smtpUrl: null,
    settleDelivery: async (work, given) => { settled.push(given); await settleMessage(work, given) },
    patience: { pauseSeconds: 60, pauseSecondsMax: 600, attemptsMax: 4, doubtsMax: 3 }, times: { connectMs: 2_000, silenceMs: 1_500 }, ...options,
  })
  const tools = (): JobTools => ({ db, perform, actor: system('email.send'), attempt: 1, attemptsMax: 12, signal: new AbortController().signal })

  return {
    db, perform, clock, files, folder, settled, queueId, caseId, caseNumber, ownerUrl, open, tools,
    /** Writes a reply and submits it, as the desk does. */
    reply: async (outgoing: Outgoing, given: Partial<OutgoingMessage> = {}, actor = agent): Promise<{ messageId: string; internetId: string; id: string }> => {
      const messageId = newId()
      const internetId = outgoing.delivery.internetIdFor(messageId)
      await perform(actor, async (work) => {
        await work.tx.insertInto('message').values({
          id: messageId, case_id: caseId, direction: 'out', visibility: 'public', author_kind: 'agent', text: given.text ?? 'Hello', at: work.at, channel: 'email', internet_id: internetId, delivery: 'waiting',
        }).execute()
        await outgoing.delivery.submit(work, {
          messageId, caseNumber, mailboxId: null, internetId, subject: 'Re: Payout of 4 Nov', text: 'Hello Lee,\n\nit is on its way.', fromName: actor.name,
          to: [{ address: 'lee@customer.example', name: 'Lee Chen' }], cc: [], replyToken: 'k3f9x7m2q8w5', inReplyTo: '<first@customer.example>', references: ['<first@customer.example>'],
          attachments: [], notBefore: work.at, ...given,
        })
      })
      const { id } = await db.selectFrom('outgoing_mail').select('id').where('message_id', '=', messageId).executeTakeFirstOrThrow()
      return { messageId, internetId, id }
    },
    send: (outgoing: Outgoing, id: string): Promise<void> => outgoing.jobs['email.send']!({ mail: id }, tools()),
    mail: (id: string) => db.selectFrom('outgoing_mail').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    /** The kinds of the facts about one mail (or of all), in order. */
    facts: async (id?: string) => {
      const rows = await db.selectFrom('event').select(['kind', 'subject']).where('room', '=', 'channels').orderBy('id').execute()
      return rows.filter(({ subject }) => id === undefined || subject === `outgoingMail:${id}`).map(({ kind }) => kind)
    },
    close: async () => {
      await world.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
