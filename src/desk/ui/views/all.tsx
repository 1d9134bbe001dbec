import { Archive, ArchiveRestore, Copy, MoreHorizontal, Pencil, Pin, PinOff, Plus, Search, Trash2 } from 'lucide-react'
import { Badge, Button, Dialog, Empty, IconButton, Link, Menu, navigate, Page, Problem, Section, Skeleton, Table, tellRefusal, TextField, Time, useMe, type Column, type MenuItem } from '#web'
import { useState } from 'react'
import type { View } from '../wire.ts'
import { copyOf, countWords, deleteForGood, setArchived, togglePin, useArchivedViews, useViewCounts, useViews, type ViewCount } from './data.ts'
import { ViewMark } from './mark.tsx'

/** All views that one sees: found by writing, in groups, with what can be done with them. */
export default function AllViews() {
  const me = useMe()
  const [written, setWritten] = useState('')
  const [archive, setArchive] = useState(false)
  const views = useViews()
  const fits = (view: View) => `${view.name} ${view.query} ${view.owner?.name ?? ''} ${view.team?.name ?? ''}`.toLowerCase().includes(written.trim().toLowerCase())
  const all = (views.data ?? []).filter(fits)
  const counts = useViewCounts(all.map(({ id }) => id)).data
  const groups: [string, View[]][] = [['My views', all.filter(({ mine, shared }) => mine && shared === 'no')], ['Shared with teams', all.filter(({ shared }) => shared === 'team')], ['Shared with everybody', all.filter(({ shared }) => shared === 'all')]]
  return (
    <Page wide title="Views" detail="Filters that keep themselves up to date." actions={me.may('view.write') ? <Button variant="primary" icon={Plus} onClick={() => navigate('/views/new')}>New view</Button> : null}>
      <div className="desk-views-tools">
        <TextField label="Find a view" hideLabel icon={Search} type="search" value={written} onChange={setWritten} placeholder="Name, filter, owner or team" autoComplete="off" />
        <Button variant="quiet" icon={Archive} aria-pressed={archive} onClick={() => setArchive((now) => !now)}>{archive ? 'Hide the archive' : 'Archive'}</Button>
      </div>
      {views.isPending ? <Skeleton rows={6} /> : views.isError ? <Problem error={views.error} what="The views" onRetry={() => void views.refetch()} /> : null}
      {views.data && all.length === 0 ? <Empty title={written ? `No view is called “${written}”` : 'No views yet'}>A view is a filter that you keep: write one above any list (shift F) and save it, or begin with “New view”.</Empty> : null}
      {groups.map(([name, items]) => (items.length === 0 ? null : <Section key={name} title={name} count={items.length}><ViewTable label={name} views={items} counts={counts} /></Section>))}
      {archive ? <Archived fits={fits} /> : null}
    </Page>
  )
}

function Archived({ fits }: { fits: (view: View) => boolean }) {
  const archived = useArchivedViews(true)
  const items = (archived.data ?? []).filter(fits)
  return <Section title="Archive" count={items.length}>{archived.isPending ? <Skeleton rows={2} /> : items.length === 0 ? <Empty title="Nothing is archived">Archived views are out of sight and can be taken out again.</Empty> : <ViewTable label="Archive" views={items} counts={undefined} />}</Section>
}

interface ViewTableProps {
  label: string
  views: readonly View[]
  counts: Map<string, ViewCount> | undefined
}

function ViewTable({ label, views, counts }: ViewTableProps) {
  const columns: Column<View>[] = [
    { id: 'name', name: 'View', cell: (view) => <div className="desk-views-name"><ViewMark {...view} /><div className="desk-cell"><Link href={`/views/${view.id}`} className="desk-cell-name">{view.name}</Link><code className="desk-view-query">{view.query || 'every case'}</code></div></div> },
    { id: 'owner', name: 'Whose', width: 190, wideOnly: true, cell: (view) => <span className="desk-cell-badges">{view.owner?.name ?? 'Nobody'}{view.team ? <Badge>{view.team.name}</Badge> : null}</span> },
    { id: 'updated', name: 'Changed', width: 100, align: 'right', wideOnly: true, cell: ({ updatedAt }) => <Time at={updatedAt} /> },
    { id: 'count', name: 'Cases', width: 80, align: 'right', cell: ({ id }) => { const found = counts?.get(id); return found ? countWords(found) : null } },
    { id: 'do', name: '', width: 72, align: 'right', cell: (view) => <Deeds view={view} /> },
  ]
  return <Table label={label} columns={columns} rows={views} keyOf={({ id }) => id} onOpen={({ id }) => navigate(`/views/${id}`)} />
}

function Deeds({ view }: { view: View }) {
  const me = useMe()
  const [asking, setAsking] = useState(false)
  const may = me.may('view.write')
  const change = may && view.mayChange
  const items: MenuItem[] = [
    ...(change && !view.archived ? [{ name: 'Change', icon: Pencil, perform: () => navigate(`/views/${view.id}/edit`) }] : []),
    ...(may ? [{ name: 'Make a copy', icon: Copy, perform: () => void copyOf(view).then((copy) => navigate(`/views/${copy.id}/edit`), tellRefusal) }] : []),
    ...(change ? [view.archived ? { name: 'Take out of the archive', icon: ArchiveRestore, perform: () => void setArchived(view, false).catch(tellRefusal) } : { name: 'Archive', icon: Archive, perform: () => void setArchived(view, true).catch(tellRefusal) }] : []),
    ...(change && view.archived ? [{ name: 'Delete for good …', icon: Trash2, danger: true, perform: () => setAsking(true) }] : []),
  ]
  return (
    // The row opens the view; what stands in it does something else.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <span className="desk-views-deeds" onClick={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()}>
      {view.archived || me.kind !== 'agent' ? null : <IconButton icon={view.pinned === null ? Pin : PinOff} label={view.pinned === null ? `Keep “${view.name}” in sight` : `Do not keep “${view.name}” in sight`} size="small" pressed={view.pinned !== null} onClick={() => void togglePin(view).catch(tellRefusal)} />}
      {items.length > 0 ? <Menu label={view.name} align="end" items={items} trigger={<IconButton icon={MoreHorizontal} label={`What can be done with “${view.name}”`} size="small" />} /> : null}
      <Dialog open={asking} onClose={() => setAsking(false)} title={`Delete “${view.name}” for good?`} size="small" description="The filter is gone for everybody who uses it; no case is touched." footer={<><Button variant="quiet" onClick={() => setAsking(false)}>Keep it</Button><Button variant="danger" onClick={() => void deleteForGood(view).then(() => setAsking(false), tellRefusal)}>Delete</Button></>} />
    </span>
  )
}
