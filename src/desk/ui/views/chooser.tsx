import { ChevronDown, Layers, Plus, Search } from 'lucide-react'
import { classes, Link, navigate, Popover, TextField, useCommands, useMe } from '#web'
import { useId, useMemo, useState, type KeyboardEvent } from 'react'
import { useCounts, useQueues } from '../data.ts'
import { allLists, listOfView, sectionNames, type List } from '../inbox/lists.ts'
import { countWords, pinnedOf, useViewCounts, useViews } from './data.ts'
import { ViewMark } from './mark.tsx'

interface ChooserProps {
  list: List
  count: string | null
}

/** The name of the list with its count; behind it all lists and views in groups, found by writing. */
export function ListChooser({ list, count }: ChooserProps) {
  const [open, setOpen] = useState(false)
  useCommands([{ id: 'go.list.all', name: 'Lists and views', keys: ['g l'], section: 'Go to', words: 'views', perform: () => setOpen(true) }], [])
  return (
    <h1 className="desk-list-title">
      <Popover
        label="Lists and views" open={open} onOpenChange={setOpen}
        trigger={<button type="button" className="desk-list-name">{list.view ? <ViewMark {...list.view} /> : null}<span>{list.name}</span>{count === null ? null : <span className="desk-list-count figure">{count}</span>}<ChevronDown size={14} aria-hidden /></button>}
      >
        {open ? <Lists here={list} close={() => setOpen(false)} /> : null}
      </Popover>
    </h1>
  )
}

interface Group {
  name: string
  lists: readonly List[]
}

/** Pinned views first, then one's own lists, the views by whose they are, the queues and the rest. */
function useGroups(written: string): Group[] {
  const [queues, views] = [useQueues().data, useViews().data]
  return useMemo(() => {
    const fits = (list: List) => list.name.toLowerCase().includes(written.trim().toLowerCase())
    const lists = allLists(queues ?? [])
    const [all, pinned] = [views ?? [], pinnedOf(views ?? [])]
    const rest = all.filter((view) => view.pinned === null)
    const groups: Group[] = [
      { name: 'Pinned', lists: pinned.map(listOfView) },
      { name: sectionNames.own, lists: lists.filter(({ section }) => section === 'own') },
      { name: 'My views', lists: rest.filter((view) => view.mine && view.shared === 'no').map(listOfView) },
      { name: 'Views of teams', lists: rest.filter((view) => view.shared === 'team').map(listOfView) },
      { name: 'Views for all', lists: rest.filter((view) => view.shared === 'all').map(listOfView) },
      ...(['queues', 'all', 'aside'] as const).map((section) => ({ name: sectionNames[section], lists: lists.filter((list) => list.section === section) })),
    ]
    return groups.map((group) => ({ ...group, lists: group.lists.filter(fits) })).filter((group) => group.lists.length > 0)
  }, [queues, views, written])
}

function Lists({ here, close }: { here: List; close: () => void }) {
  const [written, setWritten] = useState('')
  const groups = useGroups(written)
  const flat = groups.flatMap(({ lists }) => lists)
  const [at, setAt] = useState(() => Math.max(0, flat.findIndex(({ path }) => path === here.path)))
  const place = Math.min(at, flat.length - 1)
  const id = useId()
  const counts = useCounts().data
  const viewCounts = useViewCounts(flat.flatMap(({ view }) => view?.id ?? [])).data
  const may = useMe().may('view.write')
  const countOf = (list: List): string | null => {
    const found = list.view ? viewCounts?.get(list.view.id) : undefined
    if (found) return countWords(found)
    const waits = counts ? list.count(counts) : null
    return waits ? waits.toLocaleString('en') : null
  }
  const go = (list: List | undefined) => { if (list) { close(); navigate(list.path) } }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key]
    if (step !== undefined) { event.preventDefault(); setAt(Math.max(0, Math.min(flat.length - 1, place + step))) }
    if (event.key === 'Enter') { event.preventDefault(); go(flat[place]) }
  }
  return (
    <div className="desk-chooser">
      {/* eslint-disable-next-line jsx-a11y/no-autofocus -- one opens it to write or to move */}
      <TextField label="Find a list or a view" hideLabel icon={Search} value={written} onChange={(text) => { setWritten(text); setAt(0) }} onKeyDown={onKeyDown} placeholder="Find a list or a view" autoFocus autoComplete="off" role="combobox" aria-expanded aria-controls={id} {...(flat[place] ? { 'aria-activedescendant': `${id}-${place}` } : {})} />
      <div className="desk-chooser-lists" role="listbox" id={id} aria-label="Lists and views">
        {groups.map((group) => (
          <div key={group.name} role="group" aria-label={group.name}>
            <p className="menu-heading">{group.name}</p>
            {group.lists.map((list) => {
              const nth = flat.indexOf(list)
              return <Entry key={list.path} id={`${id}-${nth}`} list={list} count={countOf(list)} at={nth === place} here={list.path === here.path} go={() => go(list)} />
            })}
          </div>
        ))}
        {flat.length === 0 ? <p className="menu-nothing">No list is called so</p> : null}
      </div>
      <footer className="desk-chooser-foot">
        <Link href="/views" onClick={close}><Layers size={14} aria-hidden />All views</Link>
        {may ? <Link href="/views/new" onClick={close}><Plus size={14} aria-hidden />New view</Link> : null}
      </footer>
    </div>
  )
}

interface EntryProps {
  id: string
  list: List
  count: string | null
  at: boolean
  here: boolean
  go: () => void
}

function Entry({ id, list, count, at, here, go }: EntryProps) {
  return (
    <div
      id={id} role="option" tabIndex={-1} aria-selected={here} className={classes('menu-item', at && 'menu-item-at')} ref={(element) => { if (at) element?.scrollIntoView({ block: 'nearest' }) }}
      onPointerDown={(event) => { event.preventDefault(); go() }}
    >
      {list.view ? <ViewMark {...list.view} /> : <span className="desk-view-mark" aria-hidden />}
      <span className="desk-chooser-name">{list.name}</span>
      {list.view?.team ? <span className="menu-detail">{list.view.team.name}</span> : null}
      {count ? <span className="desk-chooser-count figure">{count}</span> : null}
    </div>
  )
}
