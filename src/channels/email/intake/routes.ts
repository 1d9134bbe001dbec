import { Type } from 'typebox'
import { change, Instant, Nullable, PageOf, PageQuery, raw, read, refuse as refuseAnything, strict, Uuid, type Db } from '#platform'
import { refuse } from '../../refusals.ts'
import type { Mailboxes } from '../mailboxes/directory.ts'
import { mailboxFor } from '../mailboxes/model.ts'
import { prepare, type Gate } from './accept.ts'
import { readHead } from '../mime/fields.ts'
import { segmentsOf } from '../mime/words.ts'
import { rawStates, type RawState } from './model.ts'
import { replayMail } from './replay.ts'
import { listRawMails, readContent, type RawMailRow } from './store.ts'

const RawMailView = Type.Object({
  id: Uuid, mailboxId: Nullable(Uuid), way: Type.String(), state: Type.Enum([...rawStates]), receivedAt: Instant, size: Type.Integer(), maskedCards: Type.Integer(),
  envelopeFrom: Nullable(Type.String()), envelopeTo: Type.Array(Type.String()), from: Type.String(), subject: Type.String(),
  became: Nullable(Type.String()), reason: Nullable(Type.String()), case: Nullable(Type.Integer()), error: Nullable(Type.String()),
})
const MailId = Type.Object({ id: Uuid })

const FIELD_LENGTH_MAX = 300

/** A raw mail as the list shows it: sender and subject are read from its first bytes, whether or not the mail could be parsed. */
function presentMail({ head, outcome, caseNumber, ...row }: RawMailRow) {
  const { fields } = readHead(head, 0, head.length)
  const textOf = (name: string) => segmentsOf(fields.find((field) => field.name === name)?.value ?? '').map(({ text }) => text).join('').slice(0, FIELD_LENGTH_MAX)
  const said: Record<string, unknown> = typeof outcome === 'object' && outcome !== null ? { ...outcome } : {}
  const wordOf = (name: string) => (typeof said[name] === 'string' ? said[name] : null)
  return { ...row, from: textOf('from'), subject: textOf('subject'), became: wordOf('became'), reason: wordOf('reason'), case: caseNumber }
}

export interface IntakeRoutesParts {
  gate: Gate
  mailboxes: Mailboxes
  bytesMax: number
}

export const intakeRoutes = ({ gate, mailboxes, bytesMax }: IntakeRoutesParts) => ({
  'POST /api/v1/inbound/mime': raw({
    summary: 'One raw mail (message/rfc822), taken in like over SMTP', permission: 'mail.submit', tags: ['mail'], bodyLimit: bytesMax + 1,
    query: Type.Object({ mailbox: Type.Optional(Type.String({ maxLength: 320 })) }, strict),
    handle: async ({ query, request, reply, actor }) => {
      const address = query.mailbox ?? (await mailboxes.now()).standard?.address ?? ''
      const mailbox = mailboxFor(await mailboxes.sure(), address)
      if (mailbox === undefined) throw refuse('mailbox.notFound')
      const message = await readBody(request.body, bytesMax)
      const [accepted] = await gate.accept(prepare(message, { way: 'http', mailboxIds: [mailbox?.id ?? null], envelopeFrom: null, envelopeTo: () => (address ? [address] : []) }), actor)
      return reply.code(202).header('cache-control', 'no-store').send(accepted)
    },
  }),
  'GET /api/v1/raw-mails': read({
    summary: 'Mails as they came in, newest first', permission: 'rawMail.read', tags: ['mail'], answer: PageOf(RawMailView),
    query: Type.Object({ ...PageQuery, state: Type.Optional(Type.String({ maxLength: 100 })), mailbox: Type.Optional(Uuid), sender: Type.Optional(Type.String({ maxLength: 320 })) }, strict),
    handle: async ({ db, actor, query }) => {
      const page = await listRawMails(db, actor, { state: statesOf(query.state), mailboxId: query.mailbox, sender: query.sender }, query.limit ?? 50, query.cursor ?? null)
      return { items: page.items.map(presentMail), nextCursor: page.nextCursor }
    },
  }),
  'GET /api/v1/raw-mails/:id': read({
    summary: 'One mail as it came in', permission: 'rawMail.read', tags: ['mail'], params: MailId, answer: RawMailView,
    handle: async ({ db, actor, params }) => presentMail(await visibleMail(db, actor, params.id)),
  }),
  'GET /api/v1/raw-mails/:id/content': raw({
    summary: 'The mail itself, card numbers masked, as a file', permission: 'rawMail.read', tags: ['mail'], params: MailId, produces: 'message/rfc822',
    handle: async ({ db, actor, params, reply }) => {
      await visibleMail(db, actor, params.id)
      return reply.headers({
        'content-disposition': `attachment; filename="${params.id}.eml"`, 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store',
        'content-security-policy': `default-src 'none'; sandbox`,
      }).type('message/rfc822').send(await readContent(db, params.id))
    },
  }),
  'POST /api/v1/raw-mails/:id/replays': change({
    summary: 'Read a mail again that failed, was held or was put aside', permission: 'rawMail.replay', tags: ['mail'], params: MailId, answer: Type.Object({ rawMailId: Uuid }),
    handle: async ({ work, params, actor }) => {
      await visibleMail(work.tx, actor, params.id)
      return replayMail(work, params.id)
    },
  }),
})

function statesOf(words: string | undefined): RawState[] | undefined {
  if (!words) return undefined
  return words.split(',').map((word) => rawStates.find((state) => state === word.trim()) ?? refuseState())
}

function refuseState(): never {
  throw refuseAnything('request.invalid', { errors: [{ path: 'querystring/state', code: 'enum' }] })
}

async function visibleMail(db: Db, actor: Parameters<typeof listRawMails>[1], id: string): Promise<RawMailRow> {
  const { items: [found] } = await listRawMails(db, actor, { id }, 1, null)
  if (!found) throw refuse('rawMail.notFound')
  return found
}

/** The request's body, kept within the limit while it streams. */
async function readBody(body: unknown, bytesMax: number): Promise<Buffer> {
  if (!isStream(body)) throw refuseAnything('request.unsupportedType')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > bytesMax) throw refuseAnything('request.tooLarge', { bytesMax })
    chunks.push(chunk)
  }
  if (size === 0) throw refuse('mail.empty')
  return Buffer.concat(chunks)
}

const isStream = (body: unknown): body is AsyncIterable<Buffer> => typeof body === 'object' && body !== null && Symbol.asyncIterator in body
