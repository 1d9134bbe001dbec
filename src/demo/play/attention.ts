import { endShift, makeNotices, openWorkOf, proposedDeed, snoozeCase, watchCase } from '#desk'
import { factsOfCase, system, type Actor, type Db, type Perform } from '#platform'
import type { Cast } from './cast.ts'

/** What people put off, follow, are told and hand over: the last hours of the sample centre. */

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
const TOLD_HOURS = 10
const FACTS_MAX = 100

export async function playAttention({ db, perform, cast, now }: { db: Db; perform: Perform; cast: Cast; now: Date }): Promise<void> {
  const busy = await busiest(db, cast)
  for (const [place, { actor, numbers }] of busy.slice(1, 4).entries()) {
    const [off, followed] = [numbers.at(-1), numbers[0]]
    if (off !== undefined) await perform(actor, (work) => snoozeCase(work, off, { until: place === 0 ? null : new Date(now.getTime() + (14 + place * 24) * HOUR_MS), reason: 'The bank answers until then' }), new Date(now.getTime() - 90 * MINUTE_MS))
    if (followed !== undefined) await perform(busy[0]?.actor ?? actor, (work) => watchCase(work, followed, 'watching'), new Date(now.getTime() - 80 * MINUTE_MS))
  }
  const [leaving, ...others] = busy
  if (leaving) await handOver({ db, perform, now }, leaving.actor, others.map(({ actor }) => actor))
  await tell({ db, perform, now }, busy.flatMap(({ numbers }) => numbers))
}

/** Those with open work, who has most of it first. */
async function busiest(db: Db, cast: Cast): Promise<{ actor: Actor; numbers: number[] }[]> {
  const all = []
  for (const actor of cast.agents) all.push({ actor, numbers: (await openWorkOf(db, actor.id, actor.barred)).filter(({ snoozedUntil }) => snoozedUntil === null).map(({ number }) => number) })
  return all.filter(({ numbers }) => numbers.length > 1).sort((a, b) => b.numbers.length - a.numbers.length || a.actor.name.localeCompare(b.actor.name))
}

type Tools = Pick<Parameters<typeof playAttention>[0], 'db' | 'perform' | 'now'>

/** A shift that ended twenty minutes ago, as the program itself proposes; what is urgent goes to a colleague of the same team. */
async function handOver({ db, perform, now }: Tools, actor: Actor, others: readonly Actor[]): Promise<void> {
  const at = new Date(now.getTime() - 20 * MINUTE_MS)
  const backAt = new Date(at.getTime() + 16 * HOUR_MS)
  const colleague = others.find(({ teamId }) => teamId === actor.teamId) ?? others[0]
  const open = (await openWorkOf(db, actor.id, actor.barred)).slice(0, 8)
  const cases = open.map((one, place) => (place < 2 && colleague ? { number: one.number, deed: 'give' as const, agent: colleague.id } : { number: one.number, deed: proposedDeed(one, backAt) }))
  await perform(actor, (work) => endShift(work, { backAt, leave: true, note: 'Quiet afternoon. The acquirer answers tomorrow morning; the two at the top should not wait for that.', cases }), at)
}

/** What of the last hours is told to whom, as the program tells it while it runs. */
async function tell({ db, perform, now }: Tools, numbers: readonly number[]): Promise<void> {
  const since = new Date(now.getTime() - TOLD_HOURS * HOUR_MS)
  const facts = (await Promise.all([...new Set(numbers)].map((number) => factsOfCase(db, number, 0, FACTS_MAX)))).flat().filter(({ at }) => at > since).sort((a, b) => Number(a.id) - Number(b.id))
  if (facts.length > 0) await perform(system('sample centre'), (work) => makeNotices(work, facts), now)
}
