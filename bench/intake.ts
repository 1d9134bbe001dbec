import { setTimeout as sleep } from 'node:timers/promises'
import nodemailer from 'nodemailer'
import pg from 'pg'
import { openGround, type Ground } from './ground.ts'
import { followLive } from './live.ts'
import { atLeast, atMost, percentile, type Finding } from './table.ts'

const MAILS = 3_000
const CLIENTS = 8
const PER_SECOND_MIN = 100
const STEADY_PER_SECOND = 20
const STEADY_SECONDS = 20
const DELAY_MS_MAX = 300
const GIVE_UP_MS = 120_000

/** Mail over real SMTP: as fast as it is taken until every case can be seen, and the delay of single mails at a steady pace. */
export async function intake(): Promise<Finding> {
  const ground = await openGround()
  try {
    await burst(ground, 200)
    const { taken, visible } = await burst(ground, MAILS)
    const delays = await steady(ground)
    return {
      title: `intake (SMTP, ${CLIENTS} clients)`, columns: ['what', 'mails/s', 'p50 ms', 'p95 ms', 'p99 ms'],
      rows: [
        ['250 answered', taken, Number.NaN, Number.NaN, Number.NaN], ['case visible', visible, Number.NaN, Number.NaN, Number.NaN],
        [`250 to live event at ${STEADY_PER_SECOND}/s`, STEADY_PER_SECOND, percentile(delays, 0.5), percentile(delays, 0.95), percentile(delays, 0.99)],
      ],
      promises: [
        atLeast('mails to visible cases', visible, PER_SECOND_MIN, 'a second'), atMost(`delay from 250 to the live event at ${STEADY_PER_SECOND}/s, p95`, percentile(delays, 0.95), DELAY_MS_MAX, 'ms'),
        { words: 'every mail of the steady pace was heard of', holds: delays.length === STEADY_PER_SECOND * STEADY_SECONDS, found: `${delays.length} of ${STEADY_PER_SECOND * STEADY_SECONDS}` },
      ],
    }
  } finally {
    await ground.close()
  }
}

let serial = 0
// Real people do not write thirty mails in a minute: a sender each, or the breaker would rightly hold them.
const mail = () => {
  const turn = serial++
  return {
    from: `Customer ${turn} <bench${turn}@example.com>`, to: 'support@example.org', subject: `Payout ${turn} not received`, messageId: `<bench-${turn}@example.com>`,
    text: `Hello,\n\nmy payout po_${turn} of 4 November is not in my bank account.\nCould you look into it?\n\nKind regards\nCustomer ${turn}\n`,
  }
}

const openTransport = (ground: Ground) => nodemailer.createTransport({ host: '127.0.0.1', port: ground.program.smtpPort, secure: false, ignoreTLS: true, pool: true, maxConnections: CLIENTS, maxMessages: Infinity })

async function burst(ground: Ground, count: number): Promise<{ taken: number; visible: number }> {
  const client = new pg.Client({ connectionString: ground.ownerUrl })
  await client.connect()
  const cases = async () => Number((await client.query<{ n: string }>('select count(*) as n from "case"')).rows[0]!.n)
  const before = await cases()
  const transport = openTransport(ground)
  const began = performance.now()
  await Promise.all(Array.from({ length: count }, () => transport.sendMail(mail())))
  const taken = count / ((performance.now() - began) / 1000)
  while (await cases() < before + count) {
    if (performance.now() - began > GIVE_UP_MS) throw new Error(`only ${await cases() - before} of ${count} mails became cases`)
    await sleep(20)
  }
  const visible = count / ((performance.now() - began) / 1000)
  transport.close()
  await client.end()
  return { taken, visible }
}

/** From the server's 250 to the live event on an open stream, mail by mail. */
async function steady(ground: Ground): Promise<number[]> {
  const heard = new Map<number, number>()
  const live = await followLive(ground.program.url, ground.token, (fact) => { if (fact.kind === 'case.opened' && fact.case !== null) heard.set(fact.case, performance.now()) })
  const transport = openTransport(ground)
  const accepted = new Map<string, number>()
  const sent: Promise<void>[] = []
  for (let turn = 0; turn < STEADY_PER_SECOND * STEADY_SECONDS; turn++) {
    const letter = mail()
    sent.push(transport.sendMail(letter).then(() => void accepted.set(letter.messageId, performance.now())))
    await sleep(1000 / STEADY_PER_SECOND)
  }
  await Promise.all(sent)
  await sleep(2_000)
  live.close()
  transport.close()
  const client = new pg.Client({ connectionString: ground.ownerUrl })
  await client.connect()
  const { rows } = await client.query<{ number: string; internet_id: string }>('select c.number, m.internet_id from message m join "case" c on c.id = m.case_id where m.internet_id = any($1)', [[...accepted.keys()]])
  await client.end()
  return rows.flatMap(({ number, internet_id: id }) => {
    const [at, from] = [heard.get(Number(number)), accepted.get(id)]
    return at === undefined || from === undefined ? [] : [Math.max(0, at - from)]
  })
}
