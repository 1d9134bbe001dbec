import { Type, type Static } from 'typebox'
import { act, change, decodeCursor, pageOf, PageOf, raw, read, refuse as refuseAnything, strict, type Actor, type Db, type Tx } from '#platform'
import { AGENT_CASES_STANDARD, CASES_MAX, casesMaxFor, itemStates, type ItemState } from './model.ts'
import { matching } from './matching.ts'
import { previewBulk, type Chosen } from './preview.ts'
import { sendResults } from './results.ts'
import { beginBulk, cancelBulk, limitAgents, looksAfterAll, requireRun, runState, undoBulk } from './service.ts'
import { agentCasesMax, countItems, itemsOf, listRuns, undosOf, type ItemView as Row, type Run, type RunPlace } from './store.ts'
import { ItemsQuery, ItemView, PreviewBody, PreviewView, RunBody, RunParam, RunsQuery, RunView } from './views.ts'

const seen = (pairs: readonly number[][]): Chosen[] => pairs.map(([number = 0, version = 0]) => ({ number, versionSeen: version }))
const pairs = (chosen: readonly Chosen[]): number[][] => chosen.map(({ number, versionSeen }) => [number, versionSeen ?? 1])

async function presentRuns(db: Db | Tx, actor: Actor, runs: readonly Run[]): Promise<Static<typeof RunView>[]> {
  const ids = runs.map(({ id }) => id)
  const [counts, undos] = [await countItems(db, ids, actor.kind === 'system' ? [] : actor.barred), await undosOf(db, ids)]
  return runs.map((run) => {
    const of = counts.get(run.id) ?? { waiting: 0, done: 0, same: 0, refused: 0, failed: 0, cancelled: 0 }
    const undo = undos.get(run.id)
    const { id, actor: { kind, id: by, name }, actions, query, undoOf, begunAt, finishedAt } = run
    const total = Object.values(of).reduce((sum, count) => sum + count, 0)
    return {
      id, state: runState(run), by: { kind, id: by, name }, actions, query, undoOf, undoneBy: undo?.id ?? null, mayUndo: undoOf === null && finishedAt !== null && !undo && of.done > 0,
      total, begunAt, finishedAt, counts: of,
    }
  })
}

async function present(db: Db | Tx, actor: Actor, run: Run): Promise<Static<typeof RunView>> {
  const [view] = await presentRuns(db, actor, [run])
  if (!view) throw refuseAnything('program.fault')
  return view
}

const presentItem = ({ place, number, subject, state, code, changes, kept, at }: Row): Static<typeof ItemView> => ({
  place, number, subject, state, code, at, fields: changes?.fields ?? [], replies: changes?.replies?.length ?? 0, notes: changes?.notes?.length ?? 0,
  kept: (kept ?? []).map(({ field, value, why }) => ({ field, value: value ?? null, why })),
})

function statesIn(text: string | undefined): ItemState[] | null {
  if (!text) return null
  return text.split(',').map((word) => itemStates.find((state) => state === word) ?? (() => { throw refuseAnything('request.invalid', { errors: [{ path: 'querystring/state', code: 'unknownValue' }] }) })())
}

function placeFrom(cursor: string | undefined): RunPlace | null {
  if (!cursor) return null
  const [at, id] = decodeCursor(cursor, 2).map(String)
  if (Number.isNaN(Date.parse(at ?? '')) || !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id ?? '')) throw refuseAnything('cursor.invalid')
  return { at: at ?? '', id: id ?? '' }
}

function rowFrom(cursor: string | undefined): number {
  const [place] = cursor ? decodeCursor(cursor, 1).map(Number) : [0]
  if (!Number.isSafeInteger(place)) throw refuseAnything('cursor.invalid')
  return place ?? 0
}

const casesMaxOf = async (db: Db | Tx, actor: Actor) => casesMaxFor(actor.roles, (await agentCasesMax(db)) ?? AGENT_CASES_STANDARD)
const LimitView = Type.Object({ agentCasesMax: Type.Integer(), casesMax: Type.Integer(), mine: Type.Integer() })

const runRoutes = () => ({
  'POST /api/v1/bulk-previews': act({
    summary: 'What actions would do to how many of these cases, or of those that a query finds now', permission: 'case.bulk', tags: ['bulk'], body: PreviewBody, answer: PreviewView, status: 200,
    handle: async ({ db, actor, body }) => {
      const casesMax = await casesMaxOf(db, actor)
      const chosen = body.query ? await matching(db, actor, body.query, CASES_MAX + 1) : seen(body.cases ?? [])
      const now = new Date()
      return { ...(await previewBulk(db, actor, chosen.slice(0, CASES_MAX), body.actions, now)), casesMax, total: chosen.length, cases: body.query ? pairs(chosen.slice(0, CASES_MAX)) : null }
    },
  }),
  'POST /api/v1/bulk-runs': change({
    summary: 'Do actions to many cases; each gets a result of its own', permission: 'case.bulk', tags: ['bulk'], body: RunBody, answer: RunView,
    handle: async ({ work, actor, body, answer }) => {
      const run = await beginBulk(work, { actions: body.actions, cases: seen(body.cases), query: body.query ?? null })
      answer.header('location', `/api/v1/bulk-runs/${run.id}`)
      return present(work.tx, actor, run)
    },
  }),
  'POST /api/v1/bulk-runs/:id/cancellation': change({
    summary: 'Call a run off: what has not begun stays as it is', permission: 'case.bulk', tags: ['bulk'], params: RunParam, answer: RunView, status: 200,
    handle: async ({ work, actor, params }) => present(work.tx, actor, await cancelBulk(work, params.id)),
  }),
  'POST /api/v1/bulk-runs/:id/undo': change({
    summary: 'Take a run back, where nobody has changed it since', permission: 'case.bulk', tags: ['bulk'], params: RunParam, answer: RunView,
    handle: async ({ work, actor, params }) => present(work.tx, actor, await undoBulk(work, params.id)),
  }),
})

export const bulkRoutes = () => ({
  ...runRoutes(),
  'GET /api/v1/bulk-runs': read({
    summary: 'Runs, the newest first: mine, or for leads those of all', permission: 'case.bulk', tags: ['bulk'], query: RunsQuery, answer: PageOf(RunView),
    handle: async ({ db, actor, query }) => {
      const limit = query.limit ?? 50
      const agentId = query.of === 'all' && looksAfterAll(actor) ? null : actor.kind === 'agent' ? actor.id : '00000000-0000-0000-0000-000000000000'
      const { items, nextCursor } = pageOf(await listRuns(db, agentId, placeFrom(query.cursor), limit + 1), limit, (run) => [run.begunAt.toISOString(), run.id])
      return { items: await presentRuns(db, actor, items), nextCursor }
    },
  }),
  'GET /api/v1/bulk-runs/:id': read({
    summary: 'A run and how far it is', permission: 'case.bulk', tags: ['bulk'], params: RunParam, answer: RunView,
    handle: async ({ db, actor, params }) => present(db, actor, await requireRun(db, actor, params.id)),
  }),
  'GET /api/v1/bulk-runs/:id/items': read({
    summary: 'The results of a run, case by case', permission: 'case.bulk', tags: ['bulk'], params: RunParam, query: ItemsQuery, answer: PageOf(ItemView),
    handle: async ({ db, actor, params, query }) => {
      const run = await requireRun(db, actor, params.id)
      const limit = query.limit ?? 50
      const rows = await itemsOf(db, run.id, actor.barred, { states: statesIn(query.state), after: rowFrom(query.cursor), limit: limit + 1 })
      const { items, nextCursor } = pageOf(rows, limit, ({ place }) => [place])
      return { items: items.map(presentItem), nextCursor }
    },
  }),
  'GET /api/v1/bulk-runs/:id/results.csv': raw({
    summary: 'The results of a run as a table', permission: 'case.bulk', tags: ['bulk'], params: RunParam, produces: 'text/csv',
    handle: async ({ db, actor, params, reply }) => sendResults(reply, db, actor, await requireRun(db, actor, params.id)),
  }),
  'GET /api/v1/bulk-limit': read({
    summary: 'How many cases may be changed at once', permission: 'case.bulk', tags: ['bulk'], answer: LimitView,
    handle: async ({ db, actor }) => ({ agentCasesMax: (await agentCasesMax(db)) ?? AGENT_CASES_STANDARD, casesMax: CASES_MAX, mine: await casesMaxOf(db, actor) }),
  }),
  'PUT /api/v1/bulk-limit': change({
    summary: 'Say how many cases agents may change at once', permission: 'bulk.limit', tags: ['bulk'], body: Type.Object({ agentCasesMax: Type.Integer({ minimum: 0, maximum: CASES_MAX }) }, strict), answer: LimitView,
    handle: async ({ work, actor, body }) => {
      await limitAgents(work, body.agentCasesMax)
      return { agentCasesMax: body.agentCasesMax, casesMax: CASES_MAX, mine: await casesMaxOf(work.tx, actor) }
    },
  }),
})
