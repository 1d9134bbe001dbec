import type { QueryKey } from '@tanstack/react-query'

/** A fact of the log, as the live stream tells it. */
export interface LiveFact {
  id: string
  at: string
  room: string
  /** `noun.past`: `message.received`. */
  kind: string
  case: number | null
  subject: string | null
  actor: { kind: string; id: string | null }
  data: Record<string, unknown>
  /** What it touches: `case:10482`, `cases`. */
  refs: string[]
}

export interface PersonThere {
  agent: string
  name: string
  doing: 'viewing' | 'writing'
}

export type LiveEvent =
  | { kind: 'fact'; fact: LiveFact }
  | { kind: 'presence'; place: string; people: PersonThere[] }
  /** Too much was missed: everything shown is old. */
  | { kind: 'reset' }

/** One block of a server-sent stream: its fields, joined as the standard says (WHATWG HTML, 9.2.6). */
export interface Block { id: string | null; event: string; data: string }

/** Cuts what arrived into whole blocks; `rest` waits for more. Comments (heartbeats) give no block. */
export function blocksIn(text: string): { blocks: Block[]; rest: string } {
  const parts = text.replace(/\r\n?/g, '\n').split('\n\n')
  const rest = parts.pop() ?? ''
  return { blocks: parts.map(blockOf).filter((block) => block !== null), rest }
}

function blockOf(text: string): Block | null {
  const fields = text.split('\n').flatMap((line) => {
    const match = /^(id|event|data):? ?(.*)$/.exec(line)
    return match ? [[match[1], match[2] ?? ''] as const] : []
  })
  const data = fields.filter(([name]) => name === 'data').map(([, value]) => value)
  if (data.length === 0) return null
  const last = (name: string) => fields.findLast(([field]) => field === name)?.[1]
  return { id: last('id') ?? null, event: last('event') ?? 'message', data: data.join('\n') }
}

/** @returns null for what this version of the screen does not know. */
export function eventOf(block: Block): LiveEvent | null {
  const data = parsed(block.data)
  if (block.event === 'reset') return { kind: 'reset' }
  if (block.event === 'fact' && isFact(data)) return { kind: 'fact', fact: data }
  if (block.event === 'presence' && isPresence(data)) return { kind: 'presence', place: data.place, people: data.people }
  return null
}

/** Whether a query shows something of what was touched: `noun:id` is about keys that begin `[noun, id]`, `nouns` about `[nouns]`. */
export function isTouched(key: QueryKey, refs: ReadonlySet<string>): boolean {
  const [noun, id] = key
  if (typeof noun !== 'string') return false
  return refs.has(noun) || ((typeof id === 'string' || typeof id === 'number') && refs.has(`${noun}:${id}`))
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isFact = (value: unknown): value is LiveFact => isRecord(value) && typeof value['id'] === 'string' && typeof value['kind'] === 'string' && Array.isArray(value['refs'])
const isPresence = (value: unknown): value is { place: string; people: PersonThere[] } => isRecord(value) && typeof value['place'] === 'string' && Array.isArray(value['people'])
