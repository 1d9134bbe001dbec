import { Avatar, Button, classes, Link, Section, Table, Time, type Column, type Sorting } from '#web'
import { Eye, PenLine } from 'lucide-react'
import { useState } from 'react'
import { presenceNames } from '../words.ts'
import type { Board, BoardPerson, Words } from '../wire.ts'
import { casesAddress } from './links.ts'
import { Opens } from './number.tsx'

const order = ['available', 'busy', 'away', 'off']
const share = ({ load, capacity }: BoardPerson) => (capacity === 0 ? (load > 0 ? 2 : 0) : load / capacity)

const sorts: Record<string, (a: BoardPerson, b: BoardPerson) => number> = {
  person: (a, b) => order.indexOf(a.presence) - order.indexOf(b.presence) || a.name.localeCompare(b.name), load: (a, b) => share(a) - share(b), open: (a, b) => a.open - b.open, paused: (a, b) => a.paused - b.paused,
}

/** Who is here, how much of their capacity is taken, and what they have on the screen now. */
export function People({ board, filter, wall }: { board: Board; filter: Words; wall?: boolean }) {
  const [sorting, sort] = useState<Sorting>({ by: 'person', down: false })
  const [all, showAll] = useState(false)
  // Whoever is off work and has nothing needs no line; whoever is off and has open cases does.
  const isHere = (one: BoardPerson) => one.presence !== 'off' || (one.open > 0 && !wall)
  const [here, away] = [board.people.filter(isHere), board.people.filter((one) => !isHere(one))]
  const rows = (all ? [...here, ...away] : here).toSorted((a, b) => (sorts[sorting.by]?.(a, b) ?? 0) * (sorting.down ? -1 : 1) || a.name.localeCompare(b.name))
  const there = board.people.filter(({ presence }) => presence === 'available')
  const [load, capacity] = [there.reduce((sum, one) => sum + one.load, 0), there.reduce((sum, one) => sum + one.capacity, 0)]
  return (
    <Section
      title="People" count={here.length}
      detail={there.length === 0 ? 'Nobody is available.' : `${there.length} available, with ${load.toLocaleString('en-GB')} of ${capacity.toLocaleString('en-GB')} places taken.`}
      actions={away.length > 0 ? <Button size="small" variant="quiet" onClick={() => showAll(!all)}>{all ? 'Without those off work' : `${away.length} off work`}</Button> : null}
    >
      <Table label="People, their load and what they are on" columns={columnsFor(filter, board.showsCases, wall === true)} rows={rows} keyOf={({ id }) => id} sorting={sorting} onSort={sort} empty={<p className="insights-quiet">Nobody works here yet. Agents come in by an invitation, in the settings.</p>} />
    </Section>
  )
}

const columnsFor = (filter: Words, opens: boolean, wall: boolean): Column<BoardPerson>[] => [
  { id: 'person', name: 'Person', sortable: true, cell: (one) => <Person one={one} /> },
  { id: 'load', name: 'Load', sortable: true, width: wall ? 112 : 190, cell: (one) => <LoadBar one={one} /> },
  { id: 'open', name: 'Open', align: 'right', sortable: true, cell: ({ id, open, name }) => <Opens value={open} to={opens ? casesAddress(filter, 'all', { assignee: id }) : null} label={`${open} open of ${name}`} /> },
  ...(wall ? [] : ALSO),
]

const ALSO: Column<BoardPerson>[] = [
  { id: 'paused', name: 'Paused', align: 'right', sortable: true, wideOnly: true, cell: ({ paused }) => <span className={classes('figure', paused === 0 && 'insights-nought')} title="Pending, on hold or snoozed">{paused}</span> },
  { id: 'on', name: 'Now', wideOnly: true, cell: (one) => <On on={one.on} /> },
]

function Person({ one: { name, team, presence, presenceAt } }: { one: BoardPerson }) {
  return (
    <span className="insights-person">
      <Avatar name={name} size={24} presence={presence} />
      <span className="insights-person-words"><span className="insights-person-name">{name}</span><span className="insights-person-detail">{presenceNames[presence] ?? presence} <Time at={presenceAt} form="short" />{team ? ` · ${team.name}` : ''}</span></span>
    </span>
  )
}

function LoadBar({ one }: { one: BoardPerson }) {
  const [taken, full] = [share(one), one.load >= one.capacity && one.load > 0]
  return (
    <span className="insights-load" role="img" aria-label={`${one.load} of ${one.capacity} places taken`}>
      <span className="insights-load-track"><span className={classes('insights-load-fill', full && 'insights-load-full')} style={{ inlineSize: `${Math.min(1, taken) * 100}%` }} /></span>
      <span className={classes('figure insights-load-words', full && 'insights-soon')}>{one.load} of {one.capacity}{full ? ', full' : ''}</span>
    </span>
  )
}

function On({ on }: { on: BoardPerson['on'] }) {
  const [first, ...others] = on
  if (!first) return null
  const Drawn = first.doing === 'writing' ? PenLine : Eye
  return (
    <span className="insights-on">
      <Drawn size={13} aria-label={first.doing === 'writing' ? 'writes in' : 'looks at'} />
      <Link href={`/cases/${first.number}`} title={first.subject}>{first.subject}</Link>
      {others.length > 0 ? <span className="insights-quiet figure" title={others.map(({ number, subject }) => `#${number} ${subject}`).join('\n')}>+{others.length}</span> : null}
    </span>
  )
}
