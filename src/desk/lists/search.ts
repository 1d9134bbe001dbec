import { sql } from 'kysely'
import type { Db } from '#platform'
import type { CaseSummary } from '../cases/views.ts'
import { listCases, prefixQuery, summaryOf, withoutPlace } from './store.ts'

export interface Hit {
  case: CaseSummary
  /** What matched, with the words marked by « ». */
  passage: string
  rank: number
}

const HITS_MAX = 50

/** Finds cases by number, by address and by the words of their subject, the surest kind of match first. */
export async function searchCases(db: Db, q: string, barred: readonly string[], limit = HITS_MAX): Promise<Hit[]> {
  const words = q.trim()
  const number = /^#?(\d{1,15})$/.exec(words)?.[1]
  const byNumber = number ? await summaryOf(db, Number(number)) : null
  const hits: Hit[] = byNumber && !barred.includes(byNumber.queue.id) ? [{ case: byNumber, passage: `«#${byNumber.number}» ${byNumber.subject}`, rank: 3 }] : []
  if (words.includes('@')) hits.push(...(await byAddress(db, words, barred, limit)))
  else hits.push(...(await bySubject(db, words, barred, limit)))
  const seen = new Set<number>()
  return hits.filter((hit) => !seen.has(hit.case.number) && seen.add(hit.case.number)).slice(0, limit)
}

async function byAddress(db: Db, words: string, barred: readonly string[], limit: number): Promise<Hit[]> {
  const found = await listCases(db, { words, barred }, 'newest', null, limit)
  return found.map((summary) => ({ case: withoutPlace(summary), passage: `«${summary.customer.email ?? words}» ${summary.subject}`, rank: 2 }))
}

async function bySubject(db: Db, words: string, barred: readonly string[], limit: number): Promise<Hit[]> {
  const query = prefixQuery(words)
  if (!query) return []
  const { rows } = await sql<{ number: number; passage: string; rank: number }>`select c.number, ts_rank(to_tsvector('simple', c.subject), q.q) as rank,
      ts_headline('simple', c.subject, q.q, 'StartSel=«, StopSel=», HighlightAll=true') as passage
    from "case" c, to_tsquery('simple', ${query}) as q(q)
    where to_tsvector('simple', c.subject) @@ q.q and c.removed is null and c.queue_id <> all(${[...barred]}::uuid[])
    order by rank desc, c.opened_at desc limit ${limit}`.execute(db)
  const hits = await Promise.all(rows.map(async (row) => ({ summary: await summaryOf(db, row.number), passage: row.passage, rank: row.rank })))
  return hits.flatMap(({ summary, passage, rank }) => (summary ? [{ case: summary, passage, rank }] : []))
}
