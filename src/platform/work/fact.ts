/** Something that happened, as the log keeps it. `data` holds ids and numbers, never personal text. */
export interface Fact {
  kind: `${string}.${string}`
  /** The number of the case it is about, when it is about one. */
  case?: number
  /** What else it is about, as `noun:id`. */
  subject?: string
  data?: Record<string, unknown>
}

export interface ToldFact extends Fact {
  room: string
}
