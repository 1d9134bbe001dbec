import { ChevronDown, Plus } from 'lucide-react'
import { density, Empty, IconButton, Menu, navigate, Problem, Skeleton, useCell, useFact, useMe, useQueryClient, useTitle, VirtualList, type MenuItem } from '#web'
import { useCallback, useRef, useState } from 'react'
import { BulkBar } from '../bulk/bulk-bar.tsx'
import { api, keys, listPage, readAhead, useCounts, useQueues, type useList } from '../data.ts'
import type { Summary } from '../wire.ts'
import { allLists, sectionNames, type List } from './lists.ts'
import { OtherList } from './other-lists.tsx'
import { withPage, withRow, type Pages } from './pages.ts'
import { CaseRow } from './row.tsx'
import { rangeTo, wordsOfQuery } from './selection.ts'

interface ListPaneProps {
  list: List
  /** Beside an open case: rows of two lines. */
  narrow: boolean
  pages: ReturnType<typeof useList>
  selected: number | null
  onSelect: (number: number) => void
  onOpen: (number: number) => void
}

/** One list: its name, which opens the others, and its rows. */
export function ListPane(props: ListPaneProps) {
  const { list } = props
  const me = useMe()
  const count = useListCount(list)
  useTitle(count ? `${list.name} (${count})` : list.name)
  return (
    <div className="desk-list">
      <header className="desk-list-head">
        <ListMenu list={list} count={count} />
        {me.may('case.open') ? <IconButton icon={Plus} command="case.new" size="small" /> : null}
      </header>
      {list.kind === 'cases' ? <Cases {...props} /> : <OtherList {...props} />}
    </div>
  )
}

function useListCount(list: List): number | null {
  const counts = useCounts().data
  return counts ? list.count(counts) : null
}

/** The name of the list with its count; behind it all the others with theirs. */
function ListMenu({ list, count }: { list: List; count: number | null }) {
  const [counts, queues] = [useCounts().data, useQueues().data ?? []]
  const items: MenuItem[] = []
  let section = ''
  for (const other of allLists(queues)) {
    if (other.section !== section) items.push(...(section === '' ? [] : ['line' as const]), { heading: sectionNames[other.section] })
    section = other.section
    const waits = counts ? other.count(counts) : null
    items.push({
      name: other.name, checked: other.key === list.key, perform: () => navigate(`/lists/${other.key}`),
      ...(waits ? { detail: waits.toLocaleString('en') } : {}), ...(other.keys?.[0] ? { keys: other.keys[0] } : {}),
    })
  }
  return (
    <h1 className="desk-list-title">
      <Menu
        label="Lists" items={items}
        trigger={<button type="button" className="desk-list-name"><span>{list.name}</span>{count === null ? null : <span className="desk-list-count figure">{count.toLocaleString('en')}</span>}<ChevronDown size={14} aria-hidden /></button>}
      />
    </h1>
  )
}

const keyOf = (row: Summary) => String(row.number)

function Cases({ list, narrow, pages, selected, onSelect, onOpen }: ListPaneProps) {
  const count = useListCount(list)
  const rowHeight = useCell(density) === 'compact' ? 44 : 52
  const queries = useQueryClient()
  const more = useMore(list, pages.data)
  useFurtherRows(list, pages.data)
  const row = useCallback((found: Summary) => <CaseRow row={found} list={list} onHover={() => readAhead(queries, found.number)} />, [list, queries])
  const select = useCallback((key: string) => onSelect(Number(key)), [onSelect])
  const open = useCallback((found: Summary) => onOpen(found.number), [onOpen])
  if (pages.isPending) return <Skeleton rows={12} />
  if (pages.isError && !pages.data) return <Problem error={pages.error} what={list.name} onRetry={() => void pages.refetch()} />
  return (
    <>
    <VirtualList
      label={list.name} items={pages.data.items} keyOf={keyOf} row={row} selected={selected === null ? null : String(selected)} onSelect={select} onOpen={open} listKey={list.key} {...(narrow ? { rowHeight } : {})}
      onShift={(key) => rangeTo(list.key, Number(key))} onEndReached={more.fetch} loadingMore={more.loading} empty={<Empty title={list.empty.title}>{list.empty.text}</Empty>}
    />
    <BulkBar list={list.key} items={pages.data.items} query={list.query ? wordsOfQuery(list.query) : null} count={count} selected={selected} onSelect={onSelect} />
    </>
  )
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
