import { setTimeout as sleep } from 'node:timers/promises'
import { pages, type Where } from './traffic.ts'

interface Fact { id: string; kind: string }

export interface Follower {
  streams(): number
  /** Listens until this fact was heard, or nothing comes any more. @returns how often each message.received was heard. */
  end(lastFact: string | null): Promise<ReadonlyMap<string, number>>
}

const AGAIN_MS = 200
const CATCHES_UP_WITHIN_MS = 20_000

/** Follows the live stream from a fact on, as a screen does: a lost connection is made anew with Last-Event-ID. */
export function followFrom(where: Where, since: string): Follower {
  const heard = new Map<string, number>()
  const stop = new AbortController()
  let lastId = since
  let streams = 0
  const hear = (block: string) => {
    const id = /^id: (.*)$/m.exec(block)?.[1]
    const data = /^data: (.*)$/m.exec(block)?.[1]
    if (id) lastId = id
    if (!id || !data || !/^event: fact$/m.test(block)) return
    const fact: Fact = JSON.parse(data)
    if (fact.kind === 'message.received') heard.set(fact.id, (heard.get(fact.id) ?? 0) + 1)
  }
  const listen = async () => {
    const { body, status } = await fetch(`${where.url}/api/v1/live`, { headers: { authorization: `Bearer ${where.token}`, 'last-event-id': lastId }, signal: stop.signal })
    if (!body || status !== 200) return
    streams++
    let rest = ''
    for await (const text of body.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + text).split('\n\n')
      rest = blocks.pop() ?? ''
      blocks.forEach(hear)
    }
  }
  const listening = (async () => {
    while (!stop.signal.aborted) {
      await listen().catch(() => {})
      if (!stop.signal.aborted) await sleep(AGAIN_MS)
    }
  })()
  return {
    streams: () => streams,
    end: async (lastFact) => {
      for (const until = Date.now() + CATCHES_UP_WITHIN_MS; lastFact !== null && !heard.has(lastFact) && Date.now() < until;) await sleep(100)
      stop.abort()
      await listening
      return heard
    },
  }
}

/** The id of the newest fact that was sealed; every program starts with some. */
export async function newestFact(where: Where): Promise<string> {
  const facts = await pages<Fact>(where, '/api/v1/events?limit=1000')
  const newest = facts.at(-1)
  if (!newest) throw new Error('the log is empty')
  return newest.id
}

/** The ids of all facts that say that a message came in, in the order of the log. */
export async function receivedSince(where: Where, since: string): Promise<string[]> {
  const facts = await pages<Fact>(where, '/api/v1/events?limit=1000', since)
  return facts.filter(({ kind }) => kind === 'message.received').map(({ id }) => id)
}
