import type { Moment } from '../measures/model.ts'

/** From the facts of one case to what counts in it: a pure function, so that what is kept can be made anew from the log at any time. */

/** A fact of the case, as the log has it. */
export interface Told {
  at: Date
  kind: string
  actor: { kind: string; id: string | null }
  data: Readonly<Record<string, unknown>>
}

/** Where a case lies, and who has it. */
export interface Where {
  queueId: string
  teamId: string | null
  assigneeId: string | null
}

/** One moment that counts. What is timed goes from `from` to `at`. */
export interface MomentOf {
  moment: Moment
  turn: number
  at: Date
  from: Date | null
  hit: boolean | null
  queueId: string
  teamId: string | null
  agentId: string | null
}

/** A stretch in which the case was unsolved; it goes on while `until` is null. */
export interface SpanOf {
  turn: number
  from: Date
  until: Date | null
  queueId: string
  teamId: string | null
  agentId: string | null
}

export interface Counted {
  openedAt: Date
  moments: MomentOf[]
  spans: SpanOf[]
}

interface Solve {
  at: Date
  where: Where
  agentId: string | null
  /** Replies so far. */
  replies: number
  /** Replies at the moment when it was reopened; null while it stands. */
  reopenedWith: number | null
}

interface Reply {
  at: Date
  /** The message that it answers; null when nobody waited. */
  since: Date | null
  where: Where
  agentId: string | null
}

interface Ended {
  from: Date
  until: Date
  where: Where
}

/** What taking a reply back restores. */
interface Life {
  since: Date | null
  ended: readonly Ended[]
  solves: readonly Solve[]
  waitingSince: Date | null
}

interface State {
  openedAt: Date
  openedIn: string
  firstTeam: string | null
  where: Where
  life: Life
  replies: readonly Reply[]
  targets: readonly MomentOf[]
  /** The life before each reply that will be taken back. */
  before: ReadonlyMap<string, Life>
}

/** What will turn out not to have been: replies that were taken back, messages that went to another case. */
interface Void {
  recalled: ReadonlySet<string>
  detached: ReadonlySet<string>
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const messagesOf = (facts: readonly Told[], told: string) => facts.filter(({ kind }) => kind === told).flatMap(({ data }) => text(data['message']) ?? [])
/** A split is told of both cases; `to` says that the messages left this one. */
const splitFrom = (facts: readonly Told[]) => facts.filter(({ kind, data }) => kind === 'message.split' && data['to'] !== undefined).flatMap(({ data }) => [data['messages']].flat().flatMap((id) => text(id) ?? []))

/** Whether an agent, or a program that answers for one, did it: what the house does by itself (rules, automatic replies) is no reply of a person. */
const byPeople = ({ actor, data }: Told) => (actor.kind === 'agent' || actor.kind === 'token') && !data['automatic']
const agentOf = ({ actor }: Told) => (actor.kind === 'agent' ? actor.id : null)

/** What counts in a case, from its facts in the order in which they were told. Null when its opening is not among them. */
export function count(facts: readonly Told[]): Counted | null {
  const opened = facts.find(({ kind }) => kind === 'case.opened')
  const queueId = text(opened?.data['queue'])
  if (!opened || queueId === null) return null
  const never: Void = { recalled: new Set(messagesOf(facts, 'reply.recalled')), detached: new Set([...messagesOf(facts, 'message.detached'), ...splitFrom(facts)]) }
  let state: State = {
    openedAt: opened.at, openedIn: queueId, firstTeam: null, where: { queueId, teamId: null, assigneeId: null }, replies: [], targets: [], before: new Map(),
    life: { since: opened.at, ended: [], solves: [], waitingSince: null },
  }
  for (const fact of facts) state = after(state, fact, never)
  return { openedAt: state.openedAt, moments: momentsOf(state), spans: spansOf(state) }
}

function after(state: State, fact: Told, never: Void): State {
  switch (fact.kind) {
    case 'queue.changed': case 'team.changed': case 'case.assigned': case 'case.unassigned': return moved(state, fact)
    case 'message.received': return received(state, fact, never)
    case 'reply.sent': return replied(state, fact, never)
    case 'reply.recalled': return recalled(state, fact)
    case 'case.pended': return { ...state, life: { ...state.life, waitingSince: null } }
    case 'case.solved': return solved(state, fact)
    case 'case.reopened': return reopened(state, fact)
    case 'case.absorbed': case 'case.separated': case 'case.unmerged': return together(state, fact)
    case 'sla.met': case 'sla.breached': return decided(state, fact)
    case 'sla.unmet': return undecided(state, targets[text(fact.data['metric']) ?? ''])
    default: return state
  }
}

function moved(state: State, { kind, data }: Told): State {
  const to = text(data['to'])
  const where = kind === 'queue.changed' ? { ...state.where, queueId: to ?? state.where.queueId }
    : kind === 'team.changed' ? { ...state.where, teamId: to }
    : { ...state.where, assigneeId: kind === 'case.unassigned' ? null : to, teamId: 'team' in data ? text(data['team']) : state.where.teamId }
  return { ...state, where, firstTeam: state.firstTeam ?? where.teamId }
}

function received(state: State, { at, data }: Told, { detached }: Void): State {
  if (data['automatic'] || state.life.waitingSince || detached.has(text(data['message']) ?? '')) return state
  return { ...state, life: { ...state.life, waitingSince: at } }
}

function replied(state: State, fact: Told, { recalled }: Void): State {
  const message = text(fact.data['message'])
  if (message !== null && recalled.has(message)) return { ...state, before: new Map(state.before).set(message, state.life) }
  if (!byPeople(fact)) return state
  const reply: Reply = { at: fact.at, since: state.life.waitingSince, where: state.where, agentId: agentOf(fact) }
  return { ...state, replies: [...state.replies, reply], life: { ...state.life, waitingSince: null } }
}

/** The fact says to which status the case went back, when it did; when somebody has changed it since, only the customer waits as before. */
function recalled(state: State, { data }: Told): State {
  const before = state.before.get(text(data['message']) ?? '')
  if (!before) return state
  if (data['to'] !== undefined) return { ...state, life: before }
  return state.life.since ? { ...state, life: { ...state.life, waitingSince: before.waitingSince ?? state.life.waitingSince } } : state
}

function solved(state: State, fact: Told): State {
  const { life, where } = state
  if (!life.since) return state
  const solve: Solve = { at: fact.at, where, agentId: agentOf(fact) ?? where.assigneeId, replies: state.replies.length, reopenedWith: null }
  return { ...state, life: { since: null, waitingSince: null, ended: [...life.ended, { from: life.since, until: fact.at, where }], solves: [...life.solves, solve] } }
}

function reopened(before: State, { at }: Told): State {
  const state = undecided(before, 'slaResolution')
  const { life } = state
  if (life.since) return state
  const solves = life.solves.map((solve, index) => (index === life.solves.length - 1 ? { ...solve, reopenedWith: state.replies.length } : solve))
  return { ...state, life: { ...life, since: at, solves } }
}

/** Another case was merged into this one, or came out again: the fact says since when a customer waits now, and whether the case is solved as it was before. */
function together(state: State, { data }: Told): State {
  const waiting = new Date(text(data['waitingSince']) ?? Number.NaN)
  const life = { ...state.life, waitingSince: Number.isNaN(waiting.getTime()) ? null : waiting }
  if (data['to'] !== 'solved' || !life.since) return { ...state, life }
  const solves = life.solves.map((solve, index) => (index === life.solves.length - 1 ? { ...solve, reopenedWith: null } : solve))
  return solves.length > 0 ? { ...state, life: { ...life, since: null, solves } } : { ...state, life }
}

const targets: Readonly<Record<string, Moment>> = { firstReply: 'slaFirstReply', nextReply: 'slaNextReply', resolution: 'slaResolution' }

/** A target counts once, by what came first: one that was breached and then met was breached. A breach stands at its instant, also when it was noticed later. */
function decided(state: State, { at, kind, data }: Told): State {
  const moment = targets[text(data['metric']) ?? '']
  if (!moment || (kind === 'sla.met' && data['late'])) return state
  const turn = state.targets.filter((target) => target.moment === moment).length + 1
  const due = new Date(text(data['due']) ?? Number.NaN)
  const { queueId, teamId, assigneeId } = state.where
  return { ...state, targets: [...state.targets, { moment, turn, at: Number.isNaN(due.getTime()) ? at : due, from: null, hit: kind === 'sla.met', queueId, teamId, agentId: assigneeId }] }
}

/** What was met is open again: its reply was taken back, or the case was reopened and the time goes on. */
function undecided(state: State, moment: Moment | undefined): State {
  const last = state.targets.findLastIndex((target) => target.moment === moment)
  return state.targets[last]?.hit ? { ...state, targets: state.targets.filter((_, index) => index !== last) } : state
}

function momentsOf({ openedAt, openedIn, firstTeam, life, replies, targets: decisions }: State): MomentOf[] {
  const [first, ...further] = replies
  const waited = further.filter(({ since }) => since !== null)
  const [firstSolve, lastSolve] = [life.solves[0], life.since === null ? life.solves.at(-1) : undefined]
  const timed = (moment: Moment, { at, where, agentId }: Reply | Solve, turn: number, from: Date | null, hit: boolean | null = null): MomentOf =>
    ({ moment, turn, at, from, hit, queueId: where.queueId, teamId: where.teamId, agentId })
  return [
    { moment: 'opened', turn: 1, at: openedAt, from: null, hit: null, queueId: openedIn, teamId: firstTeam, agentId: null },
    ...(first ? [timed('firstReply', first, 1, openedAt)] : []),
    ...waited.map((reply, index) => timed('nextReply', reply, index + 1, reply.since)),
    ...(firstSolve ? [timed('firstSolve', firstSolve, 1, openedAt, cameBack(life.solves))] : []),
    ...(lastSolve ? [timed('solve', lastSolve, 1, openedAt, lastSolve.replies < 2)] : []),
    ...decisions,
  ]
}

/** Whether a solved case was really reopened: one that is solved again without a further reply was only thanked for. */
const cameBack = (solves: readonly Solve[]): boolean =>
  solves.some(({ reopenedWith }, index) => reopenedWith !== null && solves[index + 1]?.replies !== reopenedWith)

function spansOf({ life, where }: State): SpanOf[] {
  const placed = ({ queueId, teamId, assigneeId }: Where) => ({ queueId, teamId, agentId: assigneeId })
  return [
    ...life.ended.map(({ from, until, where: then }, index) => ({ turn: index + 1, from, until, ...placed(then) })),
    ...(life.since ? [{ turn: life.ended.length + 1, from: life.since, until: null, ...placed(where) }] : []),
  ]
}
