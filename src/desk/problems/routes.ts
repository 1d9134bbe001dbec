import { Type } from 'typebox'
import { act, change, Instant, Nothing, Nullable, Prose, read, strict, Uuid, Version, type Actor, type Db } from '#platform'
import { requireCase, showChanged } from '../cases/present.ts'
import { CaseNumber, CaseView, NumberParam, StatusWord } from '../cases/views.ts'
import { deliveries } from '../messages/model.ts'
import { factsOf } from '../snippets/facts.ts'
import { fillText } from '../snippets/model.ts'
import { itemStates, tallyOf, updateStatuses } from './model.ts'
import { linkIncidents, sendUpdate, sendUpdateOn, undoUpdate, unlinkIncident } from './service.ts'
import { incidentsOf, itemsOf, updatesOf } from './store.ts'

const INCIDENTS_MAX = 500
const Numbers = Type.Array(CaseNumber, { minItems: 1, maxItems: INCIDENTS_MAX })
const UpdateStatusWord = Type.Enum([...updateStatuses])
const ItemStateWord = Type.Enum([...itemStates])
const Delivery = Nullable(Type.Enum([...deliveries]))

const IncidentView = Type.Object({
  number: CaseNumber, subject: Type.String(), status: StatusWord, customer: Type.String(), account: Nullable(Type.String()), openedAt: Instant, version: Version,
  last: Nullable(Type.Object({ update: Uuid, at: Instant, state: ItemStateWord, code: Nullable(Type.String()), delivery: Delivery })),
})
const Count = Type.Integer({ minimum: 0 })
const UpdateView = Type.Object({
  id: Uuid, body: Type.String(), status: Nullable(UpdateStatusWord), by: Type.String(), at: Instant, undoneAt: Nullable(Instant),
  tally: Type.Object({ all: Count, waiting: Count, sent: Count, refused: Count, recalled: Count }),
  items: Type.Array(Type.Object({ number: CaseNumber, subject: Type.String(), state: ItemStateWord, code: Nullable(Type.String()), delivery: Delivery, messageId: Nullable(Uuid) })),
})
const PreviewView = Type.Object({ items: Type.Array(Type.Object({ number: CaseNumber, subject: Type.String(), status: StatusWord, customer: Type.String(), text: Type.String(), missing: Type.Array(Type.String()) })) })
const LinkView = Type.Object({
  case: CaseView, results: Type.Array(Type.Object({ number: CaseNumber, outcome: Type.Enum(['linked', 'already', 'refused']), code: Nullable(Type.String()) })),
  /** What those that joined have not been told; null when there was no update. */
  lastUpdate: Nullable(Type.Object({ id: Uuid, body: Type.String(), at: Instant })),
})
const NewUpdateBody = Type.Object({
  body: Prose(20_000), status: Type.Optional(UpdateStatusWord), problemStatus: Type.Optional(UpdateStatusWord), incidents: Type.Optional(Numbers),
}, strict)
const UpdateParams = Type.Object({ number: CaseNumber, id: Uuid })

const barredFor = (actor: Actor) => (actor.kind === 'system' ? [] : actor.barred)
const deliveryOf = (word: string | null) => deliveries.find((delivery) => delivery === word) ?? null

async function presentIncidents(db: Db, actor: Actor, number: number) {
  const found = await requireCase(db, actor, number)
  return (await incidentsOf(db, found.id, barredFor(actor))).map(({ id: _, last, ...incident }) => ({ ...incident, last: last && { ...last, at: new Date(last.at), delivery: deliveryOf(last.delivery) } }))
}

async function presentUpdates(db: Db, actor: Actor, number: number) {
  const updates = await updatesOf(db, (await requireCase(db, actor, number)).id)
  const items = await itemsOf(db, updates.map(({ id }) => id), barredFor(actor))
  return updates.map(({ id, body, status, byName, at, undoneAt }) => {
    const own = items.filter(({ updateId }) => updateId === id)
    return { id, body, status, by: byName, at, undoneAt, tally: tallyOf(own), items: own.map((item) => ({ number: item.number, subject: item.subject, state: item.state, code: item.code, delivery: deliveryOf(item.delivery), messageId: item.messageId })) }
  })
}

async function preview(db: Db, actor: Actor, number: number, body: string) {
  const incidents = (await presentIncidents(db, actor, number)).filter(({ status }) => status !== 'closed')
  const facts = await factsOf(db, incidents.map((incident) => incident.number), actor, new Date())
  return { items: incidents.map(({ number: incident, subject, status, customer }) => {
    const known = facts.get(incident)
    return { number: incident, subject, status, customer, ...(known ? fillText(body, known) : { text: body, missing: [] }) }
  }) }
}

export const problemRoutes = () => ({
  'GET /api/v1/cases/:number/incidents': read({
    summary: 'The incidents of a problem, those at work first', permission: 'case.read', tags: ['problems'], params: NumberParam, answer: Type.Object({ items: Type.Array(IncidentView) }),
    handle: async ({ db, actor, params }) => ({ items: await presentIncidents(db, actor, params.number) }),
  }),
  'POST /api/v1/cases/:number/incidents': change({
    summary: 'Make cases incidents of this one; each has its own result', permission: 'case.change', tags: ['problems'], params: NumberParam, body: Type.Object({ cases: Numbers }, strict), answer: LinkView,
    handle: async (call) => {
      const { problem, results } = await linkIncidents(call.work, call.params.number, call.body.cases, call.ifMatch)
      const last = (await updatesOf(call.work.tx, problem.id)).find(({ undoneAt }) => undoneAt === null)
      return { case: await showChanged(call, problem), results, lastUpdate: last ? { id: last.id, body: last.body, at: last.at } : null }
    },
  }),
  'DELETE /api/v1/cases/:number/incidents/:incident': change({
    summary: 'Take a case off its problem', permission: 'case.change', tags: ['problems'], params: Type.Object({ number: CaseNumber, incident: CaseNumber }), answer: CaseView,
    handle: async (call) => showChanged(call, await unlinkIncident(call.work, call.params.number, call.params.incident)),
  }),
  'GET /api/v1/cases/:number/updates': read({
    summary: 'The updates that a problem sent, newest first, and what became of each at every incident', permission: 'case.read', tags: ['problems'], params: NumberParam, answer: Type.Object({ items: Type.Array(UpdateView) }),
    handle: async ({ db, actor, params }) => ({ items: await presentUpdates(db, actor, params.number) }),
  }),
  'POST /api/v1/cases/:number/updates/preview': act({
    summary: 'What an update would say at each incident, and which variables are not known there', permission: 'problem.update', tags: ['problems'], params: NumberParam,
    status: 200, body: Type.Object({ body: Prose(20_000, 0) }, strict), answer: PreviewView,
    handle: ({ db, actor, params, body }) => preview(db, actor, params.number, body.body),
  }),
  'POST /api/v1/cases/:number/updates': change({
    summary: 'Send one update to all incidents, each to its own customer', permission: 'problem.update', tags: ['problems'], params: NumberParam, body: NewUpdateBody, answer: Type.Object({ id: Uuid, case: CaseView }),
    handle: async (call) => {
      const { update, found } = await sendUpdate(call.work, call.params.number, call.body, call.ifMatch)
      return { id: update, case: await showChanged(call, found) }
    },
  }),
  'POST /api/v1/cases/:number/updates/:id/incidents': change({
    summary: 'Send an update also to incidents that joined later', permission: 'problem.update', tags: ['problems'], params: UpdateParams, body: Type.Object({ cases: Numbers }, strict), answer: Type.Object({ added: Count }),
    handle: async ({ work, params, body }) => ({ added: await sendUpdateOn(work, params.number, params.id, body.cases) }),
  }),
  'DELETE /api/v1/cases/:number/updates/:id': change({
    summary: 'Stop an update, and take back what has not left', permission: 'problem.update', tags: ['problems'], params: UpdateParams, answer: Nothing,
    handle: async ({ work, params }) => { await undoUpdate(work, params.number, params.id); return {} },
  }),
})
