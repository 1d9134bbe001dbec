import { refuse } from '../refusal.ts'

/** An opaque place in a list: the sort values of the last row. */
export const encodeCursor = (values: readonly (string | number)[]): string => Buffer.from(JSON.stringify(values)).toString('base64url')

/** @throws cursor.invalid when it is not one of ours with `length` values. */
export function decodeCursor(cursor: string, length: number): (string | number)[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(values) && values.length === length && values.every((v) => typeof v === 'string' || typeof v === 'number')) return values
  } catch { /* not JSON: refused below */ }
  throw refuse('cursor.invalid')
}

export interface Page<T> {
  items: T[]
  nextCursor: string | null
}

/** Cuts the one row too many that a page is asked with, and makes the cursor from the last row kept. */
export function pageOf<T>(rows: T[], limit: number, placeOf: (row: T) => readonly (string | number)[]): Page<T> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(placeOf(last)) : null }
}
