import { Type, type Static } from 'typebox'
import { AnyRecord, Instant, Line, Nullable, PageQuery, Prose, strict, Uuid, Version } from '#platform'
import { sorts } from '../lists/model.ts'
import { ShownPromiseView } from '../sla/views.ts'
import { kinds, priorities, statuses } from './model.ts'

/** The desk's words on the wire. */

export const StatusWord = Type.Enum([...statuses])
export const PriorityWord = Type.Enum([...priorities])
export const KindWord = Type.Enum([...kinds])
export const CaseNumber = Type.Integer({ minimum: 1, maximum: 9_007_199_254_740_991 })
export const Named = Type.Object({ id: Uuid, name: Type.String() })
export const Address = Type.String({ minLength: 3, maxLength: 320 })

export const CaseSummary = Type.Object({
  id: Uuid, number: CaseNumber, subject: Type.String(), status: StatusWord, priority: PriorityWord, kind: KindWord, channel: Type.String(),
  queue: Type.Object({ id: Uuid, key: Type.String(), name: Type.String() }), team: Nullable(Named), assignee: Nullable(Named),
  customer: Type.Object({ id: Uuid, name: Type.String(), email: Nullable(Type.String()) }),
  account: Nullable(Type.Object({ id: Uuid, name: Type.String(), segment: Type.String() })),
  topic: Nullable(Type.Object({ key: Type.String(), title: Type.String() })), tags: Type.Array(Type.String()), snippet: Type.String(),
  openedAt: Instant, updatedAt: Instant, lastMessageAt: Instant, waitingSince: Nullable(Instant), solvedAt: Nullable(Instant), dueAt: Nullable(Instant), sla: Nullable(ShownPromiseView),
  removed: Nullable(Type.Enum(['spam', 'trash'])), suggestions: Type.Integer(),
  /** Put off; `until` is null while it waits for its customer alone. */
  snoozed: Nullable(Type.Object({ until: Nullable(Instant), by: Nullable(Named), at: Instant, reason: Nullable(Type.String()) })),
  /** Something was written since the reader last looked. */
  unread: Type.Boolean(), version: Version,
})
export type CaseSummary = Static<typeof CaseSummary>

const Linked = Type.Object({ number: CaseNumber, subject: Type.String(), status: StatusWord, as: Type.String() })

export const CaseView = Type.Object({
  ...CaseSummary.properties,
  participants: Type.Array(Type.Object({ customerId: Uuid, name: Type.String(), address: Type.String(), role: Type.Enum(['customer', 'cc']) })),
  links: Type.Array(Linked), firstRepliedAt: Nullable(Instant), closedAt: Nullable(Instant), reopens: Type.Integer(), replies: Type.Integer(),
  mailboxId: Nullable(Uuid),
  /** The case that shows this one's messages since they were merged. */
  mergedInto: Nullable(Type.Object({ number: CaseNumber, subject: Type.String() })),
  /** The cases that are merged into this one. */
  merges: Type.Array(Type.Object({ number: CaseNumber, subject: Type.String(), at: Instant })),
  /** The problem that this one is an incident of. */
  parent: Nullable(Type.Object({ number: CaseNumber, subject: Type.String(), status: StatusWord })),
  incidents: Type.Object({ all: Type.Integer(), unsolved: Type.Integer() }),
  /** Side conversations that are not done. */
  sides: Type.Integer(),
  /** The newest message that the reader has seen, as they last said. */
  seenMessageId: Nullable(Uuid), choices: Type.Array(StatusWord),
})
export type CaseView = Static<typeof CaseView>

export const AttachmentView = Type.Object({ id: Uuid, name: Type.String(), type: Type.String(), size: Type.Integer(), inline: Type.Boolean() })

export const MessageView = Type.Object({
  id: Uuid, direction: Type.Enum(['in', 'out']), visibility: Type.Enum(['public', 'note']), standing: Type.Enum(['accepted', 'suggested', 'declined']),
  from: Type.Object({ kind: Type.String(), id: Nullable(Uuid), name: Type.String(), address: Nullable(Type.String()) }),
  to: Type.Array(Type.Object({ address: Type.String(), name: Type.String(), kind: Type.Enum(['to', 'cc']) })),
  subject: Type.String(), text: Type.String(), quotedText: Nullable(Type.String()), signatureText: Nullable(Type.String()), html: Nullable(Type.String()),
  at: Instant, channel: Type.String(), messageId: Nullable(Type.String()), joined: Nullable(AnyRecord), automatic: Nullable(Type.String()), maskedCards: Type.Integer(),
  delivery: Nullable(Type.String()), sendAt: Nullable(Instant), rawMailId: Nullable(Uuid),
  /** The number of the case that it came to, which is merged into this one. */
  home: Nullable(Type.Integer()), attachments: Type.Array(AttachmentView),
})
export type MessageView = Static<typeof MessageView>

export const NumberParam = Type.Object({ number: CaseNumber })
export const MessageParams = Type.Object({ number: CaseNumber, id: Uuid })

export const NewCaseBody = Type.Object({
  subject: Line(500), body: Prose(200_000), customer: Type.Object({ email: Address, name: Type.Optional(Line(200, 0)) }, strict),
  queue: Type.Optional(Type.String({ maxLength: 100 })), priority: Type.Optional(PriorityWord), topic: Type.Optional(Type.String({ maxLength: 100 })), kind: Type.Optional(KindWord),
  tags: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 50 })), channel: Type.Optional(Type.Enum(['api', 'form'])),
}, strict)

export const CaseChangeBody = Type.Object({
  subject: Type.Optional(Line(500)), status: Type.Optional(Type.Enum(['open', 'pending', 'on_hold', 'solved', 'closed'])), priority: Type.Optional(PriorityWord), kind: Type.Optional(KindWord),
  queue: Type.Optional(Type.String({ maxLength: 100 })), assignee: Type.Optional(Nullable(Type.String({ maxLength: 100 }))), team: Type.Optional(Nullable(Uuid)),
  topic: Type.Optional(Nullable(Type.String({ maxLength: 100 }))), tags: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 50 })),
}, { ...strict, minProperties: 1 })

export const ReplyBody = Type.Object({
  body: Prose(200_000), visibility: Type.Enum(['public', 'note']), seenMessageId: Type.Optional(Nullable(Uuid)), status: Type.Optional(Type.Enum(['open', 'pending', 'on_hold', 'solved'])),
  cc: Type.Optional(Nullable(Type.Array(Address, { maxItems: 50 }))), attachments: Type.Optional(Type.Array(Uuid, { maxItems: 10 })), mentions: Type.Optional(Type.Array(Uuid, { maxItems: 20 })), teams: Type.Optional(Type.Array(Uuid, { maxItems: 5 })),
}, strict)

const Words = Type.String({ maxLength: 500 })
export const CaseListQuery = Type.Object({
  ...PageQuery, status: Type.Optional(Words), queue: Type.Optional(Words), assignee: Type.Optional(Words), team: Type.Optional(Words), account: Type.Optional(Words),
  customer: Type.Optional(Words), topic: Type.Optional(Words), priority: Type.Optional(Words), tag: Type.Optional(Words), q: Type.Optional(Type.String({ maxLength: 200 })),
  removed: Type.Optional(Type.Enum(['spam', 'trash'])), suggested: Type.Optional(Type.Literal('1')), followUpOf: Type.Optional(CaseNumber),
  sort: Type.Optional(Type.Enum([...sorts])),
  /** A saved view, and a query in the query language; what else is asked narrows them. */
  view: Type.Optional(Uuid), query: Type.Optional(Type.String({ maxLength: 2_000 })),
}, strict)
export type CaseListQuery = Static<typeof CaseListQuery>
