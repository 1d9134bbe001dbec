import { navigate, queries, toast } from '#web'
import { tried } from '../actions.ts'
import { api, keys } from '../data.ts'
import { counted } from '../words.ts'

/** What is done to several cases at once, each with its way back. */

/** Merges and goes to the kept case; refusals are thrown, for the form that asked. */
export async function merge(into: number, from: number, given: { fromVersion: number; copyPeople: boolean }): Promise<void> {
  const answer = await api('POST /api/v1/cases/:number/merges', { params: { number: into }, body: { from, ...given } })
  queries.setQueryData(keys.case(into), answer)
  void queries.invalidateQueries({ queryKey: ['case', from] })
  toast({ text: `#${from} is merged into #${into}`, tone: 'done', undo: () => void unmerge(from, into, from) })
  navigate(`/cases/${into}`)
}

/** Takes a merged case out again. @param stay the case to be at afterwards; left out, the reader stays. */
export const unmerge = (number: number, from: number, stay?: number) => tried('Not taken out', async () => {
  queries.setQueryData(keys.case(number), await api('DELETE /api/v1/cases/:number/merge', { params: { number } }))
  for (const id of [number, from]) void queries.invalidateQueries({ queryKey: ['case', id] })
  toast({ text: `#${number} is a case of its own again`, tone: 'done', ...(stay === number ? {} : { open: () => navigate(`/cases/${number}`) }) })
  if (stay !== undefined) navigate(`/cases/${stay}`)
})

export async function split(number: number, messages: string[], subject: string): Promise<void> {
  const own = await api('POST /api/v1/cases/:number/splits', { params: { number }, body: { messages, ...(subject.trim() ? { subject: subject.trim() } : {}) } })
  toast({ text: `${counted(messages.length, 'message')} became #${own.number}`, tone: 'done', undo: () => void unsplit(own.number, number), open: () => navigate(`/cases/${own.number}`) })
}

const unsplit = (number: number, from: number) => tried('Not put back', async () => {
  queries.setQueryData(keys.case(from), await api('DELETE /api/v1/cases/:number/split', { params: { number } }))
  toast({ text: `All is back in #${from}`, tone: 'done' })
})

/** Makes cases incidents of a problem, says which could not be, and offers them the last update. */
export async function linkIncidents(problem: number, cases: number[]): Promise<boolean> {
  const answer = await api('POST /api/v1/cases/:number/incidents', { params: { number: problem }, body: { cases } })
  queries.setQueryData(keys.case(problem), answer.case)
  const linked = answer.results.filter(({ outcome }) => outcome === 'linked').map(({ number }) => number)
  const refused = answer.results.filter(({ outcome }) => outcome === 'refused')
  if (refused.length > 0) toast({ text: `Not linked: ${refused.map(({ number, code }) => `#${number} (${hindrance(code)})`).join(', ')}`, tone: 'late' })
  if (linked.length === 0) return refused.length === 0
  toast({ text: `${counted(linked.length, 'incident')} added to #${problem}`, tone: 'done', undo: () => void Promise.all(linked.map((number) => unlinkIncident(problem, number))) })
  const last = answer.lastUpdate
  if (last) toast({ text: `#${problem} sent an update before. Send it to ${linked.length === 1 ? 'this one' : 'these'} as well?`, open: () => void sendOn(problem, last.id, linked), ms: 20_000 })
  return true
}

const hindrances: Readonly<Record<string, string>> = {
  'case.notFound': 'there is none', 'case.closed': 'closed', 'case.removed': 'out of sight', 'case.merged': 'merged', 'problem.nested': 'a problem itself', 'problem.another': 'of another problem', 'link.self': 'the same',
}
const hindrance = (code: string | null) => hindrances[code ?? ''] ?? 'not possible'

export const unlinkIncident = (problem: number, incident: number) => tried('Not taken off', async () => {
  queries.setQueryData(keys.case(problem), await api('DELETE /api/v1/cases/:number/incidents/:incident', { params: { number: problem, incident } }))
})

export const sendOn = (problem: number, update: string, cases: number[]) => tried('Not sent', async () => {
  const { added } = await api('POST /api/v1/cases/:number/updates/:id/incidents', { params: { number: problem, id: update }, body: { cases } })
  toast({ text: `The last update goes to ${counted(added, 'incident')} more`, tone: 'done' })
})

export const undoUpdate = (problem: number, update: string) => tried('Not taken back', async () => {
  await api('DELETE /api/v1/cases/:number/updates/:id', { params: { number: problem, id: update } })
  toast({ text: 'What had not left is taken back', tone: 'done' })
})
