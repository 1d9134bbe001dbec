import pg from 'pg'
import { randomOf } from '../../src/demo/random.ts'
import { makeCentre } from './centre.ts'
import { copyInto, type Copying, type Row } from './copy.ts'
import { columns, makeHistories, type History, type Stage } from './history.ts'
import { rebuildAround } from './indexes.ts'
import { sealLoaded } from './seal.ts'

/** What was loaded, and how long each part of it took. */
export interface Loaded {
  cases: number
  /** Unsolved ones: as many in a small centre as in a large one, so that both are compared by what they keep, not by what they do. */
  atHand: number
  steps: { name: string; seconds: number }[]
  perSecond: number
}

const AT_HAND = 8_000
const SOLVED_LATELY = 20_000
const FIRST_NUMBER = 10_001
const DAY_MS = 86_400_000
const HISTORY_DAYS = 365
const BACKLOG_DAYS = 3
const SOLVED_DAYS = 7

/** Fills a migrated, otherwise empty database with so many cases: people, accounts, cases, messages, facts with their chain, promises and search rows. */
export async function loadCases(ownerUrl: string, cases: number, say: (line: string) => void, now = new Date()): Promise<Loaded> {
  const began = performance.now()
  const steps: Loaded['steps'] = []
  const step = async <T>(name: string, action: () => Promise<T>): Promise<T> => {
    const from = performance.now()
    const result = await action()
    const seconds = (performance.now() - from) / 1000
    steps.push({ name, seconds })
    say(`${name}: ${seconds.toFixed(1)} s`)
    return result
  }
  const shares = sharesOf(cases)
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  await client.query(`set maintenance_work_mem = '768MB'; set synchronous_commit = off; set session_replication_role = replica; set max_parallel_maintenance_workers = 2`)
  try {
    await client.query(`select event_month((date_trunc('month', now()) - make_interval(months => m))::date) from generate_series(0, 14) m`)
    await rebuildAround(client, step, async () => {
      await step('rows', () => copyAll(ownerUrl, cases, shares, now))
      await step('chain of facts', () => sealLoaded(client))
      for (const [name, fill] of await fillers(client)) await step(name, () => client.query(fill))
    })
    await step('statistics', () => client.query('vacuum (analyze)'))
  } finally {
    await client.end()
  }
  return { cases, atHand: shares.atHand, steps, perSecond: cases / ((performance.now() - began) / 1000) }
}

/** What rooms keep beside the cases, each filled by a function of its own in the database. */
async function fillers(client: pg.Client): Promise<[string, string][]> {
  const { rows } = await client.query<{ name: string }>(`select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public' and p.proname like 'fill\\_%' order by 1`)
  return rows.map(({ name }) => [name.replace('fill_', '').replaceAll('_', ' '), `select ${name}()`])
}

async function copyAll(ownerUrl: string, cases: number, shares: Shares, now: Date): Promise<void> {
  const random = randomOf('a million cases')
  const centre = makeCentre(random, now, { accounts: Math.ceil(cases / 12) + 10, customers: Math.ceil(cases / 5) + 50 })
  for (const [into, rows] of Object.entries(centre.rows)) await copyRows(ownerUrl, into, rows)
  const histories = makeHistories(random, centre, now)
  const [caseRows, participants, messages, recipients, tags, events] = await Promise.all([columns.case, columns.participants, columns.messages, columns.recipients, columns.tags, columns.events].map((into) => copyInto(ownerUrl, into)))
  if (!caseRows || !participants || !messages || !recipients || !tags || !events) throw new Error('no way in')
  const ways: Readonly<Record<keyof History, Copying>> = { case: caseRows, participants, messages, recipients, tags, events }
  const stages = stagesOf(shares)
  for (let index = 0; index < cases; index++) await write(ways, histories(FIRST_NUMBER + index, openedAt(index, shares, now), stages(index)))
  await Promise.all(Object.values(ways).map((way) => way.end()))
}

async function write(ways: Readonly<Record<keyof History, Copying>>, history: History) {
  const waits = [ways.case.write(history.case)]
  const all = (way: Copying, rows: readonly Row[]) => { for (const row of rows) waits.push(way.write(row)) }
  all(ways.participants, history.participants)
  all(ways.messages, history.messages)
  all(ways.recipients, history.recipients)
  all(ways.tags, history.tags)
  all(ways.events, history.events)
  for (const wait of waits) if (wait) await wait
}

async function copyRows(ownerUrl: string, into: string, rows: readonly Row[]) {
  const way = await copyInto(ownerUrl, into)
  for (const row of rows) await way.write(row)
  await way.end()
}

/** Closed cases lie over a year, those that were solved and not closed yet over a week, those at hand over the last days. */
function openedAt(index: number, { closed, solved, atHand }: Shares, now: Date): number {
  const within = (days: number, from: number, count: number) => (days * (from + count - index)) / count
  const days = index < closed ? BACKLOG_DAYS + SOLVED_DAYS + within(HISTORY_DAYS, 0, closed) : index < closed + solved ? BACKLOG_DAYS + within(SOLVED_DAYS, closed, solved) : within(BACKLOG_DAYS, closed + solved, atHand)
  return Math.round(now.getTime() - days * DAY_MS)
}

interface Shares {
  closed: number
  solved: number
  atHand: number
}

function sharesOf(cases: number): Shares {
  const atHand = Math.min(AT_HAND, Math.round(cases * 0.8))
  const solved = Math.min(SOLVED_LATELY, Math.round((cases - atHand) / 2))
  return { atHand, solved, closed: cases - atHand - solved }
}

function stagesOf({ closed, solved }: Shares): (index: number) => Stage {
  return (index) => {
    if (index < closed) return 'closed'
    if (index < closed + solved) return 'solved'
    return (['open', 'new', 'open', 'pending', 'open', 'on_hold', 'open', 'pending', 'new', 'open'] as const)[index % 10] ?? 'open'
  }
}
