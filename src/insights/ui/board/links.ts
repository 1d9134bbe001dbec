import type { State } from '../../board/model.ts'
import type { Words } from '../wire.ts'

/** Where a number of the board leads: to its cases, with the same filter. */
export function casesAddress(filter: Words, is: State, more: Words = {}): string {
  return `/board/cases?${new URLSearchParams({ ...filter, is, ...more }).toString()}`
}

export const filterNames = ['site', 'team', 'queue'] as const

/** What the address narrows the board to. */
export const filterIn = (params: Readonly<Record<string, string | undefined>>): Words =>
  Object.fromEntries(filterNames.flatMap((name) => (params[name] ? [[name, params[name]]] : [])))
