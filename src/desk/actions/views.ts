import { Type } from 'typebox'
import { Nullable, Prose, strict, Uuid } from '#platform'
import { KindWord, PriorityWord } from '../cases/views.ts'

/** Lists of actions on the wire. */

const Key = Type.String({ minLength: 1, maxLength: 100 })
const Tags = Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 50 })
const Text = Prose(20_000)
export const MINUTES_MAX = 60 * 24 * 90

export const CaseActionBody = Type.Union([
  Type.Object({ do: Type.Literal('status'), to: Type.Enum(['open', 'pending', 'on_hold', 'solved', 'closed']) }, strict),
  Type.Object({ do: Type.Literal('assign'), to: Nullable(Type.Union([Uuid, Type.Literal('me')])) }, strict),
  Type.Object({ do: Type.Literal('team'), to: Nullable(Uuid) }, strict),
  Type.Object({ do: Type.Literal('queue'), to: Key }, strict),
  Type.Object({ do: Type.Literal('priority'), to: PriorityWord }, strict),
  Type.Object({ do: Type.Literal('kind'), to: KindWord }, strict),
  Type.Object({ do: Type.Literal('topic'), to: Nullable(Key) }, strict),
  Type.Object({ do: Type.Literal('tag'), add: Type.Optional(Tags), drop: Type.Optional(Tags) }, strict),
  Type.Object({ do: Type.Literal('reply'), body: Text }, strict),
  Type.Object({ do: Type.Literal('note'), body: Text }, strict),
  Type.Object({ do: Type.Literal('snooze'), minutes: Nullable(Type.Integer({ minimum: 1, maximum: MINUTES_MAX })) }, strict),
  Type.Object({ do: Type.Literal('remove'), as: Type.Enum(['spam', 'trash']) }, strict),
  Type.Object({ do: Type.Literal('restore') }, strict),
])

/** A list of actions, as macros, bulk runs and rules take it. */
export const CaseActionsBody = Type.Array(CaseActionBody, { minItems: 1, maxItems: 20 })
