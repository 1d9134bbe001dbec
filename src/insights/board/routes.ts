import { Type, type Static } from 'typebox'
import { Cursor, decodeCursor, Instant, Nullable, PageOf, pageOf, read, strict, Uuid, type Actor, type May } from '#platform'
import { refuse } from '../refusals.ts'
import { zoneOf } from '../figures/ask.ts'
import { boardOf, hoursOf, orderOf, picks, states, AGES, type AtHand, type Board, type Filter } from './model.ts'
import type { Boards, Snapshot } from './service.ts'

const Count = Type.Integer({ minimum: 0 })
const Named = Type.Object({ id: Uuid, name: Type.String() })
const Backlog = { all: Count, ages: Type.Array(Count), unassigned: Count, atRisk: Count, breached: Count }
const BoardCase = Type.Object({
  number: Type.Integer(), subject: Type.String(), status: Type.String(), priority: Type.String(), queue: Named, assignee: Nullable(Named), openedAt: Instant, waitingSince: Nullable(Instant), dueAt: Nullable(Instant), snoozed: Type.Boolean(),
})
const Hours = Type.Object({ today: Type.Array(Type.Number()), yesterday: Type.Array(Type.Number()), usual: Type.Array(Type.Number()) })
const BoardPerson = Type.Object({
  id: Uuid, name: Type.String(), team: Nullable(Named), presence: Type.String(), presenceAt: Instant, capacity: Count, load: Count, open: Count, paused: Count,
  /** Cases that they have on the screen now; the one that they write in first. */
  on: Type.Array(Type.Object({ number: Type.Integer(), subject: Type.String(), doing: Type.Enum(['viewing', 'writing']) })),
})
export const BoardView = Type.Object({
  at: Instant, zone: Type.String(),
  totals: Type.Object({ all: Count, unassigned: Count, waiting: Count, atRisk: Count, breached: Count, pressing: Count, snoozed: Count, sideOverdue: Count }),
  backlog: Type.Object(Backlog), queues: Type.Array(Type.Object({ queue: Named, ...Backlog })),
  /** Whether the reader may see the cases themselves; without it the lists are empty. */
  showsCases: Type.Boolean(), due: Type.Array(BoardCase), oldest: Type.Array(BoardCase), people: Type.Array(BoardPerson),
  day: Type.Object({ from: Instant, hour: Count, arrivals: Hours, solved: Hours }),
  places: Type.Object({ sites: Type.Array(Named), teams: Type.Array(Named), queues: Type.Array(Named) }),
  /** Queues whose cases are left out, since the reader may not look into them. */
  leftOut: Count,
})
type BoardView = Static<typeof BoardView>

/** An id, or `none`. */
const Id = Type.Optional(Type.String({ maxLength: 36 }))
const filter = { site: Id, team: Id, queue: Id }
const BoardQuery = Type.Object({ ...filter, zone: Type.Optional(Type.String({ maxLength: 60, description: 'IANA: whose day today is; UTC unless told' })) }, strict)
const CasesQuery = Type.Object({
  ...filter, is: Type.Optional(Type.Enum([...states])), age: Type.Optional(Type.Integer({ minimum: 0, maximum: AGES - 1 })), assignee: Id,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })), cursor: Type.Optional(Cursor),
}, strict)

export interface BoardParts {
  may: May
  boards: Boards
}

export const boardRoutes = ({ may, boards }: BoardParts) => ({
  'GET /api/v1/board': read({
    summary: 'The team board: backlog, promises at risk, people and their load, today against other days', permission: 'board.read', tags: ['board'], query: BoardQuery, answer: BoardView,
    handle: async ({ actor, query: { zone: word, ...asked } }) => {
      const zone = zoneOf(word)
      const [snapshot, day] = await Promise.all([boards.snapshot(), boards.day(zone)])
      const barred = barredFrom(actor)
      const { from, hour, cells } = day
      return {
        ...present(snapshot, boardOf(snapshot.atHand, asked, barred, snapshot.at.getTime()), { filter: asked, barred, showsCases: may(actor, 'case.read') }), zone,
        day: { from, hour, arrivals: hoursOf(cells, 'opened', asked, barred), solved: hoursOf(cells, 'solve', asked, barred) },
      }
    },
  }),
  'GET /api/v1/board/cases': read({
    summary: 'The cases behind a number of the board', permission: 'board.read', tags: ['board'], query: CasesQuery, answer: Type.Object({ ...PageOf(BoardCase).properties, count: Count }),
    handle: async ({ actor, query: { limit = 50, cursor, is = 'all', ...asked } }) => {
      if (!may(actor, 'case.read')) throw refuse('measure.cases')
      const snapshot = await boards.snapshot()
      const [barred, now, after] = [barredFrom(actor), snapshot.at.getTime(), cursor ? Number(decodeCursor(cursor, 1)[0]) : 0]
      const found = snapshot.atHand.filter((one) => !barred.has(one.queueId) && picks({ ...asked, is }, one, now)).sort(orderOf(is))
      // After the case that the page before ended with; when it is gone meanwhile, from the beginning.
      const rest = found.slice(after ? found.findIndex(({ number }) => number === after) + 1 : 0, undefined)
      const page = pageOf(rest.slice(0, limit + 1), limit, ({ number }) => [number])
      const show = presenter(snapshot)
      return { items: page.items.map(show), nextCursor: page.nextCursor, count: found.length }
    },
  }),
})

const barredFrom = (actor: Actor): ReadonlySet<string> => new Set(actor.kind === 'system' ? [] : actor.barred)
const date = (ms: number | null) => (ms === null ? null : new Date(ms))

function presenter({ atWork, places }: Snapshot): (found: AtHand) => Static<typeof BoardCase> {
  const [people, queues] = [new Map(atWork.map(({ id, name }) => [id, name])), new Map(places.queues.map(({ id, name }) => [id, name]))]
  return ({ number, subject, status, priority, queueId, assigneeId, openedAt, waitingSince, dueAt, snoozed }) => ({
    number, subject, status, priority, queue: { id: queueId, name: queues.get(queueId) ?? 'Archived queue' }, assignee: assigneeId === null ? null : { id: assigneeId, name: people.get(assigneeId) ?? 'Somebody who left' },
    openedAt: new Date(openedAt), waitingSince: date(waitingSince), dueAt: date(dueAt), snoozed,
  })
}

interface Sight {
  filter: Filter
  barred: ReadonlySet<string>
  showsCases: boolean
}

function present(snapshot: Snapshot, board: Board, { filter: { site, team }, barred, showsCases }: Sight): Omit<BoardView, 'zone' | 'day'> {
  const { places, atWork } = snapshot
  const show = presenter(snapshot)
  const names = new Map(places.queues.map(({ id, name }) => [id, name]))
  const people = atWork.filter((one) => (team === undefined || one.teamId === team) && (site === undefined || one.siteId === site))
  return {
    at: snapshot.at, totals: board.totals, backlog: board.backlog, showsCases, leftOut: barred.size,
    queues: board.queues.map(({ queueId, ...numbers }) => ({ queue: { id: queueId, name: names.get(queueId) ?? 'Archived queue' }, ...numbers })),
    due: showsCases ? board.due.map(show) : [], oldest: showsCases ? board.oldest.map(show) : [],
    people: people.map((one) => ({ ...presentPerson(one, board), on: showsCases ? lookedAt(snapshot, one.id, barred) : [] })),
    places: { ...places, queues: places.queues.filter(({ id }) => !barred.has(id)) },
  }
}

function presentPerson({ id, name, teamId, team, presence, presenceAt, capacity }: Snapshot['atWork'][number], { loads }: Board) {
  const { load, open, paused } = loads.get(id) ?? { load: 0, open: 0, paused: 0 }
  return { id, name, team: teamId !== null && team !== null ? { id: teamId, name: team } : null, presence, presenceAt: new Date(presenceAt), capacity, load, open, paused }
}

const lookedAt = ({ on, looked }: Snapshot, agentId: string, barred: ReadonlySet<string>) => (on.get(agentId) ?? []).flatMap(({ number, doing }) => {
  const found = looked.get(number)
  return found && !barred.has(found.queueId) ? [{ number, subject: found.subject, doing }] : []
})
