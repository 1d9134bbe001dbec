import { Type } from 'typebox'
import { Instant, Nullable, strict, Uuid } from '#platform'
import { CaseNumber, Named, PriorityWord } from '../cases/views.ts'
import { modes, needSources, takeBacks } from './model.ts'

/** Routing's words on the wire. */

const Level = Type.Integer({ minimum: 1, maximum: 5 })
const Minutes = Type.Integer({ minimum: 0, maximum: 43_200 })
const Ms = Type.Number()

export const SkillNeedBody = Type.Object({ skillId: Uuid, level: Level, dropAfterMinutes: Nullable(Minutes) }, strict)
export const SkillNeedsBody = Type.Object({ skills: Type.Array(SkillNeedBody, { maxItems: 20 }) }, strict)
export const SkillNeedView = Type.Object({ skillId: Uuid, level: Level, dropAfterMinutes: Nullable(Minutes), source: Type.Enum([...needSources]) })

const Weights = Type.Record(Type.String({ pattern: '^[a-z][a-z0-9_-]{0,30}$' }), Type.Integer({ minimum: 1, maximum: 100 }), { ...strict, maxProperties: 20 })
const Percent = Type.Integer({ minimum: 1, maximum: 100 })
const StickyMinutes = Nullable(Type.Integer({ minimum: 0, maximum: 10_080 }))
const AcceptMinutes = Nullable(Type.Integer({ minimum: 1, maximum: 10_080 }))

export const QueueRoutingView = Type.Object({
  queueId: Uuid, key: Type.String(), name: Type.String(), mode: Type.Enum([...modes]), teams: Type.Array(Uuid), walled: Type.Boolean(), weights: Weights, capacityPercent: Percent, stickyMinutes: StickyMinutes,
  acceptMinutes: AcceptMinutes, awayWhenMissed: Type.Boolean(), overflow: Nullable(Type.Object({ queueId: Uuid, afterMinutes: Type.Integer() })), takeBack: Type.Enum([...takeBacks]),
  needs: Type.Array(SkillNeedView), version: Type.Integer({ minimum: 0 }),
})

export const QueueRoutingBody = Type.Object({
  mode: Type.Optional(Type.Enum([...modes])), weights: Type.Optional(Weights), capacityPercent: Type.Optional(Percent), stickyMinutes: Type.Optional(StickyMinutes), acceptMinutes: Type.Optional(AcceptMinutes),
  awayWhenMissed: Type.Optional(Type.Boolean()), takeBack: Type.Optional(Type.Enum([...takeBacks])),
  overflow: Type.Optional(Nullable(Type.Object({ queue: Type.String({ maxLength: 100 }), afterMinutes: Type.Integer({ minimum: 1, maximum: 43_200 }) }, strict))),
  skills: Type.Optional(Type.Array(SkillNeedBody, { maxItems: 20 })),
}, { ...strict, minProperties: 1 })

const Patience = Type.Integer({ minimum: 0, maximum: 43_200 })
export const RulesBody = Type.Object({
  patienceMinutes: Type.Object({ low: Patience, normal: Patience, high: Patience, urgent: Patience }, strict),
  languageSkill: Nullable(Type.String({ minLength: 1, maxLength: 60, pattern: '^[a-z0-9{][a-z0-9._{}-]*$' })), languageLevel: Level, languageDropMinutes: Nullable(Minutes), countWaiting: Type.Boolean(),
}, strict)

const Ranked = Type.Object({ agentId: Uuid, load: Type.Integer(), capacity: Type.Integer(), withoutMs: Nullable(Ms) })
export const ReasonsView = Type.Object({
  takeBy: Ms, takeByWhy: Type.Enum(['due', 'priority']), weight: Type.Integer(), needs: Type.Array(SkillNeedView), dropped: Type.Array(SkillNeedView), ownerId: Nullable(Uuid), best: Type.Array(Ranked), able: Type.Integer(),
  others: Type.Array(Type.Object({ obstacle: Type.String(), count: Type.Integer(), some: Type.Array(Uuid) })), until: Nullable(Ms),
})
export const DecisionView = Type.Object({
  id: Uuid, caseNumber: CaseNumber, at: Instant, queueId: Uuid, agentId: Nullable(Uuid), why: Type.String(), waitedMs: Ms, reasons: ReasonsView,
})
export const CaseRoutingView = Type.Object({
  needs: Type.Array(SkillNeedView), asked: Type.Array(SkillNeedView), decisions: Type.Array(DecisionView), agents: Type.Array(Named), skills: Type.Array(Type.Object({ id: Uuid, key: Type.String(), name: Type.String() })),
  mode: Type.Enum([...modes]),
})

export const BoardAgent = Type.Object({
  id: Uuid, name: Type.String(), teamId: Nullable(Uuid), team: Nullable(Type.String()), admin: Type.Boolean(), presence: Type.Enum(['available', 'busy', 'away', 'off']), presenceAt: Ms, onShift: Type.Boolean(),
  skills: Type.Record(Uuid, Level), load: Type.Integer(), capacity: Type.Integer(), lastAssignedAt: Nullable(Ms),
})
export const BoardCase = Type.Object({
  id: Uuid, number: CaseNumber, version: Type.Integer(), queueId: Uuid, priority: PriorityWord, channel: Type.String(), dueAt: Nullable(Ms), waitingSince: Ms, queuedAt: Ms, needs: Type.Array(SkillNeedView), ownerId: Nullable(Uuid),
  missed: Type.Array(Type.Object({ agentId: Uuid, at: Ms })),
  /** Null for those who may not read cases. */
  subject: Nullable(Type.String()),
})
export const BoardView = Type.Object({
  at: Instant, rules: RulesBody, queues: Type.Array(Type.Object({ ...QueueRoutingView.properties, waiting: Type.Integer() })), agents: Type.Array(BoardAgent), cases: Type.Array(BoardCase),
  skills: Type.Array(Type.Object({ id: Uuid, key: Type.String(), name: Type.String() })),
})
