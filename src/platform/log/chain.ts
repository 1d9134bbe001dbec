import { createHash } from 'node:crypto'

/** One link of the chain: sha256(previous hash, text of the fact). An empty previous hash begins the chain. */
export const sealOf = (previous: Buffer, text: string): Buffer => createHash('sha256').update(previous).update(text).digest()

export interface Verification {
  verified: boolean
  /** Facts whose seals were walked. */
  events: number
  /** The first fact at which the log and its chain part, and how. */
  firstBroken: { event: string; position: number | null; reason: 'changed' | 'removed' | 'inserted' | 'cut' } | null
}
