import type { CaseSummary } from '../cases/views.ts'
import type { QueryProblem } from '../query/model.ts'
import type { Why } from './model.ts'

export interface Hit {
  case: CaseSummary
  /** What matched, with the words marked by « ». */
  passage: string
  rank: number
  why: Why
  /** Where it was written. */
  messageId: string | null
}

export interface Found {
  items: Hit[]
  next: Next | null
  problems: QueryProblem[]
  /** Nothing newer than this was left out; null: everything was looked at. */
  lookedBackTo: Date | null
}

/**
 * Where the next page begins: below a place, after so many of what was found from there (`isFirst`: names were among it; `isBegun`: the last word
 * was taken for the beginning of one); or a place in a list of cases.
 */
export type Next = { below: number; after: number; isFirst: boolean; isBegun: boolean } | { value: string; id: string }

export interface Asked {
  text: string
  limit: number
  next: Next | null
}
