/** A problem and its incidents: words that server and screens share. */

export const itemStates = ['waiting', 'sent', 'refused', 'recalled', 'gone'] as const
/** What became of an update at one incident; `gone`: it was none any more when its turn came. */
export type ItemState = (typeof itemStates)[number]

export const updateStatuses = ['open', 'pending', 'on_hold', 'solved'] as const
export type UpdateStatus = (typeof updateStatuses)[number]

export interface Tally {
  all: number
  waiting: number
  sent: number
  refused: number
  recalled: number
}

/** How far an update has come. */
export const tallyOf = (items: readonly { state: ItemState }[]): Tally => {
  const count = (...states: ItemState[]) => items.filter(({ state }) => states.includes(state)).length
  return { all: items.length, waiting: count('waiting'), sent: count('sent'), refused: count('refused', 'gone'), recalled: count('recalled') }
}
