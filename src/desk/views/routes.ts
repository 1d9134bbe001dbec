import { Type, type Static } from 'typebox'
import { change, decodeCursor, Instant, Line, Nothing, Nullable, PageOf, pageOf, PageQuery, read, refuse, strict, Uuid, Version, type Actor, type Db } from '#platform'
import { Named } from '../cases/views.ts'
import { columns, groupings, sorts } from '../lists/model.ts'
import { parseQuery, type Query } from '../query/model.ts'
import { openCounter, type Counter } from './counter.ts'
import { mayChange, sharings, viewColours, viewIcons } from './model.ts'
import { askerOf, changeView, copyView, createView, dropView, pinViews, requireView, shareView } from './service.ts'
import { viewsByIds, viewsOf, type ShownView, type ViewPlace } from './store.ts'

const QueryText = Type.String({ maxLength: 2_000, pattern: '^[^\\u0000-\\u001f\\u007f]*$' })
const Columns = Type.Array(Type.Enum([...columns]), { maxItems: columns.length, uniqueItems: true })
const ViewView = Type.Object({
  id: Uuid, name: Type.String(), query: Type.String(), sort: Type.Enum([...sorts]), columns: Columns, grouping: Nullable(Type.Enum([...groupings])), icon: Type.Enum([...viewIcons]), colour: Type.Enum([...viewColours]),
  owner: Nullable(Named), shared: Type.Enum([...sharings]), team: Nullable(Named), archived: Type.Boolean(),
  /** Its place among the views that the reader keeps in sight; null when it is not there. */
  pinned: Nullable(Type.Integer()),
  mine: Type.Boolean(), mayChange: Type.Boolean(), updatedAt: Instant, version: Version,
})
const Words = {
  sort: Type.Optional(Type.Enum([...sorts])), columns: Type.Optional(Columns), grouping: Type.Optional(Nullable(Type.Enum([...groupings]))), icon: Type.Optional(Type.Enum([...viewIcons])), colour: Type.Optional(Type.Enum([...viewColours])),
}
const SharingBody = Type.Object({ with: Type.Enum([...sharings]), team: Type.Optional(Nullable(Uuid)) }, strict)
const ViewParam = Type.Object({ id: Uuid })
const ViewsQuery = Type.Object({ ...PageQuery, archived: Type.Optional(Type.Literal('1')) }, strict)
const PINS_MAX = 200

function present(actor: Actor, view: ShownView): Static<typeof ViewView> {
  const { ownerId, ownerName, teamId, teamName, ...rest } = view
  return {
    id: rest.id, name: rest.name, query: rest.query, sort: rest.sort, columns: rest.columns, grouping: rest.grouping, icon: rest.icon, colour: rest.colour, shared: rest.shared, archived: rest.archived,
    pinned: rest.pinned, updatedAt: rest.updatedAt, version: rest.version, mine: ownerId === actor.id, mayChange: mayChange(view, askerOf(actor)),
    owner: ownerId === null ? null : { id: ownerId, name: ownerName ?? '' }, team: teamId === null ? null : { id: teamId, name: teamName ?? '' },
  }
}

function placeFrom(cursor: string | undefined): ViewPlace | null {
  if (!cursor) return null
  const [name, id] = decodeCursor(cursor, 2).map(String)
  if (name === undefined || name.includes('\u0000') || !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id ?? '')) throw refuse('cursor.invalid')
  return { name, id: id ?? '' }
}

export interface ViewParts {
  /** Where the log ends, as far as this instance has read it; without it counts are asked for each time. */
  logPosition?: () => number
}

export const viewRoutes = ({ logPosition }: ViewParts) => {
  let counter: Counter | null = null
  const counterOf = (db: Db): Counter => (counter ??= openCounter({ db, position: () => logPosition?.() ?? null }))
  return { ...countRoutes(counterOf), ...savedRoutes }
}

const CountsQuery = Type.Object({ views: Type.Optional(Type.String({ maxLength: 4_000, pattern: '^[0-9a-fA-F,-]*$' })), query: Type.Optional(Type.String({ maxLength: 2_000 })) }, strict)
const CountView = Type.Object({
  /** Null for the query. */
  view: Nullable(Uuid), count: Type.Integer({ minimum: 0 }),
  /** There are more: words are looked for in old cases only so far. */
  more: Type.Boolean(),
})

const countRoutes = (counterOf: (db: Db) => Counter) => ({
  'GET /api/v1/views/counts': read({
    summary: 'How many cases views and a query hold: exactly, and of one moment', permission: 'view.read', tags: ['views'], query: CountsQuery, answer: Type.Object({ items: Type.Array(CountView) }),
    handle: async ({ db, actor, query }) => {
      const views = await viewsByIds(db, askerOf(actor), idsIn(query.views ?? ''))
      const asked = [...views.map(({ id, query: text }) => ({ view: id, query: parseQuery(text).query })), ...(query.query === undefined ? [] : [{ view: null, query: readQuery(query.query) }])]
      const counts = await counterOf(db).count(actor, asked.map((one) => one.query))
      return { items: asked.map(({ view }, at) => ({ view, count: counts[at]?.count ?? 0, more: counts[at]?.more ?? false })) }
    },
  }),
})

function idsIn(text: string): string[] {
  const ids = text.split(',').filter(Boolean)
  if (ids.some((id) => !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id))) throw refuse('request.invalid', { errors: [{ path: 'querystring/views', code: 'format' }] })
  return ids
}

function readQuery(text: string): Query {
  const { query, problems } = parseQuery(text)
  if (problems.length > 0) throw refuse('request.invalid', { errors: problems.map(({ code }) => ({ path: 'querystring/query', code })), problems })
  return query
}

const savedRoutes = {
  'GET /api/v1/views': read({
    summary: 'The views that I see, by name', permission: 'view.read', tags: ['views'], query: ViewsQuery, answer: PageOf(ViewView),
    handle: async ({ db, actor, query }) => {
      const limit = query.limit ?? 50
      const found = await viewsOf(db, askerOf(actor), { archived: query.archived === '1', after: placeFrom(query.cursor), limit: limit + 1 })
      const { items, nextCursor } = pageOf(found, limit, (view) => [view.name.toLowerCase(), view.id])
      return { items: items.map((view) => present(actor, view)), nextCursor }
    },
  }),
  'POST /api/v1/views': change({
    summary: 'Save a filter as a view', permission: 'view.write', tags: ['views'], answer: ViewView,
    body: Type.Object({ name: Line(100), query: QueryText, ...Words, shared: Type.Optional(SharingBody) }, strict),
    handle: async ({ work, body, answer }) => {
      const view = await createView(work, body)
      answer.header('location', `/api/v1/views/${view.id}`)
      answer.etag(view.version)
      return present(work.actor, view)
    },
  }),
  'GET /api/v1/views/:id': read({
    summary: 'One view', permission: 'view.read', tags: ['views'], params: ViewParam, answer: ViewView,
    handle: async ({ db, actor, params, answer }) => {
      const view = await requireView(db, actor, params.id)
      answer.etag(view.version)
      return present(actor, view)
    },
  }),
  'PATCH /api/v1/views/:id': change({
    summary: 'Change a view, archive it or take it out of the archive', permission: 'view.write', tags: ['views'], params: ViewParam, answer: ViewView,
    body: Type.Object({ name: Type.Optional(Line(100)), query: Type.Optional(QueryText), ...Words, archived: Type.Optional(Type.Boolean()) }, { ...strict, minProperties: 1 }),
    handle: async ({ work, params, body, ifMatch, answer }) => {
      const view = await changeView(work, params.id, body, ifMatch)
      answer.etag(view.version)
      return present(work.actor, view)
    },
  }),
  'DELETE /api/v1/views/:id': change({
    summary: 'Delete an archived view for good', permission: 'view.write', tags: ['views'], params: ViewParam, answer: Nothing,
    handle: async ({ work, params, ifMatch }) => { await dropView(work, params.id, ifMatch); return {} },
  }),
  'PUT /api/v1/views/:id/sharing': change({
    summary: 'Share a view with a team, with all, or with nobody any more', permission: 'view.share', tags: ['views'], params: ViewParam, body: SharingBody, answer: ViewView,
    handle: async ({ work, params, body, ifMatch, answer }) => {
      const view = await shareView(work, params.id, body, ifMatch)
      answer.etag(view.version)
      return present(work.actor, view)
    },
  }),
  'POST /api/v1/views/:id/copies': change({
    summary: 'Make a copy of a view, of my own', permission: 'view.write', tags: ['views'], params: ViewParam, answer: ViewView,
    handle: async ({ work, params, answer }) => {
      const view = await copyView(work, params.id)
      answer.etag(view.version)
      return present(work.actor, view)
    },
  }),
  'PUT /api/v1/views/pins': change({
    summary: 'Keep these views in sight, in this order', permission: 'view.read', tags: ['views'], body: Type.Object({ views: Type.Array(Uuid, { maxItems: PINS_MAX, uniqueItems: true }) }, strict),
    answer: Type.Object({ views: Type.Array(Uuid) }), handle: async ({ work, body }) => ({ views: await pinViews(work, body.views) }),
  }),
}
