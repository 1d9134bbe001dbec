import type { Follower, LoggedFact, Work } from '#platform'
import { readsCases } from '../../cases/sight.ts'
import { beginWatching, type Watching } from '../watching/store.ts'
import { grouped } from './grouped.ts'
import { listenersByIds, type Listener } from './settings.ts'
import { authorsOf, casesAround, ownersOf, standingOf, writeNotices, type CaseAround } from './store.ts'
import { concernsSomebody, wantedBy } from './wanted.ts'

/** Makes notices of what happens: each fact once, whichever instance reads it. */
export const noticeFollower: Follower = {
  name: 'desk.notices',
  wants: ({ room, kind }) => room === 'desk' && concernsSomebody(kind),
  handle: makeNotices,
}

/** Tells these facts to whom they concern, and makes watchers of those who chose that; each fact is to be handed in once. */
export async function makeNotices(work: Work, facts: readonly LoggedFact[]): Promise<void> {
  const cases = await casesAround(work.tx, [...new Set(facts.flatMap((fact) => fact.case ?? []))])
  const wanted = wantedBy(facts, { cases, authors: await authorsOf(work.tx, messagesIn(facts)), sides: await ownersOf(work.tx, 'side', idsIn(facts, /^side\./, ({ data }) => data['side'])), runs: await ownersOf(work.tx, 'bulk_run', idsIn(facts, /^bulk\.finished$/, ({ subject }) => subject?.slice('bulk:'.length))) })
  const listeners = await listenersByIds(work.tx, [...new Set([...wanted.map(({ agent }) => agent), ...writersIn(facts)])])
  const seeing = wanted.filter(({ agent, caseNumber }) => {
    const listener = listeners.get(agent)
    const around = caseNumber === null ? undefined : cases.get(caseNumber)
    return listener !== undefined && (around === undefined ? !listener.deactivated : sees(listener, around))
  })
  await watchByRule(work, facts, cases, listeners)
  if (seeing.length === 0) return
  const told = grouped(seeing, (agent) => listeners.get(agent)?.settings ?? null, await standingOf(work.tx, seeing, seeing[0]?.at ?? work.at))
  await writeNotices(work.tx, told)
  if (told.length > 0) tellNotices(work, 'notice.made', [...new Set(told.filter(({ inApp }) => inApp).map(({ agent }) => agent))])
}

/** One fact for all who were told in one go: their screens look again. */
export function tellNotices(work: Work, kind: 'notice.made' | 'notice.marked' | 'notice.mailed', agents: readonly string[], data: Record<string, unknown> = {}): void {
  if (agents.length > 0) work.tell('desk', { kind, data: { ...data, agents } })
}

const idsIn = (facts: readonly LoggedFact[], kind: RegExp, id: (fact: LoggedFact) => unknown) => facts.filter((fact) => kind.test(fact.kind)).map(id).filter((one) => typeof one === 'string')

/** Outcomes name a message without its author. */
const messagesIn = (facts: readonly LoggedFact[]) => facts.flatMap(({ kind, data }) => (/^reply\.(?:failed|bounced|uncertain)$/.test(kind) && typeof data['message'] === 'string' ? [data['message']] : []))
const writersIn = (facts: readonly LoggedFact[]) => facts.flatMap(({ kind, actor }) => (kind === 'note.written' && actor.kind === 'agent' && actor.id !== null ? [actor.id] : []))

/** Whether somebody may look into a case now, whatever they could when they began to watch it. */
const sees = (listener: Listener, { walled, teams }: CaseAround): boolean =>
  readsCases(listener) && (!walled || listener.roles.includes('admin') || (listener.teamId !== null && teams.includes(listener.teamId)))

/** Whoever writes a note, or is asked by one, follows the case from then on, if they have chosen so. */
async function watchByRule(work: Work, facts: readonly LoggedFact[], cases: ReadonlyMap<number, CaseAround>, listeners: ReadonlyMap<string, Listener>) {
  const watching = new Map<string, Watching & { number: number }>()
  for (const { kind, case: number, actor, data } of facts) {
    const around = number === null ? undefined : cases.get(number)
    if (kind !== 'note.written' || !around) continue
    const people = [...(actor.kind === 'agent' && actor.id !== null ? [{ agentId: actor.id, how: 'note' as const }] : []), ...[data['mentions']].flat().flatMap((id) => (typeof id === 'string' ? [{ agentId: id, how: 'mention' as const }] : []))]
    for (const { agentId, how } of people) {
      const listener = listeners.get(agentId)
      const chosen = how === 'note' ? listener?.settings.watchOnNote : listener?.settings.watchOnMention
      if (listener && chosen && sees(listener, around) && !watching.has(`${around.caseId} ${agentId}`)) watching.set(`${around.caseId} ${agentId}`, { caseId: around.caseId, agentId, how, number: around.number })
    }
  }
  for (const { caseId, agentId, how } of await beginWatching(work.tx, [...watching.values()], work.at)) {
    const number = watching.get(`${caseId} ${agentId}`)?.number
    if (number !== undefined) work.tell('desk', { kind: 'case.watched', case: number, data: { agent: agentId, how } })
  }
}
