import { mergingDeeds } from '../merging/deeds.ts'
import { routingDeeds } from '../routing/deeds.ts'
import { ruleDeeds } from '../rules/deeds.ts'
import { slaDeeds } from '../sla/deeds.ts'
import { priorityNames } from '../words.ts'
import type { Fact } from '../wire.ts'

/** Names that facts only hold the ids of. Each answers null for what it does not know. */
export interface Names {
  me: string | null
  agent(id: string): string | null
  queue(id: string): string | null
  team(id: string): string | null
  topic(key: string): string | null
  customer(id: string): string | null
}

/** What happened, for people: somebody did something, or something happened by itself. */
interface Deed {
  did: string
  /** The same when nobody in particular did it. */
  happened: string
}

type Data = Readonly<Record<string, unknown>>

const text = (data: Data, name: string): string | null => {
  const value = data[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}

/** Facts that the timeline shows as a line. What is not here shows as a message, on a message's card, or not at all. */
const deeds: Readonly<Record<string, (data: Data, names: Names) => Deed>> = {
  'case.opened': (data) => {
    const way = channelWords[text(data, 'channel') ?? ''] ?? ''
    const before = text(data, 'followUpOf')
    return { did: 'opened the case', happened: before ? `Opened${way} as a follow-up of #${before}` : `Opened${way}` }
  },
  'case.begun': () => ({ did: 'began work', happened: 'Work began' }),
  'case.resumed': () => ({ did: 'set the case to open', happened: 'The case is open again' }),
  'case.pended': () => ({ did: 'set the case to pending', happened: 'The case waits for the customer' }),
  'case.held': () => ({ did: 'put the case on hold', happened: 'The case is on hold' }),
  'case.solved': () => ({ did: 'solved the case', happened: 'The case was solved' }),
  'case.reopened': () => ({ did: 'reopened the case', happened: 'The case was reopened' }),
  'case.closed': () => ({ did: 'closed the case', happened: 'Closed, some days after it was solved' }),
  'case.assigned': (data, names) => assigned(data, names),
  'case.unassigned': () => ({ did: 'released the case', happened: 'The case is nobody’s now' }),
  'case.handedOver': (data, names) => {
    const to = text(data, 'to')
    const whom = to ? personWords(to, names) : `the queue ${queueWords(text(data, 'queue'), names)}`
    return { did: `handed the case over to ${whom}`, happened: `Handed over to ${whom}` }
  },
  'team.changed': (data, names) => changed('the team', named(text(data, 'to'), names.team, 'nobody')),
  'priority.changed': (data) => changed('the priority', priorityWords(text(data, 'to'))),
  'kind.changed': (data) => changed('the kind', text(data, 'to') ?? 'another'),
  'topic.changed': (data, names) => changed('the topic', named(text(data, 'to'), names.topic, 'none')),
  'queue.changed': (data, names) => {
    const queue = queueWords(text(data, 'to'), names)
    return { did: `moved the case to ${queue}`, happened: `Moved to ${queue}` }
  },
  'subject.changed': () => ({ did: 'changed the subject', happened: 'The subject was changed' }),
  'tag.added': (data) => ({ did: `added the tag ${text(data, 'tag') ?? ''}`.trim(), happened: `Tagged ${text(data, 'tag') ?? ''}`.trim() }),
  'tag.dropped': (data) => ({ did: `took off the tag ${text(data, 'tag') ?? ''}`.trim(), happened: `The tag ${text(data, 'tag') ?? ''} was taken off` }),
  'participant.added': (data, names) => {
    const whom = named(text(data, 'customer'), names.customer, 'somebody', 'somebody')
    return { did: `put ${whom} in copy`, happened: `${capital(whom)} is in copy` }
  },
  'participant.dropped': (data, names) => {
    const whom = named(text(data, 'customer'), names.customer, 'somebody', 'somebody')
    return { did: `took ${whom} off the case`, happened: `${capital(whom)} is off the case` }
  },
  'customer.changed': (data, names) => changed('the customer', named(text(data, 'to'), names.customer, 'somebody else', 'somebody else')),
  'case.removed': (data) => {
    const where = text(data, 'as') === 'spam' ? 'marked the case as spam' : 'put the case into the trash'
    return { did: where, happened: text(data, 'as') === 'spam' ? 'Marked as spam' : 'Put into the trash' }
  },
  'case.restored': (data) => ({ did: `restored the case from ${text(data, 'from') ?? 'the trash'}`, happened: 'The case was restored' }),
  'case.linked': (data) => ({ did: `linked #${text(data, 'other') ?? ''}`, happened: `Linked to #${text(data, 'other') ?? ''}` }),
  'case.unlinked': (data) => ({ did: `took away the link to #${text(data, 'other') ?? ''}`, happened: `No longer linked to #${text(data, 'other') ?? ''}` }),
  'case.followedUp': (data) => ({ did: `followed it up with #${text(data, 'by') ?? ''}`, happened: `Followed up by #${text(data, 'by') ?? ''}` }),
  'message.detached': (data) => ({ did: `moved a message out to #${text(data, 'to') ?? ''}`, happened: `A message was moved out to #${text(data, 'to') ?? ''}` }),
  'suggestion.accepted': () => ({ did: 'accepted a suggested message', happened: 'A suggested message was accepted' }),
  'suggestion.declined': (data) => ({ did: `declined a suggested message; it is #${text(data, 'to') ?? ''} now`, happened: `A suggested message became #${text(data, 'to') ?? ''}` }),
  'case.snoozed': (data) => snoozed(data),
  'bulk.applied': (data) => (text(data, 'undoOf') ? { did: 'took a change of many cases back', happened: 'A change of many cases was taken back' } : { did: 'did so to many cases at once', happened: 'Done to many cases at once' }),
  'case.woken': (data) => ({ did: 'woke the case', happened: wokenWords[text(data, 'why') ?? ''] ?? 'The case woke up' }),
  'reply.recalled': () => ({ did: 'took a reply back', happened: 'A reply was taken back' }),
  ...mergingDeeds,
  ...routingDeeds, ...ruleDeeds,
  ...slaDeeds,
}

function snoozed(data: Data): Deed {
  const until = text(data, 'until')
  const words = until === null ? 'until the customer writes' : `until ${snoozeMoment(new Date(until))}`
  return { did: `put the case off ${words}`, happened: `Put off ${words}` }
}

const snoozeMoment = (at: Date) => new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)

const wokenWords: Readonly<Record<string, string>> = {
  time: 'The case woke up: its time came', customer: 'The case woke up: the customer wrote', moved: 'The case woke up: somebody else has it now', solved: 'The case is no longer put off: it was solved',
  removed: 'The case is no longer put off: it was put out of sight', merged: 'The case is no longer put off: it was merged', undelivered: 'The case woke up: a reply did not arrive', partner: 'The case woke up: a side conversation goes on',
}

const channelWords: Readonly<Record<string, string>> = { email: ' by mail', api: ' through the API', form: ' from a form', desk: ' by hand' }

const changed = (what: string, to: string): Deed => ({ did: `set ${what} to ${to}`, happened: `${capital(what.replace(/^the /, ''))} set to ${to}` })
/** An address stays as it is written. */
const capital = (words: string) => (/^\S+@/.test(words) ? words : words.charAt(0).toUpperCase() + words.slice(1))
const named = (id: string | null, name: (id: string) => string | null, none: string, unknown = 'another'): string => (id === null ? none : name(id) ?? unknown)
const queueWords = (id: string | null, names: Names) => named(id, names.queue, 'another queue', 'another queue')
const personWords = (id: string, names: Names) => (id === names.me ? 'you' : names.agent(id) ?? 'somebody')
const priorityWords = (to: string | null) => Object.entries(priorityNames).find(([word]) => word === to)?.[1].toLowerCase() ?? 'another'

function assigned(data: Data, names: Names): Deed {
  const to = text(data, 'to')
  if (to === null) return { did: 'released the case', happened: 'The case is nobody’s now' }
  if (text(data, 'how') === 'taken') return { did: 'took the case', happened: `${capital(personWords(to, names))} took the case` }
  const whom = personWords(to, names)
  if (text(data, 'how') === 'routed') return { did: `gave the case to ${whom}`, happened: `Routed to ${whom}` }
  return { did: `gave the case to ${whom}`, happened: `Given to ${whom}` }
}

/** Whether the timeline has a line for a fact. */
export const isShown = (fact: Fact): boolean => Object.hasOwn(deeds, fact.kind)

/** Who did it, as a sentence begins; null when a program or nobody in particular did. */
export function whoDid(fact: Fact, names: Names): string | null {
  if (fact.actor.kind !== 'agent' || fact.actor.id === null) return null
  return fact.actor.id === names.me ? 'You' : names.agent(fact.actor.id) ?? 'A colleague'
}

/**
 * One sentence for facts that one actor told in one go: "Maya took the case and set the priority to high".
 */
export function sentence(facts: readonly Fact[], names: Names): string {
  const first = facts[0]
  if (!first) return ''
  const said = withoutEchoes(facts).flatMap((fact) => deeds[fact.kind]?.(fact.data, names) ?? [])
  const who = whoDid(first, names)
  if (who !== null) return `${who} ${listed(said.map(({ did }) => did))}`
  const [head, ...rest] = said.map(({ happened }) => happened)
  return listed([head ?? '', ...rest.map((words) => words.charAt(0).toLowerCase() + words.slice(1))])
}

/** What goes without saying beside what else was told: a handover gives the case, a person brings their team, and whoever does something has begun. */
function withoutEchoes(facts: readonly Fact[]): readonly Fact[] {
  if (facts.length < 2) return facts
  const has = (kind: string) => facts.some((fact) => fact.kind === kind)
  const echo = has('case.handedOver') ? /^(case\.(un)?assigned|case\.begun|team\.changed|queue\.changed)$/ : has('case.assigned') ? /^(case\.begun|team\.changed)$/ : /^case\.begun$/
  const back = has('case.requeued') ? /^(case\.unassigned|queue\.changed)$/ : null
  return facts.filter(({ kind }) => !echo.test(kind) && !back?.test(kind))
}

/** "a", "a and b", "a, b and c". */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/** What a stale change ran into: "Lee set the case to pending; You took the case". */
export function changesSince(changed: readonly Fact[], names: Names): string {
  const shown = changed.filter(isShown)
  return shown.length === 0 ? 'The case changed in the meantime' : shown.slice(-3).map((fact) => sentence([fact], names)).join('; ')
}

