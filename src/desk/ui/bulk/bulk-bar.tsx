import { CheckCheck, ListChecks, X } from 'lucide-react'
import { Button, IconButton, useCommands, useMe } from '#web'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { CaseAction, Deed } from '../../actions/model.ts'
import { chooseAll, chooseRead, choosesNothing, choosing, extend, isAny, showRows, toggle, useSelection, type Seen } from '../inbox/selection.ts'
import { KinOfChosen } from '../merging/chosen.tsx'
import type { Over } from './data.ts'
import './bulk.css'

const BulkDialog = lazy(() => import('./bulk-dialog.tsx').then((module) => ({ default: module.BulkDialog })))

interface BulkBarProps {
  /** The list's key, under which cases are chosen. */
  list: string
  items: readonly Seen[]
  /** The list's question in the query language; null where there is none, and then only what was read can be chosen. */
  query: string | null
  /** How many match, where that is known. */
  count: number | null
  /** The row that the list's mark is on. */
  selected: number | null
  onSelect: (number: number) => void
}

/** What can be done to the cases that are chosen in a list; it stands there while some are. */
export function BulkBar(props: BulkBarProps) {
  const { list, items, query, count } = props
  const selection = useSelection(list)
  const me = useMe()
  const [begun, setBegun] = useState<CaseAction[] | null>(null)
  useEffect(() => showRows(list, items), [list, items])
  const may = me.may('case.bulk')
  useChoosing(props, may)
  const any = may && isAny(selection)
  useDoing(any, setBegun)
  if (!any) return null
  const size = selection.all ? count : selection.rows.size
  const over: Over = selection.all && query !== null ? { query } : { cases: [...selection.rows].map(([number, version]) => [number, version]) }
  return (
    <div className="desk-bulk" role="region" aria-label="Chosen cases" data-scope="bulk">
      <span className="desk-bulk-count" role="status">{size === null ? 'All that match' : `${size.toLocaleString('en')} chosen`}</span>
      {!selection.all && query !== null && (count === null || count > selection.rows.size) ? <Button size="small" variant="quiet" icon={CheckCheck} command="bulk.all">{count === null ? 'All that match' : `All ${count.toLocaleString('en')}`}</Button> : null}
      <span className="desk-bulk-space" />
      <Button size="small" variant="primary" icon={ListChecks} command="bulk.change">Change …</Button>
      <IconButton icon={X} size="small" command="bulk.none" />
      <KinOfChosen numbers={selection.all ? [] : [...selection.rows.keys()]} />
      {begun ? <Suspense><BulkDialog over={over} size={size} begin={begun} onClose={() => setBegun(null)} onBegun={() => { setBegun(null); choosesNothing() }} /></Suspense> : null}
    </div>
  )
}

/** How cases are chosen by key. */
function useChoosing({ list, items, query, selected, onSelect }: BulkBarProps, may: boolean) {
  const row = items.find(({ number }) => number === selected)
  const here = () => may && items.length > 0
  const step = (by: 1 | -1) => { const to = extend(list, selected, by); if (to !== null) onSelect(to) }
  useCommands([
    { id: 'list.choose', name: 'Choose, or no longer', keys: ['x'], section: 'Many cases', when: () => here() && row !== undefined, perform: () => { if (row) toggle(list, row) } },
    { id: 'list.chooseDown', name: 'Choose the next one too', keys: ['shift+ArrowDown'], section: 'Many cases', hidden: true, when: here, perform: () => step(1) },
    { id: 'list.chooseUp', name: 'Choose the one before too', keys: ['shift+ArrowUp'], section: 'Many cases', hidden: true, when: here, perform: () => step(-1) },
    { id: 'list.chooseRead', name: 'Choose all in sight', keys: ['mod+a'], section: 'Many cases', when: () => here() && !isWriting(), perform: () => chooseRead(list) },
    { id: 'bulk.all', name: 'Choose all that match', keys: ['mod+shift+a'], section: 'Many cases', when: () => here() && query !== null && !isWriting(), perform: () => chooseAll(list) },
  ], [list, items, query, selected, onSelect, may])
}

/** In a text, mod and A means the text. */
const isWriting = () => document.activeElement?.closest('input, textarea, [contenteditable="true"]') !== null && document.activeElement !== null

/** While cases are chosen, the keys of one case are those of all of them. */
const deeds: readonly [deed: Deed, keys: string, name: string, action: CaseAction][] = [
  ['status', 's', 'Set the status of the chosen', { do: 'status', to: 'solved' }], ['priority', 'p', 'Set the priority of the chosen', { do: 'priority', to: 'high' }],
  ['assign', 'a', 'Assign the chosen', { do: 'assign', to: 'me' }], ['tag', 'l', 'Tag the chosen', { do: 'tag', add: [] }], ['topic', 't', 'Set the topic of the chosen', { do: 'topic', to: null }],
  ['team', 'v', 'Set the team of the chosen', { do: 'team', to: null }], ['status', 'e', 'Solve the chosen', { do: 'status', to: 'solved' }], ['remove', '#', 'Put the chosen into the trash', { do: 'remove', as: 'trash' }],
  ['remove', '!', 'Mark the chosen as spam', { do: 'remove', as: 'spam' }],
]

function useDoing(any: boolean, begin: (actions: CaseAction[]) => void) {
  useCommands(any ? [
    { id: 'bulk.change', name: 'Change the chosen', keys: ['b'], section: 'Many cases', icon: ListChecks, perform: () => begin([]) },
    { id: 'bulk.none', name: 'Choose none', keys: ['Escape'], section: 'Many cases', perform: choosesNothing },
    ...deeds.map(([, keys, name, action]) => ({ id: `bulk.${keys}`, name, keys: [keys], section: 'Many cases', when: choosing, perform: () => begin([action]) })),
  ] : [], [any, begin])
}
