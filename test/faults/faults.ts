import { setTimeout as sleep } from 'node:timers/promises'
import type { Sink } from '../../src/channels/email/outgoing/testing/sink.ts'
import { countAll, type Count } from './count.ts'
import { followFrom, newestFact, receivedSince, type Follower } from './follower.ts'
import { openHouse, type House } from './house.ts'
import { sendMails, sendReplies, type Sent } from './traffic.ts'

export interface FaultsOptions {
  kills: number
  seed: number
  /** Above one, they share a database, and one of them is killed at a time. */
  instances?: number
  /** Whether to wait until mails with an unknown outcome have been sent again; yes unless told. */
  waitForMails?: boolean
  sink: Sink
  log(line: string): void
}

const TRAFFIC_ENDS_MS = 60_000
const TAKEN_OVER_WITHIN_MS = 10_000

/** What a kill hits: the program, also while it starts again; the database under it (killed, or told to restart at once); or both at the same instant. */
type Victim = 'program' | 'start' | 'database' | 'restart' | 'both'
const victims: readonly Victim[] = ['program', 'program', 'start', 'database', 'restart', 'both']
const START_MS = 2_000

interface Run extends Required<FaultsOptions> {
  house: House
  random: () => number
  sent: Sent
  killed: Record<Victim, number>
  /** The longest time in which another instance came to where the killed one had left off. */
  takenOverMs: number
  faults: string[]
}

/**
 * Customers write and agents reply without pause while the program and its database are killed at random instants and started again. Mails
 * are sent again until they were accepted, some of them once more after that, some in the wrong order. Then everything is counted.
 */
export async function runFaults({ instances = 1, waitForMails = true, ...options }: FaultsOptions): Promise<Count> {
  const random = randomFrom(options.seed)
  const settings = { SMTP_URL: options.sink.url, UNDO_SEND_SECONDS: '0', DEMO: '0' }
  const house = await openHouse(instances, settings, Array.from({ length: Math.floor(options.kills / 8) }, () => random() * 2 * START_MS))
  const run: Run = {
    ...options, instances, waitForMails, house, random, sent: { mails: new Map(), replies: new Map(), again: 0 },
    killed: { program: 0, start: 0, database: 0, restart: 0, both: 0 }, takenOverMs: 0, faults: house.faults,
  }
  try {
    return await trafficAndKills(run)
  } catch (error) {
    options.log(house.lastWords())
    return { figures: {}, faults: [...run.faults, error instanceof Error ? error.message : String(error)] }
  } finally {
    await house.close()
  }
}

async function trafficAndKills(run: Run): Promise<Count> {
  const { house, random, sent, sink, log, faults } = run
  const [first] = house.wheres
  const last = house.wheres.at(-1)
  if (!first || !last) throw new Error('there is nothing to kill')
  const began = await newestFact(first)
  const follower = followFrom(last, began)
  const stop = new AbortController()
  const traffic = Promise.all([sendMails(house.wheres, sent, random, stop.signal), sendReplies(house.wheres, sent, random, stop.signal)])
  const killing = performance.now()
  for (let turn = 1; turn <= run.kills; turn++) {
    await sleep(200 + random() * 1_500)
    sink.manner = random() < 0.2 ? 'dropAfterKeeping' : 'accept'
    await killOnce(run, began)
    if (turn % 10 === 0 || turn === run.kills) log(`${turn} of ${run.kills} kills; ${sent.mails.size} mails accepted, ${sent.replies.size} replies accepted, ${sink.kept.length} mails at the sink`)
  }
  const killingSeconds = (performance.now() - killing) / 1_000
  sink.manner = 'accept'
  await sleep(500)
  stop.abort()
  if (!(await Promise.race([traffic.then(() => true), sleep(TRAFFIC_ENDS_MS, false)]))) throw new Error('the program takes nothing any more after the last kill')
  log('no more traffic; waiting until everything has settled')
  const count = await countAll(first, sent, sink, run.waitForMails)
  if (count.faults.length > 0) log(await house.jobsLeft())
  const heard = await follower.end((await receivedSince(first, began)).at(-1) ?? null)
  faults.push(...count.faults, ...await hearingFaults(run, began, heard))
  return { faults, figures: { ...killFigures(run, killingSeconds), ...count.figures, 'message.received heard live': heard.size, 'streams that the listener needed': follower.streams() } }
}

async function killOnce(run: Run, began: string) {
  const { house, random } = run
  const victim = victims[Math.floor(random() * victims.length)] ?? 'program'
  const index = Math.floor(random() * house.wheres.length)
  run.killed[victim]++
  if (victim !== 'program') house.killDatabase(victim === 'restart' ? 'SIGINT' : 'SIGKILL')
  if (victim === 'database' || victim === 'restart') return
  await house.killProgram(index)
  if (victim === 'start') await house.killedStart(index, random() * START_MS)
  if (run.instances > 1) await seeTakenOver(run, index, began)
  await house.startAgain(index)
}

/** While one is dead, another comes to where it had left off: every mail that was accepted by then is a message. */
async function seeTakenOver(run: Run, dead: number, began: string) {
  const accepted = run.sent.mails.size
  const other = run.house.wheres[(dead + 1) % run.house.wheres.length]
  const killedAt = performance.now()
  while (other && performance.now() - killedAt < 3 * TAKEN_OVER_WITHIN_MS) {
    const received = await receivedSince(other, began).catch(() => [])
    if (received.length >= accepted) break
    await sleep(250)
  }
  const tookMs = performance.now() - killedAt
  run.takenOverMs = Math.max(run.takenOverMs, tookMs)
  if (tookMs > TAKEN_OVER_WITHIN_MS) run.faults.push(`after ${(tookMs / 1_000).toFixed(1)} s the other instance was not where the killed one had left off`)
}

/** The live stream told every message that came in, once, over all of its lost connections. */
async function hearingFaults({ house, log }: Run, began: string, heard: Awaited<ReturnType<Follower['end']>>): Promise<string[]> {
  const [first] = house.wheres
  const told = first ? await receivedSince(first, began) : []
  const missed = told.filter((id) => !heard.has(id))
  const doubled = [...heard].filter(([, times]) => times > 1)
  if (missed.length > 0) log(`not heard: ${missed.join(', ')}`)
  return [...(missed.length > 0 ? [`${missed.length} of ${told.length} messages were never heard live`] : []), ...(doubled.length > 0 ? [`${doubled.length} messages were heard live more than once`] : [])]
}

function killFigures({ kills, killed, instances, takenOverMs }: Run, seconds: number): Count['figures'] {
  const what = Object.entries(killed).map(([name, count]) => `${name} ${count}`).join(', ')
  return {
    [`kills (${what})`]: kills, 'seconds a kill, start included': (seconds / Math.max(1, kills)).toFixed(1),
    ...(instances > 1 ? { 'longest until another had taken over, seconds': (takenOverMs / 1_000).toFixed(1) } : {}),
  }
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
