import { Type } from 'typebox'
import { change, Nothing, Nullable, read, strict, Uuid } from '#platform'
import { presentCase, requireCase, showChanged } from '../cases/present.ts'
import { CaseView, NumberParam } from '../cases/views.ts'
import type { Staffing } from '../ports.ts'
import { lastDecisions, presentQueue, readBoard, readCaseRouting } from './read.ts'
import { changeCaseSkills, changeQueueRouting, changeRules, changeTopicSkills, takeNext } from './service.ts'
import { readQueues, readRules, readTopicNeeds } from './store.ts'
import { BoardView, CaseRoutingView, DecisionView, QueueRoutingBody, QueueRoutingView, RulesBody, SkillNeedsBody, SkillNeedView } from './views.ts'

const tags = ['routing']

export interface RoutingParts {
  staffing: Staffing
}

export const routingRoutes = ({ staffing }: RoutingParts) => ({
  'GET /api/v1/routing/board': read({
    summary: 'Who waits, who could take it, and everything that routing decides on', permission: 'routing.read', tags, answer: BoardView,
    handle: ({ db, actor }) => readBoard(db, actor, staffing, new Date()),
  }),
  'GET /api/v1/routing/decisions': read({
    summary: 'The last cases that were given, and why', permission: 'routing.read', tags, query: Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) }, strict),
    answer: Type.Object({ items: Type.Array(DecisionView) }), handle: async ({ db, actor, query }) => ({ items: await lastDecisions(db, actor.barred, query.limit ?? 30) }),
  }),
  'GET /api/v1/routing/queues': read({
    summary: 'How the queues give their cases out', permission: 'routing.read', tags, answer: Type.Object({ items: Type.Array(QueueRoutingView) }),
    handle: async ({ db, actor }) => ({ items: (await readQueues(db)).filter(({ queueId }) => !actor.barred.includes(queueId)).map((queue) => presentQueue(queue, actor)) }),
  }),
  'PATCH /api/v1/routing/queues/:id': change({
    summary: 'Change how a queue gives its cases out', permission: 'routing.change', tags, params: Type.Object({ id: Uuid }), body: QueueRoutingBody, answer: QueueRoutingView,
    handle: async ({ work, actor, params, body, ifMatch, answer }) => {
      const queue = await changeQueueRouting(work, params.id, body, ifMatch)
      answer.etag(queue.version)
      return presentQueue(queue, actor)
    },
  }),
  'GET /api/v1/routing/rules': read({ summary: 'What holds for routing in all queues', permission: 'routing.read', tags, answer: RulesBody, handle: ({ db }) => readRules(db) }),
  'PUT /api/v1/routing/rules': change({
    summary: 'Change what holds for routing in all queues', permission: 'routing.change', tags, body: RulesBody, answer: RulesBody, handle: ({ work, body }) => changeRules(work, body),
  }),
  'GET /api/v1/routing/topics': read({
    summary: 'Which skills topics ask for', permission: 'queue.read', tags, answer: Type.Object({ items: Type.Array(Type.Object({ topic: Type.String(), skills: Type.Array(SkillNeedView) })) }),
    handle: async ({ db }) => ({ items: [...await readTopicNeeds(db)].map(([topic, skills]) => ({ topic, skills })) }),
  }),
  'PUT /api/v1/topics/:key/skills': change({
    summary: 'Say which skills cases of a topic ask for', permission: 'routing.change', tags, params: Type.Object({ key: Type.String({ minLength: 1, maxLength: 100 }) }), body: SkillNeedsBody, answer: Nothing,
    handle: async ({ work, params, body }) => { await changeTopicSkills(work, params.key, body.skills); return {} },
  }),
  'GET /api/v1/cases/:number/routing': read({
    summary: 'Why a case went to whom, and which skills it asks for', permission: 'case.read', tags, params: NumberParam, answer: CaseRoutingView,
    handle: async ({ db, actor, params }) => readCaseRouting(db, await requireCase(db, actor, params.number)),
  }),
  'PUT /api/v1/cases/:number/skills': change({
    summary: 'Say which skills a case asks for besides', permission: 'case.change', tags, params: NumberParam, body: SkillNeedsBody, answer: CaseView,
    handle: async (call) => showChanged(call, await changeCaseSkills(call.work, call.params.number, call.body.skills, call.ifMatch)),
  }),
  'POST /api/v1/cases/next': change({
    summary: 'Take my best next case', permission: 'case.next', tags, status: 200, answer: Type.Object({ case: Nullable(CaseView) }),
    handle: async ({ work, actor }) => {
      const taken = await takeNext(work, staffing)
      return { case: taken && await presentCase(work.tx, actor, taken.number) }
    },
  }),
})
