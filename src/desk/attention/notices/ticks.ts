import type { Tick } from '#platform'
import { sendDueDigests, type Mailing } from './mailing.ts'

const BATCH = 50

/** Hands over digests when they are due, on whichever instance looks first. */
export const digestTick = (mailing: Mailing): Tick => ({
  name: 'desk.digest', everyMs: 20_000,
  run: async ({ perform, actor }) => {
    for (let looked = BATCH; looked === BATCH;) looked = await perform(actor, (work) => sendDueDigests(work, mailing, BATCH))
  },
})
