import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Db, Tx } from '#platform'
import { wordsIn, type TextTerm } from './model.ts'

/** Words as statements look for them. */

/** Words one after the other, the last perhaps only begun; null when there are none. */
export function phraseOf(text: string, asPrefix: boolean): string | null {
  const words = wordsIn(text).map((word, index, all) => `'${word}'${asPrefix && index === all.length - 1 ? ':*' : ''}`)
  return words.length > 0 ? words.join(' <-> ') : null
}

/** A value of `subject:`: these words in this order; with a star the last is the beginning of one. */
export function subjectHas(value: string): RawBuilder<SqlBool> {
  const phrase = phraseOf(value.replace(/\*+$/, ''), value.endsWith('*'))
  return phrase === null ? sql<SqlBool>`true` : sql<SqlBool>`to_tsvector('simple', c.subject) @@ ${phrase}::tsquery`
}

export async function textHas(_db: Db | Tx, term: TextTerm): Promise<RawBuilder<SqlBool>> {
  const phrase = phraseOf(term.text, term.form === 'prefix')
  if (phrase === null) return term.not ? sql<SqlBool>`false` : sql<SqlBool>`true`
  return sql<SqlBool>`(to_tsvector('simple', c.subject) @@ ${phrase}::tsquery or exists (select from message w where w.case_id = c.id and w.standing <> 'declined' and w.delivery is distinct from 'recalled'
    and to_tsvector('simple', w.text) @@ ${phrase}::tsquery))`
}
