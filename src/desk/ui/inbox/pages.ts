import { isUnsolved, priorities } from '../../cases/model.ts'
import type { Sort } from '../../lists/model.ts'
import type { Summary } from '../wire.ts'

/** A list as far as it was read: its head is read anew whenever something changes, what lies below it was read by scrolling. */
export interface Pages {
  items: Summary[]
  nextCursor: string | null
}

interface Order {
  place: (row: Summary) => string
  down: boolean
}

/** What is missing comes last; so does what is done, where the order is about work. */
const LAST = '~'
const waits = (row: Summary, at: string | null) => (isUnsolved(row.status) ? at ?? LAST : LAST)
const orders: Readonly<Record<Sort, Order>> = {
  active: { place: (row) => row.lastMessageAt, down: true }, newest: { place: (row) => row.openedAt, down: true }, updated: { place: (row) => row.updatedAt, down: true },
  oldest: { place: (row) => row.openedAt, down: false }, due: { place: (row) => waits(row, row.dueAt), down: false }, waiting: { place: (row) => waits(row, row.waitingSince), down: false },
  priority: { place: (row) => `${priorities.length - priorities.indexOf(row.priority)} ${row.openedAt}`, down: false },
}

/** Whether a row stands behind another. */
function isBelow({ place, down }: Order, row: Summary, other: Summary): boolean {
  const [mine, theirs] = [`${place(row)} ${row.id}`, `${place(other)} ${other.id}`]
  return down ? mine < theirs : mine > theirs
}

/**
 * Puts a freshly read head over what was there. Rows that sort below the head stay, so that a list of thousands is not read again for
 * each mail; rows that should be in the head and are not have left the list.
 */
export function withHead(before: Pages | undefined, head: Pages, sort: Sort): Pages {
  const last = head.items.at(-1)
  if (!before || !last || head.nextCursor === null) return head
  const inHead = new Set(head.items.map(({ number }) => number))
  const below = before.items.filter((row) => !inHead.has(row.number) && isBelow(orders[sort], row, last))
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
