import type { Actor, Db } from '#platform'
import type { CaseSummary } from '../cases/views.ts'
import { summariesOf } from '../lists/summary.ts'
import { asksFor, isFieldTerm, isTextTerm, parseQuery, wordsIn, type Query, type TextTerm } from '../query/model.ts'
import { conditionOf } from '../query/sql.ts'
import type { Asked, Found, Hit, Next } from './answer.ts'
import { findLeads, likeLeads, type Ranked } from './leads.ts'
import { listed } from './listed.ts'
import { freshness, type Why } from './model.ts'
import { passageOf } from './passage.ts'
import { lookBack, lookInto, newestPlace, timeOfPlace, wordsOf, writtenAt, type Match, type Written } from './store.ts'

/** Rows with the words, of which the best are shown first. With further conditions more are needed, since these leave fewer. */
const WINDOW = 150
const WINDOW_FILTERED = 1_500
/** A page takes no longer; what is not reached by then is looked at when the next page is asked for. */
const BUDGET_MS = 200
/** What these lead to is few, so that its cases are looked at first and their words after. */
const LEADING = new Set(['account', 'customer', 'from', 'number', 'tag'])
const LEADING_CASES_MAX = 500
const FEW = 3

/** What the reader may see of what was asked for, the best first; page after page back in time. Behind a wall nothing is found. */
export async function searchCases(db: Db, actor: Actor, asked: Asked): Promise<Found> {
  const { query, problems } = parseQuery(asked.text)
  const words = query.terms.filter(isTextTerm).filter(({ not }) => !not)
  if (query.terms.length === 0) return { items: [], next: null, problems, lookedBackTo: null }
  if (words.length === 0) return { ...await listed(db, actor, query, asked), problems }
  const rest: Query = { terms: query.terms.filter((term) => isFieldTerm(term) || term.not) }
  const search: Search = { db, actor, words, query, rest, condition: (await conditionOf(db, actor, rest)).where, now: new Date() }
  const { page, terms } = await bothWays(search, asked)
  const shown = await show({ ...search, words: terms }, page.ranked)
  return { items: shown, next: page.next, problems, lookedBackTo: page.reached > 0 ? await timeOfPlace(db, page.reached) : null }
}

export interface Search {
  db: Db
  actor: Actor
  /** What must have been written. */
  words: TextTerm[]
  query: Query
  /** The query without these. */
  rest: Query
  condition: Awaited<ReturnType<typeof conditionOf>>['where']
  now: Date
}

interface Page {
  ranked: Ranked[]
  next: Next | null
  reached: number
}

/** So many letters say enough to begin a word. */
const BEGUN_MIN = 3

/** The words with the last one as the beginning of one, when it may be one that is still being written. */
function begun(words: readonly TextTerm[]): TextTerm[] | null {
  const last = words.at(-1)
  return last?.form === 'word' && last.text.length >= BEGUN_MIN && wordsIn(last.text).length === 1 ? [...words.slice(0, -1), { ...last, form: 'prefix' }] : null
}

/**
 * As it is written; and when that is hardly anywhere, with the last word as one that is still being written. In this order, since the beginning
 * of a common word costs more than a rare one beside it saves.
 */
async function bothWays(search: Search, asked: Asked): Promise<{ page: Page; terms: TextTerm[] }> {
  const longer = begun(search.words)
  const goesOnBegun = asked.next !== null && 'below' in asked.next && asked.next.isBegun
  let terms = goesOnBegun && longer ? longer : search.words
  let page = await pageOf(search, asked, terms)
  const isLittle = () => asked.next === null && page.reached === 0 && page.ranked.length < FEW
  if (isLittle() && longer && terms !== longer) {
    terms = longer
    page = await pageOf(search, asked, terms)
  }
  return { page: isLittle() && page.ranked.length === 0 ? { ...page, ranked: ordered(await likeLeads(search), search.query) } : page, terms }
}

async function pageOf(search: Search, { limit, next }: Asked, terms: readonly TextTerm[]): Promise<Page> {
  const isBegun = terms !== search.words
  const at = next && 'below' in next ? next : { below: await newestPlace(search.db), after: 0, isFirst: true, isBegun }
  const { matches, reached } = await look(search, terms, at.below, limit)
  const leads = at.isFirst ? await findLeads(search) : []
  const ranked = ordered([...leads, ...matches.map((match) => byWords(match, search))], search.query)
  const rows = ranked.slice(at.after, at.after + limit)
  const more = ranked.length > at.after + limit
  return { ranked: rows, reached, next: more ? { ...at, after: at.after + limit } : reached > 0 ? { below: reached, after: 0, isFirst: false, isBegun } : null }
}

/** Looks from a place back until there is enough for a page or the time is up. */
async function look(search: Search, terms: readonly TextTerm[], below: number, limit: number): Promise<{ matches: Match[]; reached: number }> {
  const words = wordsOf(terms)
  if (!words) return { matches: [], reached: 0 }
  const isLed = search.rest.terms.some((term) => isFieldTerm(term) && !term.not && LEADING.has(term.field) && !term.values.includes('none'))
  if (isLed) return { matches: await lookInto(search.db, words, search.condition, LEADING_CASES_MAX), reached: 0 }
  const isFiltered = search.rest.terms.some((term) => !isFieldTerm(term) || term.field !== 'sort')
  const begun = performance.now()
  const matches: Match[] = []
  let place = below
  do {
    const mostMs = Math.max(10, Math.round(BUDGET_MS - (performance.now() - begun)))
    const window = await lookBack(search.db, { words, condition: search.condition, below: place, most: isFiltered ? WINDOW_FILTERED : WINDOW, mostMs })
    matches.push(...window.matches)
    place = window.reached
  } while (place > 0 && new Set(matches.map(({ caseId }) => caseId)).size < limit && performance.now() - begun < BUDGET_MS)
  return { matches, reached: place }
}

const byWords = (match: Match, { now }: Search): Ranked => ({
  number: match.number, score: match.fit * freshness(match.at, now), match, at: match.at, why: { reason: match.attachmentId ? 'attachment' : 'message', name: '', near: false },
})

/** Each case once, for its best reason; by time alone when the query says so. */
function ordered(all: readonly Ranked[], query: Query): Ranked[] {
  const seen = new Set<number>()
  const byTime = asksFor(query, 'sort', 'newest', 'active', 'updated')
  return all.toSorted((a, b) => (byTime ? 0 : b.score - a.score) || b.at.getTime() - a.at.getTime() || b.number - a.number).filter(({ number }) => !seen.has(number) && seen.add(number))
}

async function show({ db, actor, words }: Search, ranked: readonly Ranked[]): Promise<Hit[]> {
  const cases = await summariesOf(db, ranked.map(({ number }) => number), { agentId: actor.kind === 'agent' ? actor.id : null, barred: actor.barred })
  const written = await writtenAt(db, ranked.flatMap(({ match }) => match ?? []))
  return ranked.flatMap((one) => {
    const found = cases.get(one.number)
    return found ? [{ case: found, rank: one.score, messageId: one.match?.messageId ?? null, ...explained(found, one, words, written) }] : []
  })
}

/** A passage says where it comes from: the subject when the words stand there, else what was written. */
function explained(found: CaseSummary, { why, match }: Ranked, words: readonly TextTerm[], written: ReadonlyMap<string, Written>): { passage: string; why: Why } {
  if (!match) return { why, passage: `«${why.name.replace(/[«»]/g, '')}» ${passageOf(found.subject, [])}` }
  const text = written.get(match.attachmentId ?? match.messageId)
  const subject = passageOf(found.subject, words)
  if (text?.fileName) {
    const inName = passageOf(text.fileName, words)
    return { why: { ...why, name: text.fileName }, passage: inName.includes('«') || text.text === '' ? inName : passageOf(text.text, words) }
  }
  const inText = passageOf(text?.text ?? '', words)
  const said: Why = { ...why, reason: text?.visibility === 'note' ? 'note' : 'message' }
  if (subject.includes('«') && !inText.includes('«')) return { why: { ...said, reason: 'subject' }, passage: subject }
  return { why: said, passage: inText }
}
