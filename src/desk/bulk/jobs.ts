import { isConnectionFault, type Actor, type JobHandler } from '#platform'
import type { ReplyOptions } from '../replies/service.ts'
import { finishBulk, workBehind } from './service.ts'
import { cancelWaiting, findRun, settleItem, waitingPlaces, type Run } from './store.ts'
import { actorOf, workItem, type Worker } from './work.ts'

/** A run works so long at a stretch; then others have their turn. */
const STRETCH_MS = 2_000
const AT_ONCE = 50
/** A case that fails for a reason of ours is tried so often before it is set down as failed. */
const TRIES = 3

/** Works a run off, a stretch at a time. A second run of the job, or two at once, do nothing twice: each case is taken under a lock. */
export const bulkJob = (options: ReplyOptions): JobHandler => async (payload, { db, perform, actor: program, signal }) => {
  const id = typeof payload['run'] === 'string' ? payload['run'] : ''
  const run = await findRun(db, id)
  if (!run || run.finishedAt) return
  const actor = await actorOf(db, run)
  if (!actor) await perform(program, async (work) => { await cancelWaiting(work.tx, id, work.at, 'refused', 'bulk.actorGone') })
  const worker: Worker = { perform, options }
  const until = Date.now() + STRETCH_MS
  const goesOn = () => actor !== null && !signal.aborted && Date.now() < until
  let taken = 1
  while (goesOn() && taken > 0) {
    taken = 0
    for (const place of await waitingPlaces(db, id, AT_ONCE)) if (actor && goesOn() && (await workOne(worker, actor, run, place))) taken++
  }
  await perform(program, async (work) => {
    // Cases that another worker holds at this moment are looked at again a little later.
    if (!(await finishBulk(work, id)) && (await findRun(work.tx, id))?.finishedAt === null) workBehind(work, id, taken > 0 ? 0 : WAIT_MS)
  })
}
const WAIT_MS = 1_000

const workOne = (worker: Worker, actor: Actor, run: Run, place: number): Promise<boolean> => tried(TRIES, () => workItem(worker, actor, run, place), async () => {
  await worker.perform(actor, (work) => settleItem(work.tx, run.id, place, { state: 'failed', code: 'program.fault' }, work.at))
  return true
})

/** A fault of one case does not hold up the others; one of the connection does, until it is back. */
async function tried(times: number, deed: () => Promise<boolean>, givenUp: () => Promise<boolean>): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await deed()
    } catch (error) {
      if (isConnectionFault(error)) throw error
      if (attempt === times) return givenUp()
    }
  }
}
