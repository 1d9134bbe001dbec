import { Plus } from 'lucide-react'
import { classes, density, Empty, IconButton, Problem, Skeleton, useCell, useFact, useMe, useNow, useQueryClient, useTitle, VirtualList } from '#web'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { BulkBar } from '../bulk/bulk-bar.tsx'
import { api, keys, listPage, readAhead, useCounts, type useList } from '../data.ts'
import { ListChooser } from '../views/chooser.tsx'
import { ViewCommands } from '../views/commands.tsx'
import { countWords, useQueryCount, useViewCounts } from '../views/data.ts'
import { DisplayTools } from './display.tsx'
import { FilterBar } from './filter-bar.tsx'
import { grouped, pastHeading, type Entry } from './groups.ts'
import type { List } from './lists.ts'
import { OtherList } from './other-lists.tsx'
import { withPage, withRow, type Pages } from './pages.ts'
import { CaseRow, concerns } from './row.tsx'
import { rangeTo, wordsOfQuery } from './selection.ts'
import type { ShownList } from './shown.ts'
import { GroupHeading, TableHead, TableRow } from './table.tsx'

interface ListPaneProps {
  /** The list as it is looked at now. */
  shown: ShownList
  /** Beside an open case: rows of two lines. */
  narrow: boolean
  pages: ReturnType<typeof useList>
  selected: number | null
  onSelect: (number: number) => void
  onOpen: (number: number) => void
}

/** One list: its name, which opens the others, what narrows it, and its rows. */
export function ListPane(props: ListPaneProps) {
  const { shown, narrow } = props
  const { list } = shown
  const me = useMe()
  const count = useListCount(list)
  const [filtering, setFiltering] = useState(false)
  const [saving, setSaving] = useState<'new' | 'over' | null>(null)
  const openFilter = useCallback(() => setFiltering(true), [])
  useTitle(count ? `${list.name} (${count})` : list.name)
  return (
    <div className="desk-list">
      <header className="desk-list-head">
        <ListChooser list={list} count={count} />
        {list.kind === 'cases' ? <DisplayTools shown={shown} narrow={narrow} onFilter={openFilter} /> : null}
        {me.may('case.open') ? <IconButton icon={Plus} command="case.new" size="small" /> : null}
      </header>
      {list.kind === 'cases' ? <FilterBar shown={shown} open={filtering} onClose={() => setFiltering(false)} onSave={setSaving} /> : null}
      {list.kind === 'cases' ? <Cases {...props} list={list} /> : <OtherList {...props} list={list} />}
      <ViewCommands shown={shown} saving={saving} ask={setSaving} />
    </div>
  )
}

/** How many cases the list has, as it was saved; what narrows it has a count of its own. */
function useListCount(list: List): string | null {
  const counts = useCounts().data
  const ofView = useViewCounts(list.view ? [list.view.id] : []).data
  const found = list.view ? ofView?.get(list.view.id) : undefined
  if (found) return countWords(found)
  const waits = counts ? list.count(counts) : null
  return waits === null ? null : waits.toLocaleString('en')
}

const keyOf = (entry: Entry) => entry.key
/** Groups are made of what was read, so a list in groups reads on until it has so many. */
const GROUPED_ROWS = 400

function Cases({ shown, list, narrow, pages, selected, onSelect, onOpen }: ListPaneProps & { list: List }) {
  const compact = useCell(density) === 'compact'
  const queries = useQueryClient()
  const [me, now] = [useMe(), useNow()]
  const count = useCountOf(list)
  const more = useMore(list, pages.data)
  useFurtherRows(list, pages.data)
  const table = shown.table && !narrow
  const { columns, grouping, sort } = shown.shape
  const items = pages.data?.items
  const [read, whole] = [items?.length ?? 0, pages.data?.nextCursor === null]
  useEffect(() => { if (grouping !== null && !whole && read > 0 && read < GROUPED_ROWS) more.fetch() }, [grouping, whole, read, more])
  const entries = useMemo(() => grouped(items ?? [], grouping, now), [items, grouping, now])
  const row = useCallback((entry: Entry) => {
    if (entry.kind === 'group') return <GroupHeading name={entry.name} count={entry.count} more={!whole} />
    const hover = () => readAhead(queries, entry.row.number)
    return table ? <TableRow row={entry.row} columns={columns} listKey={list.key} unread={entry.row.unread && concerns(entry.row, me.id)} onHover={hover} /> : <CaseRow row={entry.row} list={list} onHover={hover} />
  }, [list, queries, table, columns, whole, me.id])
  const select = useCallback((key: string) => { const to = pastHeading(entries, key, selected); if (to !== null) onSelect(to) }, [entries, selected, onSelect])
  const open = useCallback((entry: Entry) => { if (entry.kind === 'case') onOpen(entry.row.number) }, [onOpen])
  if (pages.isPending || (grouping !== null && !whole && read < GROUPED_ROWS)) return <Skeleton rows={12} />
  if (pages.isError && !pages.data) return <Problem error={pages.error} what={list.name} onRetry={() => void pages.refetch()} />
  const narrowedEmpty = shown.filter ? <Empty title="Nothing fits this filter">Widen it, or take it away to see the whole list.</Empty> : <Empty title={list.empty.title}>{list.empty.text}</Empty>
  return (
    <div className={classes('desk-rows', table && 'desk-rows-table')}>
      {table && entries.length > 0 ? <TableHead columns={columns} sort={sort} onSort={(to) => shown.change({ sort: to })} /> : null}
      <VirtualList
        label={list.name} items={entries} keyOf={keyOf} row={row} selected={selected === null ? null : String(selected)} onSelect={select} onOpen={open} listKey={`${list.key} ${grouping ?? ''}`} {...(narrow ? { rowHeight: compact ? 44 : 52 } : {})}
        onShift={(key) => rangeTo(list.key, Number(key))} {...(grouping === null ? { onEndReached: more.fetch } : {})} loadingMore={more.loading} empty={narrowedEmpty}
      />
      <BulkBar list={list.key} items={pages.data.items} query={list.query ? wordsOfQuery(list.query) : null} count={count} selected={selected} onSelect={onSelect} />
    </div>
  )
}

/** The same as a number, for what is done to all of them. */
function useCountOf(list: List): number | null {
  const found = useQueryCount(list.query ? wordsOfQuery(list.query) : null)
  return found && !found.more ? found.count : null
}

/** Reads the next page when the end comes near, one at a time. */
function useMore(list: List, pages: Pages | undefined) {
  const queries = useQueryClient()
  const [loading, setLoading] = useState(false)
  const asked = useRef<string | null>(null)
  const cursor = pages?.nextCursor ?? null
  const fetch = useCallback(() => {
    if (cursor === null || list.query === null || asked.current === cursor) return
    asked.current = cursor
    setLoading(true)
    listPage(list.query, cursor).then(
      (page) => queries.setQueryData<Pages>(keys.list(list.key), (before) => (before && before.nextCursor === cursor ? withPage(before, page) : before)),
      () => { asked.current = null },
    ).finally(() => setLoading(false))
  }, [cursor, list, queries])
  return { fetch, loading }
}

/** Only the head of a list is read anew; a row further down that a fact is about is read by itself. */
function useFurtherRows(list: List, pages: Pages | undefined) {
  const queries = useQueryClient()
  useFact((fact) => {
    const number = fact.case
    if (number === null || !pages || pages.items.findIndex((row) => row.number === number) < HEAD_ROWS) return
    void api('GET /api/v1/cases/:number', { params: { number } }).then(
      (view) => queries.setQueryData<Pages>(keys.list(list.key), (before) => before && (withRow(before, number, (row) => ({ ...row, ...view })) ?? before)),
      () => { /* it is behind a wall now, and leaves the list when it is read anew */ },
    )
  })
}

const HEAD_ROWS = 100
