import type { Random } from '../../src/demo/random.ts'
import type { Centre } from './centre.ts'
import type { Row } from './copy.ts'
import { makeIds } from './ids.ts'
import { makeTexts } from './words.ts'

/** One case from its opening to where it stands, as rows of the tables that hold it. */
export interface History {
  case: Row
  participants: Row[]
  messages: Row[]
  recipients: Row[]
  tags: Row[]
  events: Row[]
}

export const columns = {
  case: `"case" (id, number, subject, status, priority, kind, channel, queue_id, team_id, assignee_id, account_id, customer_id, topic, opened_at, updated_at, status_at, last_message_at,
    waiting_since, first_replied_at, solved_at, closed_at, replies, version)`,
  participants: 'participant (id, case_id, customer_id, address, role, reply_token, added_at)',
  messages: 'message (id, case_id, direction, visibility, standing, author_kind, author_id, from_address, from_name, subject, text, at, channel, internet_id, joined, delivery, place)',
  recipients: 'message_recipient (message_id, address, name, kind)',
  tags: 'case_tag (case_id, tag)',
  events: 'event (id, at, room, kind, case_number, actor_kind, actor_id, data)',
} as const

type Actor = [kind: string, id: string | null]

export type Stage = 'new' | 'open' | 'pending' | 'on_hold' | 'solved' | 'closed'

const MINUTE = 60_000

/** Makes cases one after the other, each with one to three messages and up to eight facts. */
export function makeHistories(random: Random, centre: Centre, now: Date): (number: number, openedAt: number, stage: Stage) => History {
  const [ids, textsOf, count] = [makeIds(), makeTexts(random), { event: 0, place: 0 }]
  return (number, openedAt, stage) => {
    const customer = random.pick(centre.customers)
    const account = centre.accounts[customer.account] ?? { id: null, name: '' }
    const agent = random.pick(centre.agents)
    const texts = textsOf({ first: customer.name.split(' ')[0] ?? '', me: customer.name, business: account.name })
    const queue = centre.queueOf(texts.topic)
    const [caseId, answered, over] = [ids(openedAt), stage !== 'new', stage === 'solved' || stage === 'closed']
    const after = (at: number, minutes: number) => Math.min(at + Math.max(2, Math.round(random.around(minutes))) * MINUTE, Math.round((at + now.getTime()) / 2))
    const repliedAt = after(openedAt, 70)
    const thankedAt = after(repliedAt, 180)
    const solvedAt = after(thankedAt, 30)
    const closedAt = solvedAt + 7 * 24 * 60 * MINUTE
    const thanked = over || (stage === 'open' && random.chance(0.4))
    const lastAt = thanked ? thankedAt : answered ? repliedAt : openedAt
    const instant = (at: number) => new Date(at)
    const fact = (at: number, kind: string, actor: Actor, data: Record<string, unknown>, version: number): Row => [++count.event, instant(at), 'desk', kind, number, actor[0], actor[1], { ...data, version }]
    const message = (at: number, out: boolean, subject: string, text: string): Row => {
      const id = ids(at)
      return [id, caseId, out ? 'out' : 'in', 'public', 'accepted', out ? 'agent' : 'customer', out ? agent.id : customer.id, out ? null : customer.address, out ? agent.first : customer.name, subject, text, instant(at), 'email',
        `<${id}@${out ? 'meridian' : 'customer'}.example>`, { rule: out ? null : 'opened' }, out ? 'sent' : null, ++count.place]
    }
    const messages = [message(openedAt, false, texts.subject, texts.opening), ...(answered ? [message(repliedAt, true, `Re: ${texts.subject}`, texts.answer)] : []), ...(thanked ? [message(thankedAt, false, `Re: ${texts.subject}`, texts.thanks)] : [])]
      const [mail, person]: [Actor, Actor] = [['system', 'email.parse'], ['agent', agent.id]]
    const events = [
      fact(openedAt, 'case.opened', mail, { channel: 'email', queue: queue.id, customer: customer.id, account: account.id, topic: texts.topic, priority: 'normal' }, 1),
      fact(openedAt, 'message.received', mail, { message: messages[0]?.[0], customer: customer.id, rule: 'opened', channel: 'email' }, 1),
      ...(answered ? [
        fact(Math.max(openedAt, repliedAt - MINUTE), 'case.assigned', person, { from: null, to: agent.id, team: agent.team, how: 'taken' }, 2), fact(repliedAt, 'reply.sent', person, { message: messages[1]?.[0], first: true }, 3),
        fact(repliedAt, stage === 'pending' || over ? 'case.pended' : stage === 'on_hold' ? 'case.held' : 'case.begun', person, { from: 'new', to: stage === 'pending' || over ? 'pending' : stage === 'on_hold' ? 'on_hold' : 'open' }, 3),
      ] : []),
      ...(thanked ? [fact(thankedAt, 'message.received', mail, { message: messages[2]?.[0], customer: customer.id, rule: 'references', channel: 'email' }, 4)] : []),
      ...(over ? [fact(solvedAt, 'case.solved', person, { from: 'open', to: 'solved' }, 5)] : []),
      ...(stage === 'closed' ? [fact(closedAt, 'case.closed', ['system', 'desk.closeSolved'], { from: 'solved', to: 'closed' }, 6)] : []),
    ]
    return {
      case: [
        caseId, number, texts.subject, stage, random.weighted(PRIORITIES, ([, share]) => share)[0], random.chance(0.08) ? 'incident' : 'question', random.chance(0.8) ? 'email' : 'form', queue.id, answered ? agent.team : null,
        answered ? agent.id : null, account.id, customer.id, texts.topic, instant(openedAt), instant(stage === 'closed' ? closedAt : over ? solvedAt : lastAt), instant(stage === 'closed' ? closedAt : over ? solvedAt : lastAt), instant(lastAt),
        over || stage === 'pending' ? null : instant(thanked ? thankedAt : openedAt), answered ? instant(repliedAt) : null, over ? instant(solvedAt) : null, stage === 'closed' ? instant(closedAt) : null, answered ? 1 : 0, events.length,
      ],
      participants: [[ids(openedAt), caseId, customer.id, customer.address, 'customer', `t${number.toString(36)}${Math.floor(random.next() * 2 ** 48).toString(36)}`, instant(openedAt)]],
      messages, recipients: messages.filter((row) => row[2] === 'out').map((row) => [row[0] ?? '', customer.address, customer.name, 'to']),
      tags: random.chance(0.4) ? [[caseId, random.pick(TAGS)]] : [], events,
    }
  }
}

const PRIORITIES = [['low', 15], ['normal', 65], ['high', 15], ['urgent', 5]] as const
const TAGS = ['bank-trace', 'vip', 'payout', 'reconciliation', 'first-payout', 'follow-up', 'tax-de', 'tax-mx', 'chargeback', 'webhook', 'refund', 'onboarding']
