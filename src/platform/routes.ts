import { Type } from 'typebox'
import type { Actor, May } from './actor.ts'
import type { LoggedFact } from './log/store.ts'
import { refuse, refusals } from './refusal.ts'
import { AnyRecord, Instant, Limit, Nothing, Nullable, PageOf, strict } from './http/schema.ts'
import { change, raw, read, type ApiOf } from './http/route.ts'
import { deadLetters, discardDeadLetter, replayDeadLetter } from './jobs/store.ts'
import type { AudienceOf } from './live/audience.ts'
import type { Live } from './live/stream.ts'
import { factsAfter, factsBefore, positionOf } from './log/store.ts'
import { verifyLog } from './log/verify.ts'

const refusePlatform = refusals({ 'deadLetter.notFound': [404, 'There is no such dead letter'] })

export const FactView = Type.Object({
  id: Type.String(), at: Instant, room: Type.String(), kind: Type.String(), case: Nullable(Type.Integer()), subject: Nullable(Type.String()),
  actor: Type.Object({ kind: Type.String(), id: Nullable(Type.String()) }), data: AnyRecord,
})
const DeadLetterView = Type.Object({
  id: Type.String(), job: Type.String(), payload: Type.Unknown(), attempts: Type.Integer(), lastError: Nullable(Type.String()), createdAt: Instant, failedAt: Instant,
})
/** Ids that count up serve as cursors as they are. */
const IdCursor = Type.String({ pattern: '^[0-9]{1,15}$' })
const LetterId = Type.Object({ id: Type.String({ pattern: '^[0-9]{1,18}$' }) })
const VerificationView = Type.Object({
  verified: Type.Boolean(), events: Type.Integer(),
  firstBroken: Nullable(Type.Object({ event: Type.String(), position: Nullable(Type.Integer()), reason: Type.String() })),
})

export interface PlatformParts {
  live: Live
  may: May
  audienceOf: AudienceOf
}

export const platformRoutes = ({ live, may, audienceOf }: PlatformParts) => ({
  'GET /api/v1/events': read({
    summary: 'The log of facts, in the order in which it was sealed', permission: 'log.read', tags: ['log'],
    query: Type.Object({ after: Type.Optional(IdCursor), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })), cursor: Type.Optional(IdCursor) }, strict),
    answer: PageOf(FactView),
    handle: async ({ db, query, actor }) => {
      const after = query.after ?? query.cursor
      const position = after === undefined || after === '0' ? 0 : await positionOf(db, Number(after))
      if (position === null) throw refuse('cursor.invalid')
      const limit = query.limit ?? 100
      const facts = await factsAfter(db, position, limit)
      const visible = await visibleTo({ may, audienceOf }, actor, facts)
      return { items: visible.map(({ position: _, ...fact }) => fact), nextCursor: facts.length === limit ? facts.at(-1)!.id : null }
    },
  }),
  'GET /api/v1/log/facts': read({
    summary: 'The log of facts for people: the newest first, of one room, kind or case where asked', permission: 'log.read', tags: ['log'],
    query: Type.Object({ limit: Type.Optional(Limit), cursor: Type.Optional(IdCursor), room: Type.Optional(Type.String({ maxLength: 40 })), kind: Type.Optional(Type.String({ maxLength: 80 })), case: Type.Optional(Type.Integer({ minimum: 1, maximum: 9_007_199_254_740_991 })) }, strict),
    answer: PageOf(FactView),
    handle: async ({ db, query: { cursor, limit = 50, ...only }, actor }) => {
      const position = cursor === undefined ? null : await positionOf(db, Number(cursor))
      if (cursor !== undefined && position === null) throw refuse('cursor.invalid')
      const facts = await factsBefore(db, position, only, limit)
      const visible = await visibleTo({ may, audienceOf }, actor, facts)
      return { items: visible.map(({ position: _, ...fact }) => fact), nextCursor: facts.length === limit ? facts.at(-1)!.id : null }
    },
  }),
  'GET /api/v1/log/verification': read({
    summary: 'Walks the hash chain of the log', permission: 'log.verify', tags: ['log'], answer: VerificationView,
    handle: ({ db }) => verifyLog(db),
  }),
  'GET /api/v1/live': raw({
    summary: 'What changed and who is where, as server-sent events', permission: 'live.follow', produces: 'text/event-stream',
    handle: ({ request, reply, actor }) => live.stream(request, reply, actor),
  }),
  'GET /api/v1/dead-letters': read({
    summary: 'Jobs that used up their attempts', permission: 'job.read', query: Type.Object({ limit: Type.Optional(Limit), cursor: Type.Optional(IdCursor) }, strict), answer: PageOf(DeadLetterView),
    handle: async ({ db, query }) => {
      const limit = query.limit ?? 50
      const letters = await deadLetters(db, limit + 1, query.cursor === undefined ? null : Number(query.cursor))
      return { items: letters.slice(0, limit), nextCursor: letters.length > limit ? letters[limit - 1]!.id : null }
    },
  }),
  'POST /api/v1/dead-letters/:id/replays': change({
    summary: 'Try a dead letter again', permission: 'job.replay', params: LetterId, answer: Nothing,
    handle: async ({ work, params }) => {
      const job = await replayDeadLetter(work.tx, params.id)
      if (!job) throw refusePlatform('deadLetter.notFound')
      work.tell('platform', { kind: 'job.replayed', subject: `job:${params.id}`, data: { job } })
      return {}
    },
  }),
  'DELETE /api/v1/dead-letters/:id': change({
    summary: 'Give a dead letter up', permission: 'job.replay', params: LetterId, answer: Nothing,
    handle: async ({ work, params }) => {
      const job = await discardDeadLetter(work.tx, params.id)
      if (!job) throw refusePlatform('deadLetter.notFound')
      work.tell('platform', { kind: 'job.discarded', subject: `job:${params.id}`, data: { job } })
      return {}
    },
  }),
})
export type PlatformApi = ApiOf<typeof platformRoutes>

/** Facts about things behind a wall are left out for those outside of it. */
async function visibleTo<F extends LoggedFact>({ may, audienceOf }: Pick<PlatformParts, 'may' | 'audienceOf'>, actor: Actor, facts: F[]): Promise<F[]> {
  const spaces = await Promise.all(facts.map(async (fact) => (await audienceOf(fact)).space))
  return facts.filter((_, index) => may(actor, 'log.read', { space: spaces[index] ?? null }))
}
