import { sql } from 'kysely'
import type { Db } from '#platform'
import type { CaseSummary } from '../cases/views.ts'
import { addressPrefix, numberIn, prefixQuery } from './store.ts'
import { summariesOf } from './summary.ts'

export interface Hit {
  case: CaseSummary
  /** What matched, with the words marked by « ». */
  passage: string
  rank: number
}

export interface Searcher {
  agentId: string | null
  barred: readonly string[]
}

interface Match {
  number: number
  passage: string
  rank: number
}

const RANK_OF_NUMBER = 3
const RANK_OF_ADDRESS = 2

/** Finds cases by number, by address and by the words of their subject, the surest kind of match first. Behind a wall nothing is found. */
export async function searchCases(db: Db, q: string, searcher: Searcher, limit: number): Promise<Hit[]> {
  const words = q.trim()
  const matches = [...(await byNumber(db, words)), ...(await (words.includes('@') ? byAddress(db, words, searcher, limit) : bySubject(db, words, searcher, limit)))]
  const cases = await summariesOf(db, matches.map(({ number }) => number), searcher)
  const seen = new Set<number>()
  return matches.filter(({ number }) => !seen.has(number) && seen.add(number)).flatMap(({ number, passage, rank }) => {
    const summary = cases.get(number)
    return summary ? [{ case: summary, passage, rank }] : []
  }).slice(0, limit)
}

async function byNumber(db: Db, words: string): Promise<Match[]> {
  const number = numberIn(words)
  if (number === null) return []
  const rows = await db.selectFrom('case').select(['number', 'subject']).where('number', '=', number).execute()
  return rows.map((row) => ({ number: row.number, passage: `«#${row.number}» ${row.subject}`, rank: RANK_OF_NUMBER }))
}

async function byAddress(db: Db, words: string, { barred }: Searcher, limit: number): Promise<Match[]> {
  const { rows } = await sql<{ number: number; address: string; subject: string }>`select c.number, min(p.address) as address, c.subject from participant p join "case" c on c.id = p.case_id
    where p.address like ${addressPrefix(words)} and p.dropped_at is null and c.removed is null and c.queue_id <> all(${[...barred]}::uuid[])
    group by c.id order by c.opened_at desc limit ${limit}`.execute(db)
  return rows.map(({ number, address, subject }) => ({ number, passage: `«${address}» ${subject}`, rank: RANK_OF_ADDRESS }))
}

async function bySubject(db: Db, words: string, { barred }: Searcher, limit: number): Promise<Match[]> {
  const query = prefixQuery(words)
  if (!query) return []
  const { rows } = await sql<Match>`select c.number, ts_rank(to_tsvector('simple', c.subject), q.q) as rank,
      ts_headline('simple', c.subject, q.q, 'StartSel=«, StopSel=», HighlightAll=true') as passage
    from "case" c, to_tsquery('simple', ${query}) as q(q)
    where to_tsvector('simple', c.subject) @@ q.q and c.removed is null and c.queue_id <> all(${[...barred]}::uuid[])
    order by rank desc, c.opened_at desc limit ${limit}`.execute(db)
  return rows
}
