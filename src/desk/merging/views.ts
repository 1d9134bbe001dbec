import { Type, type Static } from 'typebox'
import { Instant, strict, Uuid, Version } from '#platform'
import { CaseNumber, StatusWord } from '../cases/views.ts'

export const MergeBody = Type.Object({
  /** The case that goes in, and the version of it that was seen. */
  from: CaseNumber, fromVersion: Type.Optional(Version),
  /** Whether its people get the answers from now on; left out: unless one business would read what another one wrote. */
  copyPeople: Type.Optional(Type.Boolean()),
}, strict)

export const MergePreview = Type.Object({
  into: Type.Object({ number: CaseNumber, subject: Type.String(), status: StatusWord, version: Version }),
  from: Type.Object({ number: CaseNumber, subject: Type.String(), status: StatusWord, version: Version }),
  messages: Type.Integer(), notes: Type.Integer(), attachments: Type.Integer(), drafts: Type.Integer(), incidents: Type.Integer(), sides: Type.Integer(),
  people: Type.Array(Type.Object({ name: Type.String(), address: Type.String(), there: Type.Boolean(), account: Type.Union([Type.String(), Type.Null()]) })),
  tags: Type.Array(Type.String()), status: StatusWord, warnings: Type.Array(Type.Enum(['accounts', 'wall', 'leaving'])),
})
export type MergePreview = Static<typeof MergePreview>

export const MergeSuggestion = Type.Object({ number: CaseNumber, subject: Type.String(), status: StatusWord, openedAt: Instant, queue: Type.String(), likeness: Type.Number() })

export const SplitBody = Type.Object({
  messages: Type.Array(Uuid, { minItems: 1, maxItems: 100 }), subject: Type.Optional(Type.String({ maxLength: 500 })),
}, strict)
