import type { LoggedFact } from '#platform'
import { naming, type NoticeKind } from './model.ts'

/** From what happened to whom it is told. Pure: what facts do not hold comes from outside. */

export interface Around {
  caseId: string
  assignee: string | null
  watchers: ReadonlySet<string>
  muted: ReadonlySet<string>
}

export interface Surroundings {
  /** By case number. */
  cases: ReadonlyMap<number, Around>
  /** The agents who wrote the messages that facts name. */
  authors: ReadonlyMap<string, string>
  /** The agents whose side conversations, and whose bulk runs, these are. */
  sides: ReadonlyMap<string, string>
  runs: ReadonlyMap<string, string>
}

/** Somebody is to be told of one fact. */
export interface Wanted {
  agent: string
  kind: NoticeKind
  /** What unread notices are put together by: `case:10482`, `run:ID`. */
  subject: string
  caseNumber: number | null
  caseId: string | null
  at: Date
  actor: { kind: string; id: string | null }
  data: Record<string, unknown>
}

type Told = Pick<LoggedFact, 'kind' | 'case' | 'subject' | 'at' | 'actor' | 'data'>
type Tells = (fact: Told, around: Around, surroundings: Surroundings) => { kind: NoticeKind; agents: readonly (string | null)[]; data?: Record<string, unknown> } | null

const text = (data: Readonly<Record<string, unknown>>, name: string): string | null => (typeof data[name] === 'string' ? data[name] : null)
const texts = (data: Readonly<Record<string, unknown>>, name: string): string[] => [data[name]].flat().filter((item) => typeof item === 'string')
const concerned = ({ assignee, watchers }: Around) => [assignee, ...watchers]
const messageOf = ({ data }: Told) => ({ message: text(data, 'message') })

/** The facts of a case that somebody is told of, and who that is. */
const tellings: Readonly<Record<string, Tells>> = {
  'case.assigned': ({ data }) => ({ kind: 'assigned', agents: [text(data, 'to')], data: { how: text(data, 'how') } }),
  'case.handedOver': ({ data }) => ({ kind: 'handOver', agents: [text(data, 'to')], data: { handover: text(data, 'handover') } }),
  'note.written': (fact, around) => ({ kind: 'colleagueWrote', agents: concerned(around), data: messageOf(fact) }),
  'reply.sent': (fact, around) => ({ kind: 'colleagueWrote', agents: concerned(around), data: messageOf(fact) }),
  'message.received': (fact, around) => (fact.data['automatic'] || fact.data['rule'] === 'opened' ? null : { kind: 'customerReplied', agents: concerned(around), data: messageOf(fact) }),
  'sla.atRisk': ({ data }, { assignee }) => ({ kind: 'slaAtRisk', agents: [assignee], data: { metric: text(data, 'metric') } }),
  'sla.breached': ({ data }, { assignee }) => ({ kind: 'slaBreached', agents: [assignee], data: { metric: text(data, 'metric') } }),
  // What else wakes a case is told by itself: the customer's message, the assignment.
  'case.woken': ({ data }, { assignee }) => (text(data, 'why') === 'time' ? { kind: 'woke', agents: [assignee ?? text(data, 'by'), text(data, 'by')] } : null),
  'side.answered': (fact, { assignee }, { sides }) => (fact.data['automatic'] ? null : { kind: 'sideAnswered', agents: [sides.get(text(fact.data, 'side') ?? '') ?? null, assignee], data: { side: text(fact.data, 'side') } }),
  'side.overdue': ({ data }, { assignee }) => ({ kind: 'sideOverdue', agents: [text(data, 'agent'), assignee], data: { side: text(data, 'side') } }),
  'side.failed': undeliveredBy, 'side.bounced': undeliveredBy, 'side.uncertain': undeliveredBy,
  'reply.failed': undeliveredBy, 'reply.bounced': undeliveredBy, 'reply.uncertain': undeliveredBy,
}

function undeliveredBy(fact: Told, { assignee }: Around, { authors, sides }: Surroundings) {
  const message = text(fact.data, 'message')
  return { kind: 'undelivered' as const, agents: [authors.get(message ?? '') ?? sides.get(text(fact.data, 'side') ?? '') ?? null, assignee], data: { message, outcome: fact.kind.split('.')[1] } }
}

/** Whether anybody could be told of a fact. */
export const concernsSomebody = (kind: string): boolean => Object.hasOwn(tellings, kind) || kind === 'bulk.applied' || kind === 'bulk.finished'

/** Whom to tell of these facts, in their order: never anybody of their own deed, and of one deed with several facts each person once. */
export function wantedBy(facts: readonly Told[], surroundings: Surroundings): Wanted[] {
  const runs = runsIn(facts)
  return withoutEchoes(facts.flatMap((fact) => {
    if (fact.kind === 'bulk.finished') return finishedRun(fact, surroundings)
    const around = fact.case === null ? undefined : surroundings.cases.get(fact.case)
    if (fact.case === null || !around) return []
    const told = [...mentions(fact), ...(Object.hasOwn(tellings, fact.kind) ? [tellings[fact.kind]?.(fact, around, surroundings) ?? null] : [])]
    return told.flatMap((telling) => (telling === null ? [] : peopleOf(telling, fact, around).map((agent): Wanted => ({
      agent, kind: telling.kind, ...placeOf(runs.get(unitOf(fact)), fact, around), caseNumber: fact.case, at: fact.at, actor: fact.actor, data: telling.data ?? {},
    }))))
  }))
}

/** One unit of work: what it told of one case has one instant and one actor. */
const unitOf = ({ case: number, at, actor }: Told) => `${number} ${at.getTime()} ${actor.id}`

/** Each unit of work of a bulk run says so beside what it did. */
const runsIn = (facts: readonly Told[]) => new Map(facts.flatMap((fact): [string, string][] => {
  const run = fact.kind === 'bulk.applied' ? text(fact.data, 'run') : null
  return run === null ? [] : [[unitOf(fact), run]]
}))

/** Whoever began a run hears of its end, also though it is their own deed: it went on without them. */
function finishedRun({ subject, at, actor, data }: Told, { runs }: Surroundings): Wanted[] {
  const run = subject?.replace(/^bulk:/, '') ?? ''
  const agent = runs.get(run)
  return agent ? [{ agent, kind: 'bulkDone', subject: `bulk:${run}`, caseNumber: null, caseId: null, at, actor, data: { ...data, run } }] : []
}

/** What one bulk run did to many cases is one thing. */
function placeOf(run: string | undefined, fact: Told, { caseId }: Around): { subject: string; caseId: string | null } {
  // And so is what somebody hands over at the end of a shift.
  const handover = text(fact.data, 'handover')
  if (handover !== null && fact.kind === 'case.handedOver') return { subject: `handover:${handover}`, caseId: null }
  return run === undefined ? { subject: `case:${fact.case}`, caseId } : { subject: `run:${run}`, caseId: null }
}

const mentions = (fact: Told) => (fact.kind === 'note.written' ? [{ kind: 'mention' as const, agents: texts(fact.data, 'mentions'), data: messageOf(fact) }] : [])

const peopleOf = ({ kind, agents }: { kind: NoticeKind; agents: readonly (string | null)[] }, { actor }: Told, { muted }: Around): string[] =>
  [...new Set(agents.filter((agent) => agent !== null))].filter((agent) => agent !== actor.id && (naming.has(kind) || !muted.has(agent)))

/** Of what one deed says several times the strongest word is told: a handover is no mention and no assignment beside, a mention no note. */
const STRENGTH: readonly NoticeKind[] = ['handOver', 'mention', 'assigned', 'colleagueWrote']

function withoutEchoes(wanted: readonly Wanted[]): Wanted[] {
  const deedOf = ({ agent, caseNumber, at, actor }: Wanted) => `${agent} ${caseNumber} ${at.getTime()} ${actor.id}`
  const strongest = new Map<string, number>()
  for (const one of wanted) {
    const strength = STRENGTH.indexOf(one.kind)
    if (strength >= 0) strongest.set(deedOf(one), Math.min(strength, strongest.get(deedOf(one)) ?? STRENGTH.length))
  }
  return wanted.filter((one) => {
    const strength = STRENGTH.indexOf(one.kind)
    return strength < 0 || strength === strongest.get(deedOf(one))
  })
}
