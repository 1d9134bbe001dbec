import type { Summary } from '../wire.ts'

/** A list as far as it was read: its head is read anew whenever something changes, what lies below it was read by scrolling. */
export interface Pages {
  items: Summary[]
  nextCursor: string | null
}

type Place = (row: Summary) => string
const places: Readonly<Record<string, Place>> = { active: (row) => row.lastMessageAt, newest: (row) => row.openedAt }

/**
 * Puts a freshly read head over what was there. Rows that sort below the head stay, so that a list of thousands is not read again for
 * each mail; rows that should be in the head and are not have left the list.
 */
export function withHead(before: Pages | undefined, head: Pages, sort: string): Pages {
  const last = head.items.at(-1)
  const place = places[sort]
  if (!before || !last || !place || head.nextCursor === null) return head
  const inHead = new Set(head.items.map(({ number }) => number))
  const below = before.items.filter((row) => !inHead.has(row.number) && (place(row) < place(last) || (place(row) === place(last) && row.id < last.id)))
  return below.length === 0 ? head : { items: [...head.items, ...below], nextCursor: before.nextCursor }
}

/** Appends a further page; a row that moved up between two readings is not shown twice. */
export function withPage(before: Pages, page: Pages): Pages {
  const known = new Set(before.items.map(({ number }) => number))
  return { items: [...before.items, ...page.items.filter(({ number }) => !known.has(number))], nextCursor: page.nextCursor }
}

/** The same list with one row changed; undefined when it is not in it, so that nobody is told of nothing. */
export function withRow(before: Pages, number: number, change: (row: Summary) => Summary): Pages | undefined {
  if (!before.items.some((row) => row.number === number)) return undefined
  return { ...before, items: before.items.map((row) => (row.number === number ? change(row) : row)) }
}

/** Rows worth reading ahead: those beside one, or the first when none is selected. */
export function around(items: readonly { number: number }[], number: number | null, reach = 2): number[] {
  const at = number === null ? 0 : items.findIndex((row) => row.number === number)
  return at === -1 ? [] : items.slice(Math.max(0, at - 1), at + reach + 1).map((row) => row.number).filter((found) => found !== number)
}
