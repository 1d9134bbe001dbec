import { cell, remember, remembered } from '#web'
import { columns, groupings, sorts, usualColumns, type Column, type Grouping, type Sort } from '../../lists/model.ts'

/** How a list is looked at: its order, its columns, its groups. Kept in this browser for each list; for a view only what differs from how it was saved. */
export interface Shape {
  sort: Sort
  columns: readonly Column[]
  grouping: Grouping | null
}

const nameOf = (listKey: string) => `meridian.shape.${listKey}`

export const plainShape = (sort: Sort): Shape => ({ sort, columns: usualColumns, grouping: null })

/** What was kept, as far as it can be read. */
export function readChanges(text: string | null): Partial<Shape> {
  const kept = parsed(text ?? '')
  const [sort, grouping] = [sorts.find((one) => one === kept['sort']), groupings.find((one) => one === kept['grouping'])]
  const named: unknown = kept['columns']
  return {
    ...(sort ? { sort } : {}), ...(grouping ? { grouping } : kept['grouping'] === null ? { grouping: null } : {}),
    ...(Array.isArray(named) ? { columns: named.flatMap((name) => columns.find((column) => column === name) ?? []) } : {}),
  }
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

/** What of a shape differs from another; null when nothing does. */
export function changesFrom(saved: Shape, now: Shape): Partial<Shape> | null {
  const changes: Partial<Shape> = {
    ...(now.sort === saved.sort ? {} : { sort: now.sort }), ...(now.grouping === saved.grouping ? {} : { grouping: now.grouping }),
    ...(now.columns.join() === saved.columns.join() ? {} : { columns: now.columns }),
  }
  return Object.keys(changes).length > 0 ? changes : null
}

export const keptShape = (listKey: string, saved: Shape): Shape => ({ ...saved, ...readChanges(remembered(nameOf(listKey))) })
export const keepShape = (listKey: string, saved: Shape, now: Shape): void => remember(nameOf(listKey), JSON.stringify(changesFrom(saved, now) ?? {}))

const TABLE = 'meridian.table'
/** Whether lists without an open case are tables. */
export const tableMode = cell(remembered(TABLE) === 'yes')
tableMode.subscribe(() => remember(TABLE, tableMode.get() ? 'yes' : 'no'))

export const sortNames: Readonly<Record<Sort, string>> = {
  due: 'Due first', newest: 'Newest first', oldest: 'Oldest first', active: 'Last message first', waiting: 'Waiting longest', priority: 'Most urgent first', updated: 'Last changed first',
}
export const columnNames: Readonly<Record<Column, string>> = {
  number: 'Number', status: 'Status', priority: 'Priority', kind: 'Kind', customer: 'Customer', account: 'Account', segment: 'Segment', queue: 'Queue', team: 'Team', assignee: 'Assignee', topic: 'Topic',
  tags: 'Tags', channel: 'Channel', due: 'Due', waiting: 'Waiting', opened: 'Opened', active: 'Last message', updated: 'Changed',
}
export const groupingNames: Readonly<Record<Grouping, string>> = { queue: 'Queue', priority: 'Priority', due: 'When due', assignee: 'Assignee', status: 'Status', topic: 'Topic', team: 'Team' }
