import { SCORE_OF, freshness, slips, soughtBy, type Why } from './model.ts'
import { leadsByAddress, leadsById, leadsByLikeness, leadsByName, referencesLike, type Lead, type Match } from './store.ts'
import type { Actor, Db } from '#platform'
import type { TextTerm } from '../query/model.ts'

/** A case that was found, for one reason. */
export interface Ranked {
  number: number
  score: number
  at: Date
  why: Why
  match: Match | null
}

interface Leading {
  db: Db
  actor: Actor
  words: readonly TextTerm[]
  condition: Parameters<typeof leadsById>[1]
  now: Date
}

/** What was typed, as a name of something: one word, or words that follow each other. */
const typed = (words: readonly TextTerm[]): string => words.map(({ text }) => text).join(' ')

/** Cases that are named rather than described: by number, id, address, business or person. */
export async function findLeads({ db, words, condition, now }: Leading): Promise<Ranked[]> {
  const [only] = words
  const text = typed(words)
  const sought = soughtBy(text)
  const leads: Lead[] = []
  if (words.length === 1 && only && (sought.number !== null || sought.isId || sought.isAddress)) {
    const begins = sought.isId && sought.number === null
    leads.push(...await leadsById(db, condition, { value: sought.number === null ? sought.value : `#${sought.number}`, number: sought.number, begins }))
    if (sought.isAddress) leads.push(...await leadsByAddress(db, condition, sought.value))
  }
  if (!sought.isAddress && !sought.isId && /\p{L}{2}/u.test(text)) leads.push(...await leadsByName(db, condition, text))
  return leads.map((lead) => ({ number: lead.number, at: lead.at, match: null, score: scoreOf(lead) * freshness(lead.at, now), why: { reason: lead.reason, name: lead.name, near: false } }))
}

function scoreOf({ reason, exact }: Lead): number {
  if (reason === 'account' || reason === 'customer') return exact ? SCORE_OF.name : SCORE_OF.nameBegins
  return exact ? SCORE_OF[reason] * 2 : SCORE_OF.beginning
}

/** So many slips are forgiven in an id; in a short one only one. */
const SLIPS_MAX = 2
const SHORT = 10

/** When nothing is what was asked for: what is like it. Names by their likeness, ids with a slip or two. */
export async function likeLeads({ db, words, condition, now }: Leading): Promise<Ranked[]> {
  const text = typed(words)
  const sought = soughtBy(text)
  const leads = sought.isId && words.length === 1 ? await idsLike(db, condition, sought.value)
    : /\p{L}{3}/u.test(text) && words.length <= 4 ? await leadsByLikeness(db, condition, text) : []
  return leads.map((lead, at) => ({ number: lead.number, at: lead.at, match: null, score: (SCORE_OF.near * freshness(lead.at, now)) / (at + 1), why: { reason: lead.reason, name: lead.name, near: true } }))
}

async function idsLike(db: Db, condition: Parameters<typeof leadsById>[1], value: string): Promise<Lead[]> {
  const most = value.length < SHORT ? 1 : SLIPS_MAX
  const near = (await referencesLike(db, value)).map((candidate) => ({ candidate, by: slips(value, candidate, most) })).filter(({ by }) => by <= most).sort((a, b) => a.by - b.by)
  const leads: Lead[] = []
  for (const { candidate } of near.slice(0, 3)) leads.push(...await leadsById(db, condition, { value: candidate, number: null, begins: false }))
  return leads
}
