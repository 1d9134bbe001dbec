import { Type } from 'typebox'
import { change, decodeCursor, Instant, Nullable, PageOf, pageOf, PageQuery, Prose, read, refuse as refuseGround, strict, Uuid, Version, type Actor, type Db, type Tx } from '#platform'
import { CaseNumber, Named, PriorityWord, StatusWord } from '../../cases/views.ts'
import { refuse } from '../../refusals.ts'
import { handoverDeeds, turns } from './model.ts'
import { endShift, undoShiftEnd } from './service.ts'
import { findHandover, handedCasesOf, handoversOf, openWorkOf, type HandoverReader } from './store.ts'

const Count = Type.Integer({ minimum: 0 })
const standing = {
  status: StatusWord, priority: PriorityWord, turn: Type.Enum([...turns]), since: Instant, dueAt: Nullable(Instant), last: Nullable(Type.Object({ at: Instant, ours: Type.Boolean() })), replies: Count, drafts: Count, snoozedUntil: Nullable(Instant),
}
const OpenCaseView = Type.Object({ ...standing, id: Uuid, number: CaseNumber, subject: Type.String(), customer: Type.String(), queue: Named, version: Version, note: Nullable(Type.String()) })
const Deed = Type.Enum([...handoverDeeds])
const HandoverSummary = Type.Object({
  id: Uuid, agent: Named, team: Nullable(Named), at: Instant, backAt: Nullable(Instant), note: Type.String(), undoneAt: Nullable(Instant), version: Version,
  counts: Type.Object({ keep: Count, snooze: Count, queue: Count, give: Count, refused: Count }),
})
const HandoverView = Type.Object({
  ...HandoverSummary.properties,
  cases: Type.Array(Type.Object({
    ...standing, number: CaseNumber, subject: Type.String(), customer: Type.String(), deed: Deed, to: Nullable(Type.Object({ kind: Type.Enum(['agent', 'queue']), id: Uuid, name: Type.String() })), until: Nullable(Instant), note: Type.String(),
    refused: Nullable(Type.String()), undone: Nullable(Type.String()),
  })),
})
const HandoverBody = Type.Object({
  backAt: Nullable(Instant), leave: Type.Boolean(), note: Type.Optional(Prose(5_000, 0)),
  cases: Type.Array(Type.Object({
    number: CaseNumber, deed: Deed, version: Type.Optional(Version), agent: Type.Optional(Uuid), queue: Type.Optional(Type.String({ maxLength: 100 })), until: Type.Optional(Instant), note: Type.Optional(Prose(5_000, 0)),
  }, strict), { maxItems: 300 }),
}, strict)
const Id = Type.Object({ id: Uuid })
const tags = ['handovers']

export const handoverRoutes = () => ({
  'GET /api/v1/me/open-work': read({
    summary: 'My open cases and how each stands, for the end of a shift', permission: 'handover.make', tags, answer: Type.Object({ items: Type.Array(OpenCaseView) }),
    handle: async ({ db, actor }) => ({ items: actor.kind === 'agent' ? await openWorkOf(db, actor.id, actor.barred) : [] }),
  }),
  'POST /api/v1/handovers': change({
    summary: 'End my shift: keep, put off, give back or give on each case, all at once', permission: 'handover.make', tags, body: HandoverBody, answer: HandoverView,
    handle: async ({ work, actor, body, answer }) => {
      const instant = (at: Date | undefined) => (at === undefined ? {} : { until: new Date(at) })
      const id = await endShift(work, { backAt: body.backAt === null ? null : new Date(body.backAt), leave: body.leave, note: body.note ?? '', cases: body.cases.map(({ until, ...one }) => ({ ...one, ...instant(until) })) })
      answer.header('location', `/api/v1/handovers/${id}`)
      return present(work.tx, actor, id)
    },
  }),
  'GET /api/v1/handovers': read({
    summary: 'Hand-overs of shifts, the newest first: mine and those to me; a lead sees all', permission: 'handover.read', tags, query: Type.Object(PageQuery, strict), answer: PageOf(HandoverSummary),
    handle: async ({ db, actor, query }) => {
      const limit = query.limit ?? 50
      return pageOf(await handoversOf(db, readerOf(actor), placeFrom(query.cursor), limit + 1), limit, (one) => [one.at.toISOString(), one.id])
    },
  }),
  'GET /api/v1/handovers/:id': read({
    summary: 'One hand-over with its cases', permission: 'handover.read', tags, params: Id, answer: HandoverView,
    handle: async ({ db, actor, params, answer }) => {
      const view = await present(db, actor, params.id)
      answer.etag(view.version)
      return view
    },
  }),
  'POST /api/v1/handovers/:id/undoing': change({
    summary: 'Take my hand-over back, as far as nobody has gone on with a case', permission: 'handover.make', tags, status: 200, params: Id, answer: HandoverView,
    handle: async ({ work, actor, params, ifMatch }) => {
      await undoShiftEnd(work, params.id, ifMatch)
      return present(work.tx, actor, params.id)
    },
  }),
})

const readerOf = (actor: Actor): HandoverReader => ({ agentId: actor.kind === 'agent' ? actor.id : null, barred: actor.barred, all: actor.kind === 'system' || actor.roles.some((role) => role === 'lead' || role === 'admin') })

async function present(db: Db | Tx, actor: Actor, id: string) {
  const found = await findHandover(db, id, readerOf(actor))
  if (!found) throw refuse('handover.notFound')
  return { ...found, cases: await handedCasesOf(db, id, actor.barred) }
}

function placeFrom(cursor: string | undefined): { at: string; id: string } | null {
  if (!cursor) return null
  const [at, id] = decodeCursor(cursor, 2).map(String)
  if (Number.isNaN(Date.parse(at ?? '')) || !/^[0-9a-f-]{36}$/.test(id ?? '')) throw refuseGround('cursor.invalid')
  return { at: at ?? '', id: id ?? '' }
}
