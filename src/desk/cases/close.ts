import type { Work } from '#platform'
import { decideStatus } from './model.ts'
import { casesToClose, saveCase } from './store.ts'
import { tellCase } from './tell.ts'

/** Closes cases that have been solved for longer than this, oldest first. @returns how many, at most `limit`. */
export async function closeSolved(work: Work, solvedForMs: number, limit: number): Promise<number> {
  const due = await casesToClose(work.tx, new Date(work.at.getTime() - solvedForMs), limit)
  for (const found of due) {
    const decision = decideStatus(found, 'closed', work.at)
    if (!('life' in decision)) continue
    const saved = await saveCase(work.tx, { ...found, ...decision.life, waitingSince: null }, work.at)
    tellCase(work, saved, 'case.closed', { from: found.status, to: saved.status })
  }
  return due.length
}
