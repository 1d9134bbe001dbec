import { priorities, statuses } from '../../cases/model.ts'
import type { Grouping } from '../../lists/model.ts'
import type { Summary } from '../wire.ts'
import { priorityNames, statusNames } from '../words.ts'

/** A list in groups: a heading above those rows that belong together, in the order of the list. */

export type Entry = { kind: 'case'; key: string; row: Summary } | { kind: 'group'; key: string; name: string; count: number }

interface Group {
  key: string
  name: string
  /** Groups with a place stand in its order, others in that of their first row. */
  place: number
}

const HOUR_MS = 3_600_000
const nameless = (key: string, name: string): Group => ({ key, name, place: Number.MAX_SAFE_INTEGER })

/** When something falls due, as people plan: late, within the hour, today, this week, later. */
export function dueBucket(dueAt: string | null, now: Date): Group {
  if (dueAt === null) return nameless('none', 'No time promised')
  const left = Date.parse(dueAt) - now.getTime()
  const endOfDay = new Date(now).setHours(24, 0, 0, 0) - now.getTime()
  const buckets: [number, string, string][] = [[0, 'late', 'Overdue'], [HOUR_MS, 'hour', 'Within the hour'], [endOfDay, 'today', 'Later today'], [endOfDay + 6 * 24 * HOUR_MS, 'week', 'Within a week']]
  const place = buckets.findIndex(([until]) => left < until)
  const [, key, name] = buckets[place] ?? [0, 'later', 'Later']
  return { key, name, place: place === -1 ? buckets.length : place }
}

const groupOf: Readonly<Record<Grouping, (row: Summary, now: Date) => Group>> = {
  queue: ({ queue }) => ({ key: queue.id, name: queue.name, place: 0 }),
  assignee: ({ assignee }) => (assignee ? { key: assignee.id, name: assignee.name, place: 1 } : { key: 'none', name: 'Nobody', place: 0 }),
  team: ({ team }) => (team ? { key: team.id, name: team.name, place: 0 } : nameless('none', 'No team')),
  topic: ({ topic }) => (topic ? { key: topic.key, name: topic.title, place: 0 } : nameless('none', 'No topic')),
  priority: ({ priority }) => ({ key: priority, name: priorityNames[priority], place: -priorities.indexOf(priority) }),
  status: ({ status }) => ({ key: status, name: statusNames[status], place: statuses.indexOf(status) }),
  due: ({ dueAt }, now) => dueBucket(dueAt, now),
}

const entry = (row: Summary): Entry => ({ kind: 'case', key: String(row.number), row })

/** The rows as a list shows them. Without a grouping, as they are. */
export function grouped(rows: readonly Summary[], grouping: Grouping | null, now: Date): Entry[] {
  if (grouping === null) return rows.map(entry)
  const groups = new Map<string, { group: Group; rows: Summary[] }>()
  for (const row of rows) {
    const group = groupOf[grouping](row, now)
    const there = groups.get(group.key)
    if (there) there.rows.push(row)
    else groups.set(group.key, { group, rows: [row] })
  }
  return [...groups.values()].sort((a, b) => a.group.place - b.group.place)
    .flatMap(({ group, rows: members }) => [{ kind: 'group' as const, key: `group:${group.key}`, name: group.name, count: members.length }, ...members.map(entry)])
}

/** Where the selection goes when it was moved onto a heading: on in the same direction, to the next row. */
export function pastHeading(entries: readonly Entry[], key: string, from: number | null): number | null {
  const at = entries.findIndex((one) => one.key === key)
  const before = from === null ? -1 : entries.findIndex((one) => one.key === String(from))
  const step = at < before ? -1 : 1
  for (let place = at; place >= 0 && place < entries.length; place += step) {
    const one = entries[place]
    if (one?.kind === 'case') return one.row.number
  }
  return from
}
