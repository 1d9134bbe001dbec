import { client } from '../api/client.ts'

/** The ground's own routes, as the screens use them; the frame knows no room, so their shapes are written here. */
type None = Record<never, never>
interface Page<T> { items: T[]; nextCursor: string | null }

export interface Fact {
  id: string
  at: string
  room: string
  kind: string
  case: number | null
  subject: string | null
  actor: { kind: string; id: string | null }
  data: Record<string, unknown>
}

export interface DeadLetter {
  id: string
  job: string
  payload: unknown
  attempts: number
  lastError: string | null
  createdAt: string
  failedAt: string
}

export interface Verification {
  verified: boolean
  events: number
  firstBroken: { event: string; position: number | null; reason: string } | null
}

export interface FactQuery { cursor?: string; limit?: number; room?: string; kind?: string; case?: string }

interface GroundApi {
  'GET /api/v1/log/facts': { params: None; query: FactQuery; body: undefined; answer: Page<Fact> }
  'GET /api/v1/log/verification': { params: None; query: None; body: undefined; answer: Verification }
  'GET /api/v1/dead-letters': { params: None; query: { cursor?: string; limit?: number }; body: undefined; answer: Page<DeadLetter> }
  'POST /api/v1/dead-letters/:id/replays': { params: { id: string }; query: None; body: None; answer: None }
  'DELETE /api/v1/dead-letters/:id': { params: { id: string }; query: None; body: None; answer: None }
  'GET /readyz': { params: None; query: None; body: undefined; answer: { ready: boolean } }
}

export const groundApi = client<GroundApi>()

/** The counts that the program keeps for Prometheus (text format 0.0.4), as sums by name and labels. @throws when the server cannot be reached. */
export async function readCounts(signal: AbortSignal): Promise<Sample[]> {
  const answer = await fetch('/metrics', { signal, cache: 'no-store', headers: { 'x-requested-with': 'meridian' } })
  if (!answer.ok) throw new Error('the counts cannot be read')
  return samplesIn(await answer.text())
}

export interface Sample { name: string; labels: Record<string, string>; value: number }

export function samplesIn(text: string): Sample[] {
  return text.split('\n').flatMap((line) => {
    const match = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line)
    if (!match) return []
    const labels = Object.fromEntries([...(match[2] ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name = '', value = '']) => [name, value]))
    return [{ name: match[1] ?? '', labels, value: Number(match[3]) }]
  })
}

/** All samples of a name, added up. */
export const sumOf = (samples: readonly Sample[], name: string, labels: Record<string, string> = {}): number =>
  samples.filter((sample) => sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value)).reduce((sum, { value }) => sum + value, 0)
