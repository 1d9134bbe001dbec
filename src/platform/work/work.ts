import { addJobs, type JobSpec } from './enqueue.ts'
import type { Actor } from '../actor.ts'
import type { Clock } from '../clock.ts'
import type { Db, Tx } from '../db/database.ts'
import { isStalePlan } from '../db/prepared.ts'
import { insertFacts } from '../log/store.ts'
import type { Fact, ToldFact } from './fact.ts'

/** A unit of work: one transaction, one instant, one actor. Facts and jobs told to it are written just before it commits. */
export interface Work {
  readonly tx: Tx
  readonly at: Date
  readonly actor: Actor
  tell(room: string, fact: Fact): void
  enqueue(job: JobSpec): void
  /**
   * Runs in this unit of work when the verb is done, once a key, in the order of first asking: for what follows from all changes together.
   * It may tell, enqueue, and ask for more.
   */
  beforeCommit(key: string, action: () => Promise<void>): void
  /** Runs once the change is durable. For what may be lost without harm: waking others, never the change itself. */
  afterCommit(action: () => void): void
}

export type Perform = <T>(actor: Actor, verb: (work: Work) => Promise<T>, at?: Date) => Promise<T>

/** Makes the function that runs a verb in a transaction. `told` is called after each commit that added facts. */
export function performer(db: Db, clock: Clock, told: () => void): Perform {
  const once = async <T>(actor: Actor, verb: (work: Work) => Promise<T>, at: Date): Promise<T> => {
    const facts: ToldFact[] = []
    const jobs: JobSpec[] = []
    const after: (() => void)[] = []
    const before = new Map<string, () => Promise<void>>()
    const result = await db.transaction().execute(async (tx) => {
      const work: Work = {
        tx, at, actor,
        tell: (room, fact) => void facts.push({ room, ...fact }),
        enqueue: (job) => void jobs.push(job),
        beforeCommit: (key, action) => { if (!before.has(key)) before.set(key, action) },
        afterCommit: (action) => void after.push(action),
      }
      const answer = await verb(work)
      // A map goes on to what is added while it is walked.
      for (const action of before.values()) await action()
      if (facts.length > 0) await insertFacts(tx, at, actor, facts)
      if (jobs.length > 0) await addJobs(tx, jobs)
      return answer
    })
    if (facts.length > 0) told()
    for (const action of after) action()
    return result
  }
  return async (actor, verb, at = clock.now()) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(actor, verb, at)
      } catch (error) {
        if (attempt === ATTEMPTS || !isCollision(error)) throw error
      }
    }
  }
}

const ATTEMPTS = 4
/** Two transactions were in each other's way (deadlock, serialisation, a migration): the database undid one, which may simply be done again. */
const isCollision = (error: unknown) => error instanceof Error && 'code' in error && (error.code === '40P01' || error.code === '40001' || isStalePlan(error))
