/** The team board as a pure function of the work at hand: what each reader sees of it, and which cases are behind each number. Also runs in the browser. */

/** A case at hand. Instants are milliseconds since 1970. */
export interface AtHand {
  number: number
  subject: string
  status: string
  priority: string
  queueId: string
  teamId: string | null
  siteId: string | null
  assigneeId: string | null
  openedAt: number
  /** Since when the customer waits for us. */
  waitingSince: number | null
  /** The soonest promise that runs; in the past when it was broken and still is to be kept. */
  dueAt: number | null
  snoozed: boolean
  /** A side conversation of it waits for longer than it should. */
  sideOverdue: boolean
  /** How much of an agent's capacity it takes. */
  weight: number
}

export interface AtWork {
  id: string
  name: string
  teamId: string | null
  team: string | null
  siteId: string | null
  presence: string
  presenceAt: number
  capacity: number
}

export interface Filter {
  site?: string | undefined
  team?: string | undefined
  queue?: string | undefined
}

const HOUR_MS = 3_600_000
/** From when on a case is in the next age: 4 hours, 1, 3 and 7 days. */
export const AGE_BOUNDS_MS = [4 * HOUR_MS, 24 * HOUR_MS, 72 * HOUR_MS, 168 * HOUR_MS] as const
export const AGES = AGE_BOUNDS_MS.length + 1
/** A promise is at risk when it comes due within this. */
export const RISK_MS = HOUR_MS

export const ageOf = (openedAt: number, now: number): number => AGE_BOUNDS_MS.filter((bound) => now - openedAt >= bound).length

export const states = ['all', 'unassigned', 'waiting', 'atRisk', 'breached', 'pressing', 'snoozed', 'sideOverdue'] as const
export type State = (typeof states)[number]

/** Whether a case is in a state that the board counts. */
export const isIn: Record<State, (found: AtHand, now: number) => boolean> = {
  all: () => true,
  unassigned: ({ assigneeId, snoozed }) => assigneeId === null && !snoozed,
  waiting: ({ waitingSince }) => waitingSince !== null,
  atRisk: ({ dueAt }, now) => dueAt !== null && dueAt > now && dueAt - now <= RISK_MS,
  breached: ({ dueAt }, now) => dueAt !== null && dueAt <= now,
  pressing: (found, now) => isIn.atRisk(found, now) || isIn.breached(found, now),
  snoozed: ({ snoozed }) => snoozed,
  sideOverdue: ({ sideOverdue }) => sideOverdue,
}

/** What a number of the board counts: a state, and the queue, age or person whose number it is. */
export interface Pick extends Filter {
  is: State
  age?: number | undefined
  /** An agent's id, or `none`. */
  assignee?: string | undefined
}

const none = (id: string | null) => id ?? 'none'

/** Whether a case is behind a number. */
export const picks = (pick: Pick, found: AtHand, now: number): boolean =>
  within(pick, found) && isIn[pick.is](found, now) && (pick.age === undefined || ageOf(found.openedAt, now) === pick.age) && (pick.assignee === undefined || none(found.assigneeId) === pick.assignee)

export const within = ({ site, team, queue }: Filter, found: Place): boolean =>
  (queue === undefined || found.queueId === queue) && (team === undefined || none(found.teamId) === team) && (site === undefined || none(found.siteId) === site)
interface Place {
  queueId: string
  teamId: string | null
  siteId: string | null
}

/** In which order a list of them is worked off. */
export function orderOf(is: State): (a: AtHand, b: AtHand) => number {
  const key = is === 'atRisk' || is === 'breached' || is === 'pressing' ? (one: AtHand) => one.dueAt ?? Infinity : is === 'waiting' ? (one: AtHand) => one.waitingSince ?? Infinity : (one: AtHand) => one.openedAt
  return (a, b) => key(a) - key(b) || a.number - b.number
}

export interface Backlog {
  all: number
  /** By age, the youngest first. */
  ages: number[]
  unassigned: number
  atRisk: number
  breached: number
}

export interface QueueBacklog extends Backlog {
  queueId: string
}

export interface Load {
  id: string
  /** Weighted cases that wait for the agent now. */
  load: number
  /** New and open. */
  open: number
  /** Pending and on hold. */
  paused: number
}

export interface Board {
  totals: Record<State, number>
  backlog: Backlog
  queues: QueueBacklog[]
  loads: Map<string, Load>
  /** Breached and at risk, the soonest first. */
  due: AtHand[]
  /** The customers who wait longest. */
  oldest: AtHand[]
}

const LISTED_MAX = 12
const nothing = (): Backlog => ({ all: 0, ages: Array.from({ length: AGES }, () => 0), unassigned: 0, atRisk: 0, breached: 0 })

/** Everything on the board, in one pass over the work at hand. What the reader may not see is not there. */
export function boardOf(rows: readonly AtHand[], filter: Filter, barred: ReadonlySet<string>, now: number): Board {
  const totals: Record<State, number> = { all: 0, unassigned: 0, waiting: 0, atRisk: 0, breached: 0, pressing: 0, snoozed: 0, sideOverdue: 0 }
  const [backlog, queues, loads] = [nothing(), new Map<string, QueueBacklog>(), new Map<string, Load>()]
  const [due, waiting]: [AtHand[], AtHand[]] = [[], []]
  for (const found of rows) {
    if (barred.has(found.queueId)) continue
    // A person's load is whole, whatever part of the work is looked at.
    if (found.assigneeId) carry(loads, found.assigneeId, found)
    if (!within(filter, found)) continue
    for (const state of states) if (isIn[state](found, now)) totals[state] += 1
    const queue = queues.get(found.queueId) ?? { ...nothing(), queueId: found.queueId }
    queues.set(found.queueId, queue)
    for (const one of [backlog, queue]) add(one, found, now)
    if (isIn.pressing(found, now)) due.push(found)
    if (found.waitingSince !== null) waiting.push(found)
  }
  return {
    totals, backlog, loads, queues: [...queues.values()].sort((a, b) => b.all - a.all || (a.queueId < b.queueId ? -1 : 1)),
    due: due.sort(orderOf('breached')).slice(0, LISTED_MAX), oldest: waiting.sort(orderOf('waiting')).slice(0, LISTED_MAX),
  }
}

function add(backlog: Backlog, found: AtHand, now: number): void {
  const age = ageOf(found.openedAt, now)
  backlog.all += 1
  backlog.ages[age] = (backlog.ages[age] ?? 0) + 1
  if (isIn.unassigned(found, now)) backlog.unassigned += 1
  if (isIn.atRisk(found, now)) backlog.atRisk += 1
  if (isIn.breached(found, now)) backlog.breached += 1
}

function carry(loads: Map<string, Load>, id: string, { status, snoozed, weight }: AtHand): void {
  const held = loads.get(id) ?? { id, load: 0, open: 0, paused: 0 }
  loads.set(id, held)
  if (status !== 'new' && status !== 'open') held.paused += 1
  else if (snoozed) held.paused += 1
  else { held.open += 1; held.load += weight }
}

/** What happened in one hour of one day in one place: `moment` is `opened` or `solve`. */
export interface HourCell {
  moment: 'opened' | 'solve'
  /** 0 today, 1 yesterday, 7, 14, 21 and 28 the same weekday before. */
  daysAgo: number
  hour: number
  queueId: string
  teamId: string | null
  siteId: string | null
  spaceId: string
  count: number
}

export interface Hours {
  today: number[]
  yesterday: number[]
  /** The mean of the same weekday of the last four weeks. */
  usual: number[]
}

export const WEEKS_BACK = [7, 14, 21, 28] as const

/** Hour by hour of the day on the wall. */
export function hoursOf(cells: readonly HourCell[], moment: HourCell['moment'], filter: Filter, barred: ReadonlySet<string>): Hours {
  const empty = () => Array.from({ length: 24 }, () => 0)
  const hours: Hours = { today: empty(), yesterday: empty(), usual: empty() }
  for (const cell of cells) {
    if (cell.moment !== moment || barred.has(cell.spaceId) || !within(filter, cell)) continue
    const [line, part] = cell.daysAgo === 0 ? [hours.today, 1] : cell.daysAgo === 1 ? [hours.yesterday, 1] : [hours.usual, WEEKS_BACK.length]
    line[cell.hour] = (line[cell.hour] ?? 0) + cell.count / part
  }
  return hours
}
