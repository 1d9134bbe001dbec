import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { Static } from 'typebox'
import { change, decodeCursor, Nothing, PageOf, pageOf, raw, read, refuse as refuseAnything, type Actor, type Db, type May } from '#platform'
import { catalogue } from '../measures/catalogue.ts'
import { dimensions, type Measure } from '../measures/model.ts'
import { builtShare } from '../measuring/progress.ts'
import { rebuildMeasures } from '../measuring/service.ts'
import { refuse } from '../refusals.ts'
import { readAsk, requireMeasure } from './ask.ts'
import { BYTE_ORDER_MARK, lineOf } from './csv.ts'
import { tableOf } from './table.ts'
import { figuresOf } from './service.ts'
import { countedCases, type Ask, type CasesAsk, type CountedCase } from './store.ts'
import { CasesFileQuery, CasesQuery, CountedView, FiguresQuery, FiguresView, KeyParam, MeasureView, TableQuery } from './views.ts'
import { Type } from 'typebox'

export interface FigureParts {
  may: May
  now: () => Date
}

/** What a definition is to those outside; which rows it reads is our own affair. */
const present = ({ moment: _, by, ...measure }: Measure, agents: boolean): Static<typeof MeasureView> => ({ ...measure, by: by.filter((dimension) => agents || dimension !== 'agent') })

export const figureRoutes = ({ may, now }: FigureParts) => {
  const seesAgents = (actor: Actor) => may(actor, 'insights.agents')
  const requireCases = (actor: Actor) => { if (!may(actor, 'case.read')) throw refuse('measure.cases') }
  const asking = (db: Db, actor: Actor, key: string, asked: Static<typeof FiguresQuery>, at: Date) => readAsk(db, actor, { key, asked, seesAgents: seesAgents(actor), now: at })
  return {
    'GET /api/v1/measures': read({
      summary: 'The measures: how each number is defined, and by what it can be told apart', permission: 'insights.read', tags: ['measures'],
      answer: Type.Object({ items: Type.Array(MeasureView), dimensions: Type.Array(Type.Enum([...dimensions])) }),
      handle: async ({ actor }) => ({ items: catalogue.map((measure) => present(measure, seesAgents(actor))), dimensions: dimensions.filter((dimension) => dimension !== 'agent' || seesAgents(actor)) }),
    }),
    'GET /api/v1/measures/:key': read({
      summary: 'The figures of a measure in a range, by group and by period where asked', permission: 'insights.read', tags: ['measures'], params: KeyParam, query: FiguresQuery, answer: FiguresView,
      handle: async ({ db, actor, params, query }) => {
        const at = now()
        const ask = await asking(db, actor, params.key, query, at)
        const { from, to, zone, clock } = ask
        return { measure: present(ask.measure, seesAgents(actor)), from, to, zone, clock, asOf: at, built: await builtShare(db), leftOut: ask.barred.length, ...await figuresOf(db, ask, at) }
      },
    }),
    'GET /api/v1/measures/:key/cases': read({
      summary: 'What a figure counts, one by one: the case, and the moment that counts', permission: 'insights.read', tags: ['measures'], params: KeyParam, query: CasesQuery, answer: PageOf(CountedView),
      handle: async ({ db, actor, params, query }) => {
        requireCases(actor)
        const { part, sort, limit = 50, cursor, ...asked } = query
        const at = now()
        const ask = upToNow(await asking(db, actor, params.key, asked, at), at)
        const rows = await countedCases(db, { ask, part: partOf(part), sort: sort ?? 'recent', after: cursor ? placeIn(cursor) : null, limit: limit + 1 })
        const page = pageOf(rows, limit, ({ place, number, turn }) => [place, number, turn])
        return { items: page.items.map(({ place: _, ...item }) => item), nextCursor: page.nextCursor }
      },
    }),
    'POST /api/v1/measures/builds': change({
      summary: 'Make all that is measured anew from the log; what is there stays in use meanwhile', permission: 'insights.build', tags: ['measures'], answer: Nothing, status: 202,
      handle: async ({ work }) => {
        await rebuildMeasures(work)
        return {}
      },
    }),
    'GET /api/v1/measures/:key/table.csv': raw({
      summary: 'The figures as a table for spreadsheets', permission: 'insights.read', tags: ['measures'], params: KeyParam, query: TableQuery, produces: 'text/csv',
      handle: async ({ db, actor, params, query: { bom, ...asked }, reply }) => {
        const at = now()
        const ask = await asking(db, actor, params.key, asked, at)
        return asFile(reply, `${ask.measure.key}.csv`).send((bom ? BYTE_ORDER_MARK : '') + tableOf(ask, await figuresOf(db, ask, at), at))
      },
    }),
    'GET /api/v1/measures/:key/cases.csv': raw({
      summary: 'All that a figure counts, for spreadsheets', permission: 'insights.read', tags: ['measures'], params: KeyParam, query: CasesFileQuery, produces: 'text/csv',
      handle: async ({ db, actor, params, query: { bom, part, sort, ...asked }, reply }) => {
        requireCases(actor)
        requireMeasure(params.key)
        const at = now()
        const ask = upToNow(await asking(db, actor, params.key, asked, at), at)
        return asFile(reply, `${ask.measure.key}-cases.csv`).send(Readable.from(casesFile(db, { ask, part: partOf(part), sort: sort ?? 'recent' }, bom === '1')))
      },
    }),
  }
}

const partOf = (part: '1' | '0' | undefined) => (part === undefined ? null : part === '1')
/** What lies ahead has no level: the backlog is that of now. */
const upToNow = (ask: Ask, now: Date): Ask => (ask.measure.kind === 'level' && ask.to > now ? { ...ask, to: now } : ask)

function placeIn(cursor: string): NonNullable<CasesAsk['after']> {
  const [place, number, turn] = decodeCursor(cursor, 3)
  if (!/^-?\d{1,18}$/.test(String(place)) || typeof number !== 'number' || !Number.isSafeInteger(number) || typeof turn !== 'number' || !Number.isInteger(turn) || Math.abs(turn) > 2e9) throw refuseAnything('cursor.invalid')
  return { place: String(place), number, turn }
}

const asFile = (reply: FastifyReply, name: string) => reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${name}"`).header('cache-control', 'no-store')

const HEAD = ['number', 'subject', 'status', 'queue', 'assignee', 'customer', 'at', 'ms', 'businessMs', 'part']
const PAGE = 1_000

/** Page by page, so that no file is ever whole in memory. */
async function* casesFile(db: Db, asked: Omit<CasesAsk, 'after' | 'limit'>, bom: boolean): AsyncGenerator<string> {
  yield (bom ? BYTE_ORDER_MARK : '') + lineOf(HEAD)
  for (let after: CasesAsk['after'] = null; ;) {
    const rows: CountedCase[] = await countedCases(db, { ...asked, after, limit: PAGE })
    yield rows.map(({ number, subject, status, queue, assignee, customer, at, ms, businessMs, part }) =>
      lineOf([number, subject, status, queue, assignee, customer, at, ms, businessMs, part === null ? null : part ? 'yes' : 'no'])).join('')
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    after = { place: last.place, number: last.number, turn: last.turn }
  }
}
