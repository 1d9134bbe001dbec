import type { Db } from '#platform'
import { cellsOf, levelsOf, namesOf, periodsOf, type Ask, type Cell, type PeriodOf } from './store.ts'

/** A number with what it is made of: how many are counted, how many of them have the property of a share, and how long it took them. */
export interface Figure {
  count: number
  part: number
  p50: number | null
  p90: number | null
}

export interface Group extends Figure {
  /** The id or key; null for what has none. */
  id: string | null
  /** Null when it is no more, or is behind a wall. */
  name: string | null
  /** Of each period, in their order. */
  series: Figure[]
}

export interface Figures {
  total: Figure
  series: Figure[]
  periods: PeriodOf[]
  groups: Group[]
}

const none: Figure = { count: 0, part: 0, p50: null, p90: null }
const figureOf = (cell: Cell | undefined): Figure => (cell ? { count: cell.count, part: cell.part, p50: cell.p50, p90: cell.p90 } : none)

/** The figures of a range: all together, by period, by group, and each group by period. */
export async function figuresOf(db: Db, ask: Ask, now: Date): Promise<Figures> {
  const periods = ask.each ? await periodsOf(db, ask, ask.each) : []
  const cells = ask.measure.kind === 'level' ? await levels(db, ask, periods, now) : await cellsOf(db, ask)
  const find = (group: string | null, all: boolean, period: string | null) => cells.find((cell) => cell.all === all && cell.group === group && cell.period === period)
  const series = (group: string | null, all: boolean) => periods.map(({ period }) => figureOf(find(group, all, period)))
  const own = ask.by ? cells.filter((cell) => !cell.all && cell.period === null) : []
  const names = ask.by ? await namesOf(db, ask.by, own.flatMap(({ group }) => group ?? [])) : new Map<string, string>()
  const groups = own.map((cell): Group => ({ id: cell.group, name: nameOf(ask, cell.group, names), ...figureOf(cell), series: series(cell.group, false) }))
  return { total: figureOf(find(null, true, null)), series: ask.each ? series(null, true) : [], periods, groups: groups.toSorted((a, b) => b.count - a.count || String(a.name).localeCompare(String(b.name))) }
}

/** What a walled queue is called is not for those outside, also of cases that came out of it. */
const nameOf = ({ by, barred }: Ask, id: string | null, names: ReadonlyMap<string, string>): string | null =>
  (id === null || (by === 'queue' && barred.includes(id)) ? null : by === 'segment' || by === 'channel' || by === 'priority' ? id : names.get(id) ?? null)

async function levels(db: Db, ask: Ask, periods: readonly PeriodOf[], now: Date): Promise<Cell[]> {
  const at = (end: Date) => (end > now ? now : end)
  const past = periods.filter(({ from }) => from < now)
  return levelsOf(db, ask, [{ period: null, at: at(ask.to) }, ...past.map(({ period, to }) => ({ period, at: at(to) }))])
}
