import { Type, type Static } from 'typebox'
import { Instant, Line, Nullable, PageQuery, Prose, strict, Uuid, Version, type Db, type Tx } from '#platform'
import { Address, AttachmentView, CaseNumber } from '../cases/views.ts'
import { deliveries } from '../messages/model.ts'
import { filesOfSides, messagesOfSides } from './messages.ts'
import { sideStatuses } from './model.ts'
import { partiesOf, type Side, type SideOfCase } from './store.ts'

const SideStatusWord = Type.Enum([...sideStatuses])
const PartyView = Type.Object({ address: Type.String(), name: Type.String() })

const brief = {
  id: Uuid, case: CaseNumber, subject: Type.String(), status: SideStatusWord, agent: Nullable(Type.Object({ id: Uuid, name: Type.String() })), openedAt: Instant, lastAt: Instant,
  askedAt: Nullable(Instant), dueAt: Nullable(Instant), overdueAt: Nullable(Instant), version: Version, parties: Type.Array(PartyView),
}

export const SideMessageView = Type.Object({
  id: Uuid, direction: Type.Enum(['in', 'out']), standing: Type.Enum(['accepted', 'suggested', 'declined']), from: Type.Object({ agentId: Nullable(Uuid), name: Type.String(), address: Nullable(Type.String()) }),
  text: Type.String(), quotedText: Nullable(Type.String()), at: Instant, automatic: Nullable(Type.String()), delivery: Nullable(Type.Enum([...deliveries])), sendAt: Nullable(Instant), rawMailId: Nullable(Uuid),
  attachments: Type.Array(AttachmentView),
})
export const SideView = Type.Object({ ...brief, messages: Type.Array(SideMessageView) })
export type SideView = Static<typeof SideView>
export const SideRowView = Type.Object({ ...brief, caseSubject: Type.String() })
export const SideWritten = Type.Object({ side: SideView, messageId: Uuid })
export const SideRecalled = Type.Object({ side: SideView, body: Type.String(), attachments: Type.Array(Uuid) })

const People = Type.Array(Type.Object({ address: Address, name: Type.Optional(Line(200, 0)) }, strict), { maxItems: 20 })
const words = { body: Prose(100_000), attachments: Type.Optional(Type.Array(Uuid, { maxItems: 10 })), dueAt: Type.Optional(Nullable(Type.String({ format: 'date-time' }))) }
export const NewSideBody = Type.Object({ to: People, subject: Line(500), quote: Type.Optional(Nullable(Uuid)), hold: Type.Optional(Type.Boolean()), ...words }, strict)
export const SideMessageBody = Type.Object({ add: Type.Optional(People), seenMessageId: Type.Optional(Nullable(Uuid)), ...words }, strict)
export const SideChangeBody = Type.Object({ status: Type.Optional(SideStatusWord), dueAt: words.dueAt }, { ...strict, minProperties: 1 })
export const SidesQuery = Type.Object({ ...PageQuery, status: Type.Optional(Type.Enum(['open', 'waiting'])), overdue: Type.Optional(Type.Literal('1')), mine: Type.Optional(Type.Literal('1')) }, strict)

export const PartnerView = Type.Object({ id: Uuid, name: Type.String(), address: Type.String(), note: Type.String(), dueHours: Nullable(Type.Integer()), archived: Type.Boolean(), version: Version })
const hours = Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 8760 })))
export const PartnerBody = Type.Object({ name: Line(200), address: Address, note: Type.Optional(Line(1000, 0)), dueHours: hours }, strict)
export const PartnerChangeBody = Type.Object({ name: Type.Optional(Line(200)), address: Type.Optional(Address), note: Type.Optional(Line(1000, 0)), dueHours: hours, archived: Type.Optional(Type.Boolean()) }, { ...strict, minProperties: 1 })

const presentBrief = (side: Side, parties: { address: string; name: string }[]) => ({
  id: side.id, case: side.caseNumber, subject: side.subject, status: side.status, agent: side.agentId ? { id: side.agentId, name: side.agentName ?? '' } : null, openedAt: side.openedAt, lastAt: side.lastAt,
  askedAt: side.askedAt, dueAt: side.dueAt, overdueAt: side.overdueAt, version: side.version, parties: parties.map(({ address, name }) => ({ address, name })),
})

export const presentRow = (row: SideOfCase) => ({ ...presentBrief(row, row.parties), caseSubject: row.caseSubject })

/** Side conversations whole, as a case's screen shows them. */
export async function presentSides(db: Db | Tx, sides: readonly Side[]): Promise<SideView[]> {
  const ids = sides.map(({ id }) => id)
  const [parties, messages] = [await partiesOf(db, ids), await messagesOfSides(db, ids)]
  const files = await filesOfSides(db, messages.map(({ id }) => id))
  return sides.map((side) => ({
    ...presentBrief(side, parties.filter(({ sideId }) => sideId === side.id)),
    messages: messages.filter(({ sideId }) => sideId === side.id).map((message) => ({
      id: message.id, direction: message.direction, standing: message.standing, from: { agentId: message.agentId, name: message.fromName, address: message.fromAddress }, text: message.text,
      quotedText: message.quotedText, at: message.at, automatic: message.automatic, delivery: message.delivery, sendAt: message.sendAt, rawMailId: message.rawMailId,
      attachments: files.filter(({ messageId }) => messageId === message.id).map(({ id, name, type, size, inline }) => ({ id, name, type, size, inline })),
    })),
  }))
}
