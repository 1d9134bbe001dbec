import { change, decodeCursor, refuse as refuseAnything, Instant, Nothing, Nullable, PageOf, PageQuery, pageOf, raw, read, strict, Uuid, type Actor, type ApiOf, type Db } from '#platform'
import { Type } from 'typebox'
import { compose, type ComposeOptions } from './compose.ts'
import { releaseHold, retryMail, settleByHand } from './decide.ts'
import { mailStates, type MailState } from './model.ts'
import { refuse } from './refusals.ts'
import type { SettleOptions } from './settle.ts'
import { findMail, listHolds, listMails, type MailFilter, type OutgoingMail } from './store.ts'
import { readMail } from './view.ts'

const Person = Type.Object({ address: Type.String(), name: Type.String() })
const MailView = Type.Object({
  id: Uuid, messageId: Uuid, caseNumber: Type.Integer(), internetId: Type.String(), subject: Type.String(), from: Person, to: Type.Array(Person), cc: Type.Array(Person),
  state: Type.Enum([...mailStates]), local: Type.Boolean(), createdAt: Instant, notBefore: Instant, sentAt: Nullable(Instant), nextAt: Nullable(Instant),
  attempts: Type.Integer(), problem: Nullable(Type.String()), response: Nullable(Type.String()),
  recipients: Type.Array(Type.Object({ address: Type.String(), outcome: Type.Union([Type.Literal('accepted'), Type.Literal('refused')]), response: Type.String() })),
})
const FullMailView = Type.Intersect([MailView, Type.Object({
  headers: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })), text: Type.String(), html: Nullable(Type.String()),
  attachments: Type.Array(Type.Object({ name: Type.String(), type: Type.String(), size: Type.Integer() })),
})])
const HoldView = Type.Object({ address: Type.String(), heldAt: Instant, status: Nullable(Type.String()), diagnostic: Nullable(Type.String()), caseNumber: Nullable(Type.Integer()) })
const MailId = Type.Object({ id: Uuid })
const States = Type.String({ pattern: `^(?:${mailStates.join('|')})(?:,(?:${mailStates.join('|')}))*$` })

const present = (mail: OutgoingMail) => ({
  id: mail.id, messageId: mail.messageId, caseNumber: mail.caseNumber, internetId: mail.internetId, subject: mail.letter.subject, from: mail.letter.from, to: mail.letter.to,
  cc: mail.letter.cc, state: mail.state, local: mail.local, createdAt: mail.createdAt, notBefore: mail.notBefore, sentAt: mail.sentAt, nextAt: mail.nextAt, attempts: mail.attempts,
  problem: mail.problem, response: mail.response, recipients: mail.answers,
})

const statesIn = (text: string | undefined): MailState[] | undefined => text?.split(',').flatMap((word) => mailStates.find((state) => state === word) ?? [])

async function page(db: Db, filter: MailFilter, query: { limit?: number; cursor?: string }) {
  const limit = query.limit ?? 50
  const [at, id] = query.cursor ? decodeCursor(query.cursor, 2) : []
  const mails = await listMails(db, filter, at !== undefined && id !== undefined ? { at: instant(at), id: uuid(id) } : null, limit + 1)
  const { items, nextCursor } = pageOf(mails, limit, (mail) => [mail.createdAt.toISOString(), mail.id])
  return { items: items.map(present), nextCursor }
}

const instant = (value: string | number): string => {
  const time = new Date(value).getTime()
  if (Number.isNaN(time)) throw refuseAnything('cursor.invalid')
  return new Date(time).toISOString()
}
const uuid = (value: string | number): string => {
  if (!/^[0-9a-f-]{36}$/.test(String(value))) throw refuseAnything('cursor.invalid')
  return String(value)
}

/** A mail of a case behind a wall is, for those outside, not there. */
async function visible(db: Db, actor: Actor, id: string): Promise<OutgoingMail> {
  const mail = await findMail(db, id)
  if (!mail || actor.barred.includes(mail.space)) throw refuse('outgoingMail.notFound')
  return mail
}

export const outgoingRoutes = (options: SettleOptions & ComposeOptions) => ({
  'GET /api/v1/outbox': read({
    summary: 'Outgoing mails, newest first; without SMTP_URL all of them stay here, marked as local', permission: 'outbox.read', tags: ['mail'],
    query: Type.Object({ ...PageQuery, q: Type.Optional(Type.String({ maxLength: 254 })), local: Type.Optional(Type.Boolean()), state: Type.Optional(States) }, strict), answer: PageOf(MailView),
    handle: ({ db, actor, query }) => {
      const states = statesIn(query.state)
      return page(db, { barred: actor.barred, ...(states ? { states } : {}), ...(query.q ? { search: query.q } : {}), ...(query.local !== undefined ? { local: query.local } : {}) }, query)
    },
  }),
  'GET /api/v1/outbox/:id': read({
    summary: 'One outgoing mail, read back from its bytes', permission: 'outbox.read', tags: ['mail'], params: MailId, answer: FullMailView,
    handle: async ({ db, actor, params }) => {
      const mail = await visible(db, actor, params.id)
      return { ...present(mail), ...(await readMail(await compose(mail.letter, options))) }
    },
  }),
  'GET /api/v1/outbox/:id/source': raw({
    summary: 'One outgoing mail as it goes over the wire', permission: 'outbox.read', tags: ['mail'], params: MailId, produces: 'message/rfc822',
    handle: async ({ db, actor, params, reply }) => {
      const mail = await visible(db, actor, params.id)
      return reply.headers({
        'content-type': 'message/rfc822', 'content-disposition': `attachment; filename="case-${mail.caseNumber}.eml"`, 'x-content-type-options': 'nosniff', 'cache-control': 'no-store',
        'content-security-policy': `default-src 'none'; sandbox`,
      }).send(await compose(mail.letter, options))
    },
  }),
  'GET /api/v1/outgoing-mails': read({
    summary: 'Outgoing mails by what became of them', permission: 'outbox.read', tags: ['mail'], query: Type.Object({ ...PageQuery, state: Type.Optional(States) }, strict), answer: PageOf(MailView),
    handle: ({ db, actor, query }) => page(db, { barred: actor.barred, states: statesIn(query.state) ?? ['uncertain', 'failed'] }, query),
  }),
  'POST /api/v1/outgoing-mails/:id/retries': change({
    summary: 'Try to send a mail again, under the same Message-ID', permission: 'outgoingMail.retry', tags: ['mail'], params: MailId, answer: MailView,
    handle: async ({ work, params }) => present(await retryMail(work, params.id)),
  }),
  'POST /api/v1/outgoing-mails/:id/settlements': change({
    summary: 'Say what became of an uncertain mail', permission: 'outgoingMail.retry', tags: ['mail'], params: MailId,
    body: Type.Object({ outcome: Type.Union([Type.Literal('sent'), Type.Literal('failed')]) }, strict), answer: MailView,
    handle: async ({ work, params, body }) => present(await settleByHand(work, options, params.id, body.outcome)),
  }),
  'GET /api/v1/address-holds': read({
    summary: 'Addresses to which no mail goes because it came back', permission: 'addressHold.read', tags: ['mail'], query: Type.Object(PageQuery, strict), answer: PageOf(HoldView),
    handle: async ({ db, actor, query }) => {
      const limit = query.limit ?? 50
      const [at, address] = query.cursor ? decodeCursor(query.cursor, 2) : []
      const holds = await listHolds(db, actor.barred, at !== undefined ? { at: instant(at), address: String(address) } : null, limit + 1)
      return pageOf(holds, limit, (hold) => [hold.heldAt.toISOString(), hold.address])
    },
  }),
  'DELETE /api/v1/address-holds/:address': change({
    summary: 'Release an address, so that mail goes to it again', permission: 'addressHold.release', tags: ['mail'],
    params: Type.Object({ address: Type.String({ minLength: 3, maxLength: 254 }) }), answer: Nothing,
    handle: async ({ work, params }) => { await releaseHold(work, params.address); return {} },
  }),
})
export type OutgoingApi = ApiOf<typeof outgoingRoutes>
