import { sql } from 'kysely'
import { system } from '../actor.ts'
import { isConnectionFault, type Db } from '../db/database.ts'
import type { Perform, Work } from '../work/work.ts'
import type { Feed } from './feed.ts'
import { factsAfter, readHead, type SealedFact } from './store.ts'

/** Acts on facts after they were told: each once, in the order of the log, on whichever instance is first. */
export interface Follower {
  name: string
  /** Facts that it has no use for are passed over without being handed to it. */
  wants(fact: SealedFact): boolean
  /** What it does commits together with its place in the log. A second call for the same facts happens only after the first was undone. */
  handle(work: Work, facts: readonly SealedFact[]): Promise<void>
}

export interface Following {
  stop(): Promise<void>
}

export interface FollowersOptions {
  db: Db
  perform: Perform
  feed: Feed
  followers: readonly Follower[]
  fault: (error: unknown, name: string) => void
}

const BATCH = 200
const LOOK_EVERY_MS = 1_000
/** After so many failures a fact is set aside, and the follower goes on behind it. */
const TRIES_MAX = 5

/** Starts all followers on this instance. One that is new begins at the end of the log. */
export async function startFollowers({ db, perform, feed, followers, fault }: FollowersOptions): Promise<Following> {
  const running = await Promise.all(followers.map(async (follower) => {
    await enrol(db, follower.name)
    return startOne(perform, follower, fault)
  }))
  const leave = feed.follow(() => running.forEach((one) => one.poke()))
  return { stop: async () => { leave(); await Promise.all(running.map((one) => one.stop())) } }
}

/** Gives a follower its place, at the end of the log, if it has none. */
export async function enrol(db: Db, name: string): Promise<void> {
  const { position } = await readHead(db)
  await db.insertInto('follower').values({ name, position }).onConflict((conflict) => conflict.doNothing()).execute()
}

function startOne(perform: Perform, follower: Follower, fault: FollowersOptions['fault']) {
  let stopped = false
  let poked = false
  let wake: () => void = () => {}
  const rest = () => new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, LOOK_EVERY_MS)
    wake = () => { clearTimeout(timer); resolve() }
  })
  const loop = (async () => {
    while (!stopped) {
      poked = false
      const more = await followOnce(perform, follower).catch((error: unknown) => { fault(error, follower.name); return 0 })
      if (more === 0 && !poked && !stopped) await rest()
    }
  })()
  return { poke: () => { poked = true; wake() }, stop: async () => { stopped = true; wake(); await loop } }
}

/**
 * Hands a follower the next facts. @returns how many were behind it: 0 at the end of the log, or while another instance is at it.
 * @throws what the follower threw; the failure is counted, and the fact that fails again and again is set aside.
 */
export async function followOnce(perform: Perform, follower: Follower): Promise<number> {
  try {
    return await perform(system(`follow.${follower.name}`), (work) => advance(work, follower))
  } catch (error) {
    // A database that is away says nothing about the fact.
    if (!isConnectionFault(error)) await perform(system(`follow.${follower.name}`), (work) => noteFailure(work, follower, error))
    throw error
  }
}

async function advance(work: Work, follower: Follower): Promise<number> {
  const place = await work.tx.selectFrom('follower').select(['position', 'tries']).where('name', '=', follower.name).forUpdate().skipLocked().executeTakeFirst()
  if (!place) return 0
  // After a failure one fact at a time, so that only the one that fails is held.
  const facts = await factsAfter(work.tx, place.position, place.tries > 0 ? 1 : BATCH)
  const last = facts.at(-1)
  if (!last) return 0
  const wanted = facts.filter((fact) => follower.wants(fact))
  if (wanted.length > 0) await follower.handle(work, wanted)
  await work.tx.updateTable('follower').set({ position: last.position, tries: 0 }).where('name', '=', follower.name).execute()
  return facts.length
}

async function noteFailure(work: Work, follower: Follower, error: unknown): Promise<void> {
  const { rows: [place] } = await sql<{ position: number; tries: number }>`update follower set tries = tries + 1 where name = ${follower.name} returning position, tries`.execute(work.tx)
  if (!place || place.tries < TRIES_MAX) return
  const [held] = await factsAfter(work.tx, place.position, 1)
  if (!held) return
  const said = error instanceof Error ? error.message : String(error)
  await work.tx.insertInto('follower_skip').values({ name: follower.name, position: held.position, error: said.slice(0, 500), at: work.at }).onConflict((conflict) => conflict.doNothing()).execute()
  await work.tx.updateTable('follower').set({ position: held.position, tries: 0 }).where('name', '=', follower.name).execute()
  work.tell('platform', { kind: 'follower.skipped', subject: `follower:${follower.name}`, data: { position: held.position } })
}
