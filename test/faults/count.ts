import { setTimeout as sleep } from 'node:timers/promises'
import type { Sink } from '../../src/channels/email/outgoing/testing/sink.ts'
import { ask, pages, type Sent, type Where } from './traffic.ts'

export interface Count {
  figures: Record<string, number | string>
  faults: string[]
}

interface Message {
  id: string
  direction: 'in' | 'out'
  visibility: string
  text: string
  messageId: string | null
  delivery: string | null
}

const SETTLE_MS = 240_000

/**
 * Counts what is there against what was accepted, once nothing moves any more. The next try of a mail whose outcome is unknown comes after
 * half a minute or more; whoever does not wait for that takes it as settled when the desk shows it as being on its way.
 */
export async function countAll(where: Where, sent: Sent, sink: Sink, waitForMails: boolean): Promise<Count> {
  const settled = await settle(where, sent, sink, waitForMails)
  const messages = settled ?? await allMessages(where)
  const came = countBy(messages.filter(({ direction }) => direction === 'in').map(({ messageId }) => messageId ?? ''))
  const wrote = countBy(messages.filter(({ direction, visibility }) => direction === 'out' && visibility === 'public').map(({ text }) => text.replace('Answer ', '')))
  const kept = sink.counts()
  const onTheWay = new Set(waitForMails ? [] : messages.filter(isOnTheWay).map(({ messageId }) => messageId))
  const chain = await ask(where, 'GET', '/api/v1/log/verification')
  const faults = [
    ...[...sent.mails.keys()].flatMap((id) => fault(`mail ${id} was accepted`, came.get(id) ?? 0)),
    ...[...came].filter(([id]) => !sent.mails.has(id) && came.get(id) !== 1).map(([id, count]) => `mail ${id} became ${count} messages`),
    ...[...sent.replies.keys()].flatMap((key) => fault(`reply ${key} was accepted`, wrote.get(key) ?? 0)),
    ...[...sent.replies.values()].filter(({ messageId }) => !kept.has(messageId) && !onTheWay.has(messageId)).map(({ messageId }) => `reply ${messageId} never reached the sink`),
    ...(chain.body.verified === true ? [] : [`the log does not verify: ${JSON.stringify(chain.body)}`]),
    ...(settled ? [] : ['it did not settle in time']),
  ]
  return {
    faults,
    figures: {
      'mails accepted': sent.mails.size, 'of them delivered once more': sent.again, 'messages that came in': [...came.values()].reduce((sum, count) => sum + count, 0),
      'replies accepted': sent.replies.size, 'replies in the cases': [...wrote.values()].reduce((sum, count) => sum + count, 0),
      'Message-IDs at the sink': kept.size, 'mails at the sink (unknown outcomes are sent again)': sink.kept.length, 'facts in the chain': String(chain.body.events),
    },
  }
}

const fault = (what: string, times: number): string[] => (times === 1 ? [] : [`${what} and is there ${times} times`])

function countBy(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

/** Until every accepted mail is a message and every reply is at the sink, with a known outcome, or at least on its way there. */
async function settle(where: Where, sent: Sent, sink: Sink, waitForMails: boolean): Promise<Message[] | null> {
  for (const until = Date.now() + SETTLE_MS; Date.now() < until; await sleep(1_000)) {
    const messages = await allMessages(where).catch(() => null)
    if (!messages) continue
    const came = new Set(messages.map(({ messageId }) => messageId))
    const moving = new Set(messages.filter(isOnTheWay).map(({ messageId }) => messageId))
    const left = [...sent.replies.values()].every(({ messageId }) => sink.counts().has(messageId) || (!waitForMails && moving.has(messageId)))
    if (left && (!waitForMails || moving.size === 0) && [...sent.mails.keys()].every((id) => came.has(id))) return messages
  }
  return null
}

const isOnTheWay = ({ delivery }: Message) => delivery === 'waiting' || delivery === 'queued' || delivery === 'sending' || delivery === 'uncertain'

async function allMessages(where: Where): Promise<Message[]> {
  const messages: Message[] = []
  for (const number of await allNumbers(where)) messages.push(...await pages<Message>(where, `/api/v1/cases/${number}/messages?limit=200`))
  return messages
}

async function allNumbers(where: Where): Promise<number[]> {
  const cases = await pages<{ number: number }>(where, '/api/v1/cases?limit=200&sort=oldest')
  return [...new Set(cases.map(({ number }) => number))]
}
