import { deskJobs, type IncomingMessage } from '#desk'
import { system, type Db, type Perform } from '#platform'
import { CLOSE_AFTER_DAYS } from '../plan/closing.ts'
import type { PlannedCase, Step } from '../plan/model.ts'
import type { Cast } from './cast.ts'
import { actorOf, playDeed, writerOf, type Course } from './steps.ts'

export interface Playing {
  db: Db
  perform: Perform
  cast: Cast
  cases: readonly PlannedCase[]
  attachments: IncomingMessage['attachments']
  /** How many units of work are under way at a time. */
  atOnce: number
  /** Told after each case whose last step is done. */
  finished(cases: number): void
}

interface Turn {
  place: number
  index: number
  step: Step
}

/**
 * Does every step in the order of time. Several are under way at once; those of one case follow each other, a follow-up comes after the
 * case that it follows, and cases open one after the other, so that their numbers are the same each time.
 */
export async function playCases(playing: Playing): Promise<void> {
  const { cases } = playing
  const rounds = [...new Set(cases.flatMap(({ closedAt }) => closedAt ?? []))].toSorted((a, b) => a - b)
  const turns = cases.flatMap((planned, place) => planned.steps.map((step, index): Turn => ({ place, index, step })))
    .toSorted((a, b) => a.step.at.getTime() - b.step.at.getTime() || a.place - b.place || a.index - b.index)
  const stage = makeStage(playing)
  try {
    for (const turn of turns) {
      for (let round = rounds[0]; round !== undefined && round <= turn.step.at.getTime(); round = rounds[0]) {
        await stage.everythingDone()
        await closeSolved(playing, new Date(round))
        rounds.shift()
      }
      await stage.enter(turn)
    }
    await stage.everythingDone()
    for (const round of rounds) await closeSolved(playing, new Date(round))
  } finally {
    // After a failure nothing of it may be written any more, once this has returned.
    await stage.nothingUnderWay()
  }
}

/** The desk's own job, at its hour of the sample centre's time. */
const closeSolved = ({ db, perform }: Playing, at: Date) => deskJobs({ closeAfterDays: CLOSE_AFTER_DAYS })['desk.closeSolved']({}, {
  db, actor: system('desk.closeSolved'), perform: (actor, verb) => perform(actor, verb, at), attempt: 1, attemptsMax: 1, signal: new AbortController().signal,
})

/** Lets so many units of work be under way; after a failure it lets nothing in any more. */
function makeStage(playing: Playing) {
  const { cases, atOnce } = playing
  const lanes = cases.map((): Promise<Course | null> => Promise.resolve(null))
  const under = new Set<Promise<unknown>>()
  let opened: Promise<unknown> = Promise.resolve()
  let done = 0
  return {
    enter: async (turn: Turn) => {
      const planned = cases[turn.place]
      if (!planned) return
      while (under.size >= atOnce) await Promise.race(under)
      const first = turn.index === 0
      const followed = first && planned.follows !== null ? lanes[planned.follows] ?? null : null
      const played = Promise.all([lanes[turn.place] ?? null, followed, first ? opened : null]).then(([course, old]) => play(playing, planned, turn, course, old?.answerTo ?? null))
      lanes[turn.place] = played
      if (first) opened = played
      const counted = played.then(() => {
        under.delete(counted)
        if (turn.index === planned.steps.length - 1) playing.finished(++done)
      })
      under.add(counted)
    },
    everythingDone: async () => { await Promise.all(under) },
    nothingUnderWay: async () => { await Promise.allSettled(under) },
  }
}

function play({ perform, cast, attachments }: Playing, planned: PlannedCase, { place, index, step }: Turn, course: Course | null, followed: string | null): Promise<Course> {
  const scene = { cast, course, followed, writer: writerOf(planned, cast), mark: `sample-${place}-${index}`, attachment: attachments[place % Math.max(1, attachments.length)] ?? null }
  return perform(actorOf(step.does, cast), (work) => playDeed(work, step.does, scene), step.at)
}
