import { setTimeout as sleep } from 'node:timers/promises'
import { randomUUID } from 'node:crypto'
import nodemailer from 'nodemailer'

export interface Where {
  url: string
  smtpPort: number
  token: string
}

/** What was accepted from outside: mails by Message-ID, replies by their Idempotency-Key. */
export interface Sent {
  mails: Map<string, { sender: string; answers: string | null }>
  replies: Map<string, { case: number; messageId: string }>
  /** Mails that were delivered once more after they had been accepted. */
  again: number
}

const CLIENTS = 3
const PAUSE_MS = 30
const RETRY_MS = 100

/** Customers who write until they were told 250, now and then once more after that, and sometimes answer before the first mail came in. */
export async function sendMails(wheres: readonly Where[], sent: Sent, random: () => number, stop: AbortSignal): Promise<void> {
  let serial = 0
  await Promise.all(Array.from({ length: CLIENTS }, async () => {
    while (!stop.aborted) {
      const turn = serial++
      const [first, answer] = [letter(turn, null), letter(turn, `<first-${turn}@example.com>`)]
      const isAnswered = random() < 0.3
      const reversed = random() < 0.2
      for (const mail of isAnswered ? (reversed ? [answer, first] : [first, answer]) : [first]) {
        await deliver(wheres, random, mail)
        sent.mails.set(mail.messageId, { sender: mail.from, answers: mail.inReplyTo ?? null })
        if (random() < 0.2) { await deliver(wheres, random, mail); sent.again++ }
      }
      await sleep(PAUSE_MS)
    }
  }))
}

const letter = (turn: number, inReplyTo: string | null) => ({
  from: `customer${turn}@example.com`, to: 'support@example.org', subject: `${inReplyTo ? 'Re: ' : ''}Payout ${turn}`, date: new Date(1_790_000_000_000 + turn * 1000),
  messageId: inReplyTo ? `<answer-${turn}@example.com>` : `<first-${turn}@example.com>`, text: `Where is payout ${turn}?`, ...(inReplyTo ? { inReplyTo, references: inReplyTo } : {}),
})

/** As a mail server does: again until it is accepted. A connection that breaks before the answer leaves it open whether it was. */
async function deliver(wheres: readonly Where[], random: () => number, mail: ReturnType<typeof letter>): Promise<void> {
  for (;;) {
    const { smtpPort } = anyOf(wheres, random)
    const transport = nodemailer.createTransport({ host: '127.0.0.1', port: smtpPort, secure: false, ignoreTLS: true, connectionTimeout: 3_000, greetingTimeout: 3_000, socketTimeout: 10_000 })
    const accepted = await transport.sendMail(mail).then(() => true, () => false)
    transport.close()
    if (accepted) return
    await sleep(RETRY_MS)
  }
}

/** Agents who reply to what they find; each reply has a key, and is sent again under it until it is answered. */
export async function sendReplies(wheres: readonly Where[], sent: Sent, random: () => number, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const number = await someCase(anyOf(wheres, random), random)
    if (number !== null) {
      const key = randomUUID()
      const messageId = await reply(() => anyOf(wheres, random), number, key)
      if (messageId) sent.replies.set(key, { case: number, messageId })
    }
    await sleep(PAUSE_MS)
  }
}

async function someCase(where: Where, random: () => number): Promise<number | null> {
  const page = await ask(where, 'GET', '/api/v1/cases?limit=50').catch(() => null)
  const items: { number: number }[] = page?.status === 200 ? page.body.items : []
  return items[Math.floor(random() * items.length)]?.number ?? null
}

/** @returns the Message-ID under which it will leave; null when it was refused for good. */
async function reply(where: () => Where, number: number, key: string): Promise<string | null> {
  for (;;) {
    const answer = await ask(where(), 'POST', `/api/v1/cases/${number}/replies`, { body: `Answer ${key}`, visibility: 'public' }, { 'idempotency-key': key }).catch(() => null)
    if (answer && answer.status < 300) return String(answer.body.messageId ?? answer.body.message?.messageId)
    if (answer && answer.status < 500) return null
    await sleep(RETRY_MS)
  }
}

/** One of the instances, another one at each try. */
function anyOf(wheres: readonly Where[], random: () => number): Where {
  const where = wheres[Math.floor(random() * wheres.length)]
  if (!where) throw new Error('there is nowhere to go')
  return where
}

/** One request with the token. @throws when the connection breaks. */
export async function ask({ url, token }: Where, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}${path}`, {
    method, signal: AbortSignal.timeout(15_000), headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: JSON.parse(await response.text() || '{}') }
}

/** Every item of a list from a cursor on. @throws unless each page is there. */
export async function pages<T>(where: Where, path: string, from = ''): Promise<T[]> {
  const items: T[] = []
  for (let cursor: string | null = from; cursor !== null;) {
    const { status, body } = await ask(where, 'GET', `${path}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`)
    if (status !== 200) throw new Error(`${path} answered ${status}`)
    items.push(...body.items)
    cursor = body.nextCursor
  }
  return items
}
