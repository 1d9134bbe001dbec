import { Type, type Static } from 'typebox'
import { change, Instant, Line, Nothing, Nullable, read, strict, Uuid, Version, type Work } from '#platform'
import { refuse } from '../../refusals.ts'
import type { Mailboxes } from './directory.ts'
import { imapSecurities, type Mailbox } from './model.ts'
import { probeMailbox } from './probe.ts'
import type { Secrets } from './secret.ts'
import { archiveMailbox, changeMailbox, createMailbox, type ImapCommand } from './service.ts'
import { findMailbox, listMailboxes } from './store.ts'

const Address = Type.String({ pattern: '^[^\\s@<>,;"()+]+@[^\\s@<>,;"()]+$', maxLength: 254 })
const Port = Type.Integer({ minimum: 1, maximum: 65_535 })
const Security = Type.Enum([...imapSecurities])
const Folder = Type.String({ minLength: 1, maxLength: 255, pattern: '^[^\\u0000-\\u001f\\u007f]+$' })
const ImapBody = Type.Object({
  host: Line(255), port: Type.Optional(Port), security: Type.Optional(Security), user: Line(255), password: Type.Optional(Line(1_000)), folder: Type.Optional(Folder),
  markSeen: Type.Optional(Type.Boolean()),
}, strict)
const mailboxFields = {
  name: Type.Optional(Line(200, 0)), queueId: Type.Optional(Nullable(Uuid)), standard: Type.Optional(Type.Boolean()), imap: Type.Optional(Nullable(ImapBody)),
}
const MailboxView = Type.Object({
  id: Uuid, address: Type.String(), name: Type.String(), queueId: Nullable(Uuid), standard: Type.Boolean(), demo: Type.Boolean(), version: Version,
  imap: Nullable(Type.Object({ host: Type.String(), port: Port, security: Security, user: Type.String(), folder: Type.String(), markSeen: Type.Boolean() })), imapStatus: Nullable(Type.Object({ state: Type.Enum(['connected', 'failed']), at: Instant, problem: Nullable(Type.String()) })),
})
const ProbeView = Type.Object({ works: Type.Boolean(), problem: Nullable(Type.String()), says: Type.String() })
const MailboxId = Type.Object({ id: Uuid })

const presentMailbox = ({ madeByProgram: _, imapStatus, ...mailbox }: Mailbox) => ({ ...mailbox, imapStatus: imapStatus && { ...imapStatus, at: new Date(imapStatus.at) } })

const PORTS = { tls: 993, starttls: 143, none: 143 } as const

/** What most servers mean when nothing is said. */
function completeImap(imap: Static<typeof ImapBody> | null): ImapCommand | null {
  if (!imap) return null
  const security = imap.security ?? 'tls'
  return { folder: 'INBOX', markSeen: true, ...imap, security, port: imap.port ?? PORTS[security] }
}

export interface MailboxRoutesParts {
  mailboxes: Mailboxes
  secrets: Secrets
  smtpUrl: string | null
  /** Called when a mailbox's settings are durable: its IMAP connection is made anew. */
  changed(): void
}

export const mailboxRoutes = ({ mailboxes, secrets, smtpUrl, changed }: MailboxRoutesParts) => {
  const afterwards = (work: Work) => work.afterCommit(() => {
    mailboxes.forget()
    changed()
  })
  return {
    'GET /api/v1/mailboxes': read({
      summary: 'The addresses that customers write to', permission: 'mailbox.read', tags: ['mail'],
      answer: Type.Object({ items: Type.Array(MailboxView), nextCursor: Type.Null() }),
      handle: async ({ db }) => ({ items: (await listMailboxes(db)).map(presentMailbox), nextCursor: null }),
    }),
    'GET /api/v1/mailboxes/:id': read({
      summary: 'One mailbox', permission: 'mailbox.read', tags: ['mail'], params: MailboxId, answer: MailboxView,
      handle: async ({ db, params, answer }) => {
        const mailbox = await findMailbox(db, params.id)
        if (!mailbox) throw refuse('mailbox.notFound')
        answer.etag(mailbox.version)
        return presentMailbox(mailbox)
      },
    }),
    'POST /api/v1/mailboxes': change({
      summary: 'Set a mailbox up', permission: 'mailbox.change', tags: ['mail'], answer: MailboxView,
      body: Type.Object({ address: Address, ...mailboxFields }, strict),
      handle: async ({ work, body, answer }) => {
        const mailbox = await createMailbox(work, secrets, { name: '', queueId: null, standard: false, ...body, imap: completeImap(body.imap ?? null) })
        afterwards(work)
        answer.etag(mailbox.version)
        return presentMailbox(mailbox)
      },
    }),
    'PATCH /api/v1/mailboxes/:id': change({
      summary: 'Change a mailbox', permission: 'mailbox.change', tags: ['mail'], params: MailboxId, answer: MailboxView,
      body: Type.Object({ address: Type.Optional(Address), ...mailboxFields }, { ...strict, minProperties: 1 }),
      handle: async ({ work, params, body, ifMatch, answer }) => {
        const { imap, ...rest } = body
        const mailbox = await changeMailbox(work, secrets, params.id, imap === undefined ? rest : { ...rest, imap: completeImap(imap) }, ifMatch)
        afterwards(work)
        answer.etag(mailbox.version)
        return presentMailbox(mailbox)
      },
    }),
    'DELETE /api/v1/mailboxes/:id': change({
      summary: 'Put a mailbox away; mail to its address is refused from then on', permission: 'mailbox.change', tags: ['mail'], params: MailboxId, answer: Nothing,
      handle: async ({ work, params }) => {
        await archiveMailbox(work, params.id)
        afterwards(work)
        return {}
      },
    }),
    // A test changes nothing and talks to the network, so it stands outside of any unit of work.
    'POST /api/v1/mailboxes/:id/tests': read({
      summary: 'Really connect: sign in over IMAP, ask the sending server', permission: 'mailbox.change', tags: ['mail'], params: MailboxId,
      answer: Type.Object({ imap: Nullable(ProbeView), smtp: ProbeView }),
      handle: ({ db, params }) => probeMailbox(db, secrets, smtpUrl, params.id),
    }),
  }
}
