import { Type, type Static } from 'typebox'
import { Instant, Nullable, Prose, strict, Uuid, Version } from '#platform'
import { Address, AttachmentView, CaseNumber, Named } from '../cases/views.ts'
import type { Draft } from './store.ts'

export const DraftView = Type.Object({
  id: Uuid, case: Type.Object({ number: CaseNumber, subject: Type.String() }), agent: Named, visibility: Type.Enum(['public', 'note']), body: Type.String(), cc: Nullable(Type.Array(Type.String())),
  attachments: Type.Array(AttachmentView), seenMessageId: Nullable(Uuid), updatedAt: Instant, version: Version,
})
export type DraftView = Static<typeof DraftView>

export const DraftBody = Type.Object({
  body: Prose(200_000, 0), cc: Type.Optional(Nullable(Type.Array(Address, { maxItems: 50 }))), seenMessageId: Type.Optional(Nullable(Uuid)), attachments: Type.Optional(Type.Array(Uuid, { maxItems: 10 })),
}, strict)

export const presentDraft = (draft: Draft): DraftView => ({
  id: draft.id, case: { number: draft.caseNumber, subject: draft.caseSubject }, agent: draft.agent, visibility: draft.visibility, body: draft.body, cc: draft.cc,
  attachments: draft.attachments, seenMessageId: draft.seenMessageId, updatedAt: draft.updatedAt, version: draft.version,
})
