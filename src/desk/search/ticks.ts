import type { Files, Tick } from '#platform'
import { fillBatch, makeShelves } from './filling.ts'
import { readAttachments } from './reading/attachments.ts'

const BATCH = 1_000
/** One look reads in for so long, so that a stop of the program waits for a batch and not for a year of mail. */
const LOOK_MS = 20_000

const FILES = 4

/** Makes shelves before they are needed, reads in what was written before there was search, and what lies in files. */
export const searchTick = (files: Files): Tick => ({
  name: 'desk.search', everyMs: 5_000,
  run: async ({ db }) => {
    await makeShelves(db)
    const until = Date.now() + LOOK_MS
    for (let filled = BATCH; filled === BATCH && Date.now() < until;) filled = await fillBatch(db, BATCH)
    for (let read = FILES; read === FILES && Date.now() < until;) read = await readAttachments(db, files, FILES)
  },
})
