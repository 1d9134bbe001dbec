import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Sink } from '../../src/channels/email/outgoing/testing/sink.ts'
import { makeToken } from '../../bench/ground.ts'
import { freePort, startProgram, type Program } from '../support/program.ts'
import { countAll, type Count, type Sent } from './count.ts'
import { sendMails, sendReplies, type Where } from './traffic.ts'

export interface FaultsOptions {
  kills: number
  seed: number
  sink: Sink
  log(line: string): void
}

const TRAFFIC_ENDS_MS = 60_000

/** What a kill hits: the program, the database under it, or both at the same instant. */
type Victim = 'program' | 'database' | 'both'

/**
 * Customers write and agents reply without pause while the program and its database are killed at random instants and started again. Mails
 * are sent again until they were accepted, some of them once more after that, some in the wrong order. Then everything is counted.
 */
export async function runFaults({ kills, seed, sink, log }: FaultsOptions): Promise<Count> {
  const random = randomFrom(seed)
  const [port, smtpPort] = [String(await freePort()), String(await freePort())]
  const env = { PORT: port, SMTP_PORT: smtpPort, SMTP_URL: sink.url, UNDO_SEND_SECONDS: '0', DEMO: '0' }
  let program = await startProgram(env)
  const where: Where = { url: program.url, smtpPort: program.smtpPort, token: await makeToken({ DATA_DIR: program.dataDir }) }
  const sent: Sent = { mails: new Map(), replies: new Map(), again: 0 }
  const stop = new AbortController()
  const traffic = [sendMails(where, sent, random, stop.signal), sendReplies(where, sent, random, stop.signal)]
  const killed: Record<Victim, number> = { program: 0, database: 0, both: 0 }
  for (let turn = 1; turn <= kills; turn++) {
    await sleep(200 + random() * 1_500)
    sink.manner = random() < 0.2 ? 'dropAfterKeeping' : 'accept'
    const victim: Victim = (['program', 'program', 'program', 'database', 'both'] as const)[Math.floor(random() * 5)] ?? 'program'
    killed[victim]++
    if (victim !== 'program') killDatabase(program.dataDir)
    if (victim !== 'database') program = await again(program, env)
    if (turn % 10 === 0 || turn === kills) log(`${turn} of ${kills} kills; ${sent.mails.size} mails accepted, ${sent.replies.size} replies accepted, ${sink.kept.length} mails at the sink`)
  }
  sink.manner = 'accept'
  await sleep(500)
  stop.abort()
  const ended = await Promise.race([Promise.all(traffic).then(() => true), sleep(TRAFFIC_ENDS_MS, false)])
  if (!ended) return await stuck(program, log)
  log('no more traffic; waiting until everything has settled')
  const count = await countAll(where, sent, sink).catch(() => null)
  if (!count) return await stuck(program, log)
  const { program: programs, database, both } = killed
  await program.discard()
  return { ...count, figures: { [`kills: program ${programs}, database ${database}, both ${both}`]: kills, ...count.figures } }
}

/** Accepted neither mail nor request although nothing is killed any more: what the program said last is what there is to go by. */
async function stuck(program: Program, log: (line: string) => void): Promise<Count> {
  log(program.stdout().slice(-3_000))
  await program.discard()
  return { figures: {}, faults: ['the program takes nothing any more after the last kill'] }
}

async function again(program: Program, env: Record<string, string>): Promise<Program> {
  await program.kill9()
  return startProgram({ ...env, DATA_DIR: program.dataDir })
}

/** SIGKILL to postgres itself, as the machine's memory killer would. */
function killDatabase(dataDir: string) {
  try {
    const pid = Number(readFileSync(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0])
    if (pid > 1) process.kill(pid, 'SIGKILL')
  } catch { /* it is just being started: then there is nothing to kill */ }
}

/** The same numbers for the same seed (mulberry32), so that a run can be looked at again. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
