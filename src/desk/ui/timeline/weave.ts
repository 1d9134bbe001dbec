import type { Fact, Message } from '../wire.ts'
import { isShown } from './facts.ts'

/** Facts that one actor told in one go: one quiet line. */
export interface Line {
  key: string
  at: string
  facts: Fact[]
}

/** One row of a case's timeline, oldest first. */
export type Item =
  /** A new day begins, in the reader's zone: `2026-11-04`. */
  | { is: 'day'; key: string; day: string; at: string }
  /** What follows is new to the reader. */
  | { is: 'unread'; key: string; count: number }
  | { is: 'message'; key: string; message: Message }
  | { is: 'line'; key: string; line: Line }
  /** Many lines in a row, folded: "5 changes". */
  | { is: 'group'; key: string; lines: Line[] }

export interface Weaving {
  messages: readonly Message[]
  facts: readonly Fact[]
  /** IANA. */
  zone: string
  /** The first message that the reader has not seen. */
  firstUnreadId: string | null
}

/** Lines in a row that are shown one by one; more are folded. */
const LINES_MAX = 3
/** Within this time, what one actor does counts as done in one go. */
const ONE_GO_MS = 2_000

type Entry = { at: number; order: number; message: Message } | { at: number; order: number; line: Line }

/** Weaves messages and facts into one timeline, with a line between days and one before what is unread. What was taken back before it left is only a line. */
export function weave({ messages, facts, zone, firstUnreadId }: Weaving): Item[] {
  const dayOf = daysIn(zone)
  const items: Item[] = []
  let day = ''
  let lines: Line[] = []
  const settle = () => {
    items.push(...folded(lines))
    lines = []
  }
  const unread = unreadFrom(messages, firstUnreadId)
  const shown = messages.filter(({ delivery }) => delivery !== 'recalled')
  for (const entry of inOrder(shown, linesOf(facts, messages))) {
    const at = 'message' in entry ? entry.message.at : entry.line.at
    const today = dayOf(at)
    if (today !== day) {
      settle()
      items.push({ is: 'day', key: `day-${today}-${items.length}`, day: today, at })
      day = today
    }
    if ('line' in entry) {
      lines.push(entry.line)
      continue
    }
    settle()
    if (entry.message.id === firstUnreadId) items.push({ is: 'unread', key: 'unread', count: unread })
    items.push({ is: 'message', key: entry.message.id, message: entry.message })
  }
  settle()
  return items
}

/** `2026-11-04` of an instant in a zone. */
export function daysIn(zone: string): (at: string) => string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  return (at) => format.format(new Date(at))
}

const opens = (line: Line) => line.facts.some(({ kind }) => kind === 'case.opened')

/** So long a mail may be on the way; a case with an older first message was made of it afterwards. */
const ON_THE_WAY_MS = 3_600_000

/** A case opens before its first message, which was written before its mail went on the way; whatever else happened at the instant of a message came of it, and stands after it. */
function inOrder(messages: readonly Message[], lines: readonly Line[]): Entry[] {
  const firstAt = Math.min(...messages.map(({ at }) => Date.parse(at)), Infinity)
  const entries: Entry[] = [
    ...messages.map((message) => ({ at: Date.parse(message.at), order: 1, message })),
    ...lines.map((line) => (opens(line) && Date.parse(line.at) - firstAt < ON_THE_WAY_MS ? { at: Math.min(Date.parse(line.at), firstAt), order: 0, line } : { at: Date.parse(line.at), order: 2, line })),
  ]
  return entries.map((entry, index) => ({ entry, index })).sort((a, b) => a.entry.at - b.entry.at || a.entry.order - b.entry.order || a.index - b.index).map(({ entry }) => entry)
}

function linesOf(facts: readonly Fact[], messages: readonly Message[]): Line[] {
  const instants = new Set(messages.map(({ at }) => at))
  const lines: Line[] = []
  for (const fact of facts) {
    // That work began by a reply or a note goes without saying.
    if (!isShown(fact) || (fact.kind === 'case.begun' && instants.has(fact.at))) continue
    const last = lines.at(-1)
    if (last && inOneGo(last, fact)) last.facts.push(fact)
    else lines.push({ key: `fact-${fact.id}`, at: fact.at, facts: [fact] })
  }
  return lines
}

function inOneGo(line: Line, fact: Fact): boolean {
  const [first, last] = [line.facts[0], line.facts.at(-1)]
  if (!first || !last || (first.kind === 'case.opened' && fact.kind !== 'participant.added' && fact.kind !== 'tag.added')) return false
  return first.case === fact.case && first.actor.kind === fact.actor.kind && first.actor.id === fact.actor.id && Date.parse(fact.at) - Date.parse(last.at) <= ONE_GO_MS
}

function folded(lines: readonly Line[]): Item[] {
  const first = lines[0]
  if (!first) return []
  if (lines.length <= LINES_MAX) return lines.map((line) => ({ is: 'line', key: line.key, line }))
  return [{ is: 'group', key: `group-${first.key}`, lines: [...lines] }]
}

function unreadFrom(messages: readonly Message[], firstUnreadId: string | null): number {
  const from = messages.findIndex(({ id }) => id === firstUnreadId)
  return from === -1 ? 0 : messages.slice(from).filter(({ direction }) => direction === 'in').length
}
