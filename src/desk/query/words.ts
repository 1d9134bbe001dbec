import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Db, Tx } from '#platform'
import { wordsIn, type TextTerm } from './model.ts'

/** Words as statements look for them (migration 0057). */

/** Words one after the other, the last perhaps only begun; null when there are none. */
export function phraseOf(text: string, asPrefix: boolean): string | null {
  const words = wordsIn(text).map((word, index, all) => `'${word}'${asPrefix && index === all.length - 1 ? ':*' : ''}`)
  return words.length > 0 ? words.join(' <-> ') : null
}

/** A value of `subject:`: these words in this order, as written; with a star the last is the beginning of one. */
export function subjectHas(value: string): RawBuilder<SqlBool> {
  const phrase = phraseOf(value.replace(/\*+$/, ''), value.endsWith('*'))
  return phrase === null ? sql<SqlBool>`true` : sql<SqlBool>`to_tsvector('desk_written', search_plain(c.subject)) @@ to_tsquery('desk_written', ${phrase})`
}

/** Up to so many messages are listed by name; beyond, what a word is said in is looked up case by case. */
const LISTED_MAX = 2_000
/** So long is looked for them. */
const LISTED_MS_MAX = 1_000

/** That something in the case says this, also in the word's other forms. A rare word leads to its cases; a common one is asked of each. */
export async function textHas(db: Db | Tx, term: TextTerm): Promise<RawBuilder<SqlBool>> {
  const phrase = phraseOf(term.text, term.form === 'prefix')
  if (phrase === null) return term.not ? sql<SqlBool>`false` : sql<SqlBool>`true`
  const words = sql`to_tsquery('desk', ${phrase})`
  const { rows } = await sql<{ id: string | null; place: number }>`select case_id as id, place from search_found(${words}, (select last_value + 1 from message_place), 0::bigint, ${LISTED_MAX}::int, ${LISTED_MS_MAX}::int)`.execute(db)
  // The last row says how far was looked: all the way, or only until there were too many.
  const isAll = rows.length <= LISTED_MAX && rows.some(({ id, place }) => id === null && place === 0)
  if (isAll) return sql<SqlBool>`c.id = any(${[...new Set(rows.flatMap(({ id }) => id ?? []))]}::uuid[])`
  return sql<SqlBool>`exists (select from message w join search_text s on s.place = w.place and s.message_id = w.id where w.case_id = c.id and s.words @@ ${words})`
}
