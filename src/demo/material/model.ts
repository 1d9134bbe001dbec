/**
 * What people write about one topic, in pieces that a plan puts together. `{slots}` are filled once a case, so that an amount or an id stays
 * the same through a conversation. Pieces have no greeting and no closing: those come from the person who writes.
 */
export interface Material {
  /** The topic, as in playbooks.json. */
  topic: string
  /** How often it comes, relative to the others. */
  weight: number
  priority?: 'low' | 'high' | 'urgent'
  kind?: 'incident' | 'problem' | 'request'
  /** How often a case about it waits for somebody outside, such as a bank. */
  holds?: number
  subjects: readonly string[]
  openings: readonly string[]
  /** Sentences that some add to their opening. */
  details: readonly string[]
  /** First replies that need something from the customer. */
  asks: readonly string[]
  /** What the customer says to that. */
  gives: readonly string[]
  /** Replies that settle it. */
  answers: readonly string[]
  notes: readonly string[]
  tags: readonly string[]
}
