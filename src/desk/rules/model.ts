import type { CaseAction } from '../actions/model.ts'

/** Rules: on what they act, and the pure decisions about it. Also runs in the browser. */

/** What happens to a case, in the words in which a rule names it, and the facts that say so. */
export const happenings = {
  opened: { words: 'a case is opened', kinds: ['case.opened'] },
  customerWrote: { words: 'the customer writes again', kinds: ['message.received'] },
  replied: { words: 'we reply', kinds: ['reply.sent'] },
  noted: { words: 'a note is written', kinds: ['note.written'] },
  statusChanged: { words: 'the status changes', kinds: ['case.begun', 'case.resumed', 'case.pended', 'case.held', 'case.solved', 'case.reopened'] },
  solved: { words: 'a case is solved', kinds: ['case.solved'] },
  reopened: { words: 'a case is reopened', kinds: ['case.reopened'] },
  assigned: { words: 'a case is given to somebody', kinds: ['case.assigned'] },
  unassigned: { words: 'a case is given back', kinds: ['case.unassigned', 'case.requeued'] },
  queueChanged: { words: 'the queue changes', kinds: ['queue.changed'] },
  priorityChanged: { words: 'the priority changes', kinds: ['priority.changed'] },
  topicChanged: { words: 'the topic changes', kinds: ['topic.changed'] },
  tagged: { words: 'a tag is added', kinds: ['tag.added'] },
  atRisk: { words: 'a promise is at risk', kinds: ['sla.atRisk'] },
  breached: { words: 'a promise is broken', kinds: ['sla.breached'] },
  woken: { words: 'a case that was put off comes back', kinds: ['case.woken'] },
  bounced: { words: 'a reply cannot be delivered', kinds: ['reply.bounced', 'reply.failed'] },
} as const satisfies Record<string, { words: string; kinds: readonly string[] }>
export type Happening = keyof typeof happenings
export const happeningNames = Object.keys(happenings).filter((name): name is Happening => name in happenings)

/** From when a rule counts its time, the facts that begin it and those that end it. */
const messages = ['message.received', 'reply.sent'] as const
const moves = ['case.opened', ...happenings.statusChanged.kinds, 'case.closed'] as const
export const sinces = {
  opened: { words: 'it was opened', begins: ['case.opened'], ends: ['case.closed'] },
  status: { words: 'its status last changed', begins: moves, ends: moves },
  waiting: { words: 'the customer began to wait', begins: ['message.received', 'case.reopened'], ends: ['reply.sent', 'case.pended', 'case.solved', 'case.closed'] },
  message: { words: 'the last message', begins: messages, ends: messages },
  solved: { words: 'it was solved', begins: ['case.solved'], ends: ['case.reopened', 'case.closed'] },
} as const satisfies Record<string, { words: string; begins: readonly string[]; ends: readonly string[] }>
export type Since = keyof typeof sinces
export const sinceNames = Object.keys(sinces).filter((name): name is Since => name in sinces)

export type Trigger = { on: Happening[] } | { after: number; since: Since }

/** What a rule says: when it looks, at which cases, and what it does. */
export interface Definition {
  trigger: Trigger
  /** A query; empty fits every case. */
  condition: string
  actions: CaseAction[]
  /** When it has acted, the rules behind it do not act on the same cause. */
  last: boolean
}

export const AFTER_MINUTES_MAX = 90 * 24 * 60

/** The part of a fact by which a rule is called. */
export interface Told {
  kind: string
  actor: { kind: string; id: string | null }
  data: Record<string, unknown>
}

/** Whoever acts for a rule bears its id, so that the log says which one did it. */
export const RULE_ACTOR = 'rule.'
export const actorOfRule = (ruleId: string): string => `${RULE_ACTOR}${ruleId}`
export const ruleOfActor = (actor: { kind: string; id: string | null }): string | null => (actor.kind === 'system' && actor.id?.startsWith(RULE_ACTOR) ? actor.id.slice(RULE_ACTOR.length) : null)

/**
 * Whether a rule looks at a case because of this fact. What rules did calls no rule: each sees the case as those before it left it, once, so that no two
 * can call each other for ever. The first message is the opening of its case and no second happening.
 */
export function isCalledBy(trigger: Trigger, fact: Told): boolean {
  if (!('on' in trigger) || ruleOfActor(fact.actor) !== null) return false
  if (fact.kind === 'message.received' && (fact.data['rule'] === 'opened' || fact.data['rule'] === 'followUp')) return false
  return trigger.on.some((happening) => happenings[happening].kinds.some((kind) => kind === fact.kind))
}

/** Kinds of facts that call any of these rules. */
export const kindsOf = (triggers: readonly Trigger[]): Set<string> => new Set(triggers.flatMap((trigger) => ('on' in trigger ? trigger.on.flatMap((happening): readonly string[] => happenings[happening].kinds) : [])))

/** The same rule acts on one case so often in an hour; more is taken for a loop over something outside, such as two machines that answer each other. */
export const RUNS_AN_HOUR_MAX = 5

/** A trigger in a sentence's beginning: "When a case is opened or the customer writes again", "2 days after it was solved". */
export function triggerWords(trigger: Trigger): string {
  if ('on' in trigger) return `When ${trigger.on.map((happening) => happenings[happening].words).join(' or ')}`
  const [count, unit] = trigger.after % 1440 === 0 ? [trigger.after / 1440, 'day'] : trigger.after % 60 === 0 ? [trigger.after / 60, 'hour'] : [trigger.after, 'minute']
  return `${count} ${unit}${count === 1 ? '' : 's'} after ${sinces[trigger.since].words}`
}
