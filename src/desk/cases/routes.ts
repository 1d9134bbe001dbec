import { Type } from 'typebox'
import { change, FactView, factsOfCases, Line, Nothing, pageOf, PageOf, Prose, read, strict, Uuid, type Whereabouts } from '#platform'
import { seeNotices } from '../attention/notices/service.ts'
import { readListing, readPlace } from '../lists/filter.ts'
import { listCases } from '../lists/store.ts'
import { withoutPlace } from '../lists/summary.ts'
import { markSeen, numbersShownIn } from './store.ts'
import { seeMentions } from '../replies/store.ts'
import { createCase } from './create.ts'
import { changeCustomer, joinParticipant, leaveParticipant } from './people.ts'
import { presentCase, requireCase, showChanged } from './present.ts'
import { linkCases, unlinkCases } from './linking.ts'
import { removeCase, restoreCase } from './removal.ts'
import { changeCase, handOver } from './service.ts'
import { Address, CaseChangeBody, CaseListQuery, CaseNumber, CaseSummary, CaseView, NewCaseBody, NumberParam } from './views.ts'

const Who = Type.Object({ email: Address, name: Type.Optional(Line(200, 0)) }, strict)
const FACTS_MAX = 500
const FactId = Type.String({ pattern: '^[0-9]{1,15}$' })
const FactsQuery = Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: FACTS_MAX })), cursor: Type.Optional(FactId), after: Type.Optional(FactId) }, strict)
const Person = Type.Object({ agent: Uuid, name: Type.String(), doing: Type.Enum(['viewing', 'writing']) })

export const caseRoutes = ({ whereabouts }: { whereabouts: Whereabouts }) => ({
  'POST /api/v1/cases': change({
    summary: 'Open a case', permission: 'case.open', body: NewCaseBody, answer: CaseView,
    handle: async (call) => {
      const opened = await createCase(call.work, call.body)
      call.answer.header('location', `/api/v1/cases/${opened.number}`)
      return showChanged(call, opened)
    },
  }),
  'GET /api/v1/cases': read({
    summary: 'List cases', permission: 'case.read', query: CaseListQuery, answer: PageOf(CaseSummary),
    handle: async ({ db, actor, query }) => {
      const [listing, limit] = [await readListing(db, actor, query), query.limit ?? 50]
      const rows = await listCases(db, listing.filter, query.sort ?? listing.sort ?? 'newest', query.cursor ? readPlace(query.cursor) : null, limit + 1)
      const page = pageOf(rows, limit, (row) => [row.place, row.id])
      return { items: page.items.map(withoutPlace), nextCursor: page.nextCursor }
    },
  }),
  'GET /api/v1/cases/:number': read({
    summary: 'One case', permission: 'case.read', params: NumberParam, answer: CaseView,
    handle: async ({ db, actor, params, answer }) => {
      const view = await presentCase(db, actor, params.number)
      answer.etag(view.version)
      return view
    },
  }),
  'PATCH /api/v1/cases/:number': change({
    summary: 'Change a case: status, priority, queue, assignee, team, topic, tags, subject', permission: 'case.change', params: NumberParam, body: CaseChangeBody, answer: CaseView,
    handle: async (call) => showChanged(call, await changeCase(call.work, call.params.number, call.body, call.ifMatch)),
  }),
  'GET /api/v1/cases/:number/events': read({
    summary: 'The facts of a case, and of those merged into it', permission: 'case.read', params: NumberParam, query: FactsQuery, answer: PageOf(FactView),
    handle: async ({ db, actor, params, query }) => {
      const found = await requireCase(db, actor, params.number)
      const limit = query.limit ?? FACTS_MAX
      const facts = await factsOfCases(db, await numbersShownIn(db, found.id), Number(query.cursor ?? query.after ?? 0), limit + 1)
      return { items: facts.slice(0, limit), nextCursor: facts.length > limit ? facts[limit - 1]!.id : null }
    },
  }),
  'POST /api/v1/cases/:number/handovers': change({
    summary: 'Give a case on, with a note', permission: 'case.change', params: NumberParam, answer: CaseView,
    body: Type.Object({ to: Type.Union([Type.Object({ agent: Uuid }, strict), Type.Object({ queue: Type.String({ maxLength: 100 }) }, strict)]), note: Prose(20_000) }, strict),
    handle: async (call) => showChanged(call, await handOver(call.work, call.params.number, call.body, call.ifMatch)),
  }),
  'PUT /api/v1/cases/:number/removal': change({
    summary: 'Put a case into spam or trash', permission: 'case.remove', params: NumberParam, body: Type.Object({ as: Type.Enum(['spam', 'trash']) }, strict), answer: CaseView,
    handle: async (call) => showChanged(call, await removeCase(call.work, call.params.number, call.body.as, call.ifMatch)),
  }),
  'DELETE /api/v1/cases/:number/removal': change({
    summary: 'Restore a case from spam or trash', permission: 'case.remove', params: NumberParam, answer: CaseView,
    handle: async (call) => showChanged(call, await restoreCase(call.work, call.params.number, call.ifMatch)),
  }),
  'POST /api/v1/cases/:number/participants': change({
    summary: 'Put a person in copy', permission: 'case.change', params: NumberParam, body: Who, answer: CaseView,
    handle: async (call) => showChanged(call, await joinParticipant(call.work, call.params.number, who(call.body), call.ifMatch)),
  }),
  'DELETE /api/v1/cases/:number/participants/:address': change({
    summary: 'Take a person off the case', permission: 'case.change', params: Type.Object({ number: CaseNumber, address: Address }), answer: CaseView,
    handle: async (call) => showChanged(call, await leaveParticipant(call.work, call.params.number, call.params.address, call.ifMatch)),
  }),
  'PUT /api/v1/cases/:number/customer': change({
    summary: 'Make another person the customer of the case', permission: 'case.change', params: NumberParam, body: Who, answer: CaseView,
    handle: async (call) => showChanged(call, await changeCustomer(call.work, call.params.number, who(call.body), call.ifMatch)),
  }),
  'POST /api/v1/cases/:number/links': change({
    summary: 'Link two cases', permission: 'case.change', params: NumberParam, answer: Nothing,
    body: Type.Object({ other: CaseNumber, kind: Type.Enum(['related', 'duplicate', 'problem']) }, strict),
    handle: async ({ work, params, body }) => { await linkCases(work, params.number, body.other, body.kind); return {} },
  }),
  'DELETE /api/v1/cases/:number/links/:other': change({
    summary: 'Take a link away', permission: 'case.change', params: Type.Object({ number: CaseNumber, other: CaseNumber }), answer: Nothing,
    handle: async ({ work, params }) => { await unlinkCases(work, params.number, params.other); return {} },
  }),
  'PUT /api/v1/cases/:number/seen': change({
    summary: 'Note that the reader has seen the case up to a message', permission: 'case.read', params: NumberParam, body: Type.Object({ messageId: Type.Union([Uuid, Type.Null()]) }, strict), answer: Nothing,
    handle: async ({ work, params, body, actor }) => {
      const found = await requireCase(work.tx, actor, params.number)
      if (actor.kind !== 'agent') return {}
      await markSeen(work.tx, found.id, actor.id, body.messageId, work.at)
      await seeNotices(work, found.id, actor.id)
      if ((await seeMentions(work.tx, found.id, actor.id, work.at)) > 0) work.tell('desk', { kind: 'mention.seen', case: found.number })
      return {}
    },
  }),
  'PUT /api/v1/cases/:number/presence': change({
    summary: 'Say that you look at a case or write in it', permission: 'case.read', params: NumberParam, body: Type.Object({ doing: Type.Enum(['viewing', 'writing', 'gone']) }, strict), answer: Type.Object({ people: Type.Array(Person) }),
    handle: async ({ work, params, body, actor }) => {
      await requireCase(work.tx, actor, params.number)
      const place = `case:${params.number}`
      if (actor.kind === 'agent') work.afterCommit(() => whereabouts.say(place, actor, body.doing))
      return { people: whereabouts.at(place).filter((person) => person.agent !== actor.id) }
    },
  }),
})

const who = (body: { email: string; name?: string }) => ({ address: body.email, ...(body.name ? { name: body.name } : {}) })
