import { cell, useCell } from '#web'
import type { CaseQuery } from './lists.ts'

/** Which cases of a list are chosen, to do the same to all of them. Each keeps the version in which it was seen. */

export interface Seen {
  number: number
  version: number
}

export interface Selection {
  /** The list in which they were chosen; another list begins anew. */
  list: string
  rows: ReadonlyMap<number, number>
  /** Where a range begins. */
  anchor: number | null
  /** All that match the list's query, read or not, instead of rows. */
  all: boolean
}

export const nothingChosen: Selection = { list: '', rows: new Map(), anchor: null, all: false }
const selection = cell<Selection>(nothingChosen)

export const useSelection = (list: string): Selection => ofList(useCell(selection), list)
export const ofList = (now: Selection, list: string): Selection => (now.list === list ? now : { ...nothingChosen, list })
export const isAny = ({ rows, all }: Selection): boolean => all || rows.size > 0
export const isChosen = ({ rows, all }: Selection, number: number): boolean => all || rows.has(number)

/** Chooses a case, or no longer; a case out of all that match leaves those in sight. */
export function toggled(now: Selection, row: Seen, items: readonly Seen[]): Selection {
  const rows = new Map(now.all ? items.map(({ number, version }) => [number, version]) : now.rows)
  if (!rows.delete(row.number)) rows.set(row.number, row.version)
  return { ...now, rows, all: false, anchor: row.number }
}

/** Chooses all from where the range began to a row, both with. */
export function ranged(now: Selection, to: number, items: readonly Seen[]): Selection {
  const [from, end] = [items.findIndex(({ number }) => number === (now.anchor ?? to)), items.findIndex(({ number }) => number === to)]
  if (end === -1) return now
  const begin = from === -1 ? end : from
  const rows = new Map(now.rows)
  for (const { number, version } of items.slice(Math.min(begin, end), Math.max(begin, end) + 1)) rows.set(number, version)
  return { ...now, rows, all: false, anchor: now.anchor ?? to }
}

/** One step with the keyboard: the row it leads to is chosen with the one it left; a step back gives the one it left up. */
export function stepped(now: Selection, at: number | null, step: 1 | -1, items: readonly Seen[]): { next: Selection; to: number | null } {
  const place = items.findIndex(({ number }) => number === at)
  const [here, there] = [items[place], items[place === -1 ? 0 : place + step]]
  if (!there) return { next: now, to: null }
  const rows = new Map(now.rows)
  if (here && rows.has(here.number) && rows.has(there.number)) rows.delete(here.number)
  else { if (here) rows.set(here.number, here.version); rows.set(there.number, there.version) }
  return { next: { ...now, rows, all: false, anchor: now.anchor ?? here?.number ?? there.number }, to: there.number }
}

/** The rows that a list has read: what ranges and all of them are made of. */
let read: { list: string; items: readonly Seen[] } = { list: '', items: [] }
export const showRows = (list: string, items: readonly Seen[]): void => { read = { list, items } }
const rowsOf = (list: string) => (read.list === list ? read.items : [])

const change = (list: string, next: (now: Selection) => Selection) => selection.set((now) => ({ ...next(ofList(now, list)), list }))

export const toggle = (list: string, row: Seen): void => change(list, (now) => toggled(now, row, rowsOf(list)))
export const rangeTo = (list: string, to: number): void => change(list, (now) => ranged(now, to, rowsOf(list)))
export const chooseRead = (list: string): void => change(list, (now) => ({ ...now, all: false, rows: new Map(rowsOf(list).map(({ number, version }) => [number, version])) }))
export const chooseAll = (list: string): void => change(list, (now) => ({ ...now, all: true, rows: new Map() }))
export const choosesNothing = (): void => selection.set(nothingChosen)

/** Whether keys mean the chosen cases: while some are chosen and none is open beside them. */
export const choosing = (): boolean => isAny(selection.get()) && !/\/\d+$/.test(location.pathname)

/** Extends the choice by one row. @returns the row that the list's own mark goes to; null at its end */
export function extend(list: string, at: number | null, step: 1 | -1): number | null {
  const { next, to } = stepped(ofList(selection.get(), list), at, step, rowsOf(list))
  change(list, () => next)
  return to
}

/** A list's question in the words of the query language, so that all that match can be named beyond what was read. */
export function wordsOfQuery({ status, queue, assignee, team, removed, suggested, query }: CaseQuery): string {
  return [
    removed ? `is:${removed}` : status === 'new,open,pending,on_hold' ? 'is:unsolved' : status ? `status:${status}` : '',
    queue ? `queue:${queue}` : '', assignee ? `assignee:${assignee}` : '', team ? `team:${team}` : '', suggested ? 'has:suggestion' : '', query ?? '',
  ].filter(Boolean).join(' ')
}
