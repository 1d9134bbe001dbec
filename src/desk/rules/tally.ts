import type { ActionPreview, FieldChange } from '../actions/preview.ts'

/** What a rule would have done, summed up case by case. Pure. */

export interface Sample {
  number: number
  at: string
  changes: FieldChange[]
  refusals: string[]
}

export interface Tally {
  /** How often the rule would have looked at a case that fits, and at how many cases. */
  moments: number
  cases: number
  /** Moments at which nothing would have changed. */
  unchanged: number
  refused: number
  perDay: Record<string, number>
  /** From what kind of change how many: `priority normal high`. */
  changes: Record<string, number>
  refusals: Record<string, number>
  samples: Sample[]
}

export const SAMPLES_MAX = 200

export const emptyTally = (): Tally => ({ moments: 0, cases: 0, unchanged: 0, refused: 0, perDay: {}, changes: {}, refusals: {}, samples: [] })

const add = (counts: Record<string, number>, key: string) => { counts[key] = (counts[key] ?? 0) + 1 }

/** Adds what a rule would have done to one case at its moments. Changes of texts count as texts, not by what they say. */
export function tallyCase(tally: Tally, number: number, previews: readonly { at: Date; preview: ActionPreview }[]): void {
  if (previews.length > 0) tally.cases += 1
  for (const { at, preview } of previews) {
    tally.moments += 1
    add(tally.perDay, at.toISOString().slice(0, 10))
    if (preview.refusals.length > 0) tally.refused += 1
    else if (preview.changes.length === 0) tally.unchanged += 1
    for (const code of preview.refusals) add(tally.refusals, code)
    for (const change of preview.changes) add(tally.changes, wordOf(change))
    if (tally.samples.length < SAMPLES_MAX) tally.samples.push({ number, at: at.toISOString(), changes: preview.changes, refusals: preview.refusals })
  }
}

const wordOf = ({ field, from, to }: FieldChange): string => (field === 'reply' || field === 'note' ? field : JSON.stringify([field, from, to]))
