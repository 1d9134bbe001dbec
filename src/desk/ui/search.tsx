import { Search as SearchIcon } from 'lucide-react'
import { Empty, navigate, Problem, Skeleton, useCommands, useQueryParams, useTitle, VirtualList } from '#web'
import { useCallback, useEffect, useRef, useState } from 'react'
import { QueryField } from './query/query-field.tsx'
import { Facets } from './search/facets.tsx'
import { HitRow } from './search/hit-row.tsx'
import { Learn } from './search/learn.tsx'
import { noteSearch } from './search/recent.ts'
import { useFound } from './search/use-found.ts'
import type { Hit } from './wire.ts'
import './css/search.css'

/** So long after the last letter the search begins. */
const PAUSE_MS = 150

/** Finds cases by what was written in them, by ids, addresses and names, in the query language. */
export default function SearchScreen() {
  const [params, change] = useQueryParams()
  const asked = (params['q'] ?? '').trim()
  const [text, setText] = useState(asked)
  const [selected, setSelected] = useState<string | null>(null)
  const [box, list] = [useRef<HTMLInputElement>(null), useRef<HTMLDivElement>(null)]
  useTitle(asked ? `${asked} · Search` : 'Search')
  const [sent, setSent] = useState(asked)
  const ask = useCallback((next: string) => { setSent(next.trim()); change({ q: next.trim() || null }) }, [change])
  useEffect(() => {
    if (text.trim() === asked) return
    const timer = setTimeout(() => ask(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, asked, ask])
  // The address changed by itself: back and forward, a link. What was written since one's own question stays.
  const [seen, setSeen] = useState(asked)
  if (asked !== seen) {
    setSeen(asked)
    if (asked !== sent) { setSent(asked); setText(asked) }
  }
  const found = useFound(asked)
  const hits = found.hits ?? []
  const first = hits[0]
  const open = useCallback((hit: Hit) => { noteSearch(asked); navigate(`/cases/${hit.case.number}`) }, [asked])
  const row = useCallback((hit: Hit) => <HitRow hit={hit} />, [])
  const toList = () => { const view = list.current?.querySelector('[data-list]'); if (view instanceof HTMLElement) view.focus() }
  const toBox = () => { box.current?.focus(); box.current?.select() }
  useCommands([
    { id: 'search.write', name: 'Write a search', keys: ['/'], section: 'Search', perform: toBox },
    { id: 'search.leave', name: 'Back to what was written', keys: ['Escape'], scope: 'list', hidden: true, perform: toBox },
  ], [])
  const put = (next: string) => { setText(next); box.current?.focus() }
  return (
    <div className="search">
      <h1 className="unseen">Search</h1>
      <div className="search-box">
        <QueryField
          // eslint-disable-next-line jsx-a11y/no-autofocus -- one comes here to write
          ref={box} label="Search" hideLabel icon={SearchIcon} autoFocus value={text} onChange={setText} placeholder="Words, “a phrase”, an id, an address, or status:open from:@…" problems={text.trim() === asked ? found.problems : []}
          onSubmit={() => { if (text.trim() !== asked) return ask(text); if (first) open(first) }} onLeave={toList} onDown={toList}
        />
        {asked ? <Facets text={asked} hits={hits} put={(next) => { setText(next); ask(next) }} /> : null}
      </div>
      <div className="search-found" ref={list}>
        {asked === '' ? <Learn ask={put} /> : found.error && !found.hits ? <Problem error={found.error} what="The search" onRetry={found.retry} /> : found.hits === undefined ? <Skeleton rows={8} /> : (
          <VirtualList
            label="What was found" items={hits} keyOf={keyOf} row={row} rowHeight={76} selected={selected ?? (first ? keyOf(first) : null)} onSelect={setSelected} onOpen={open} onEndReached={found.more} loadingMore={found.isLooking} listKey={found.listKey} globalKeys
            empty={found.isLooking ? <Skeleton rows={8} /> : <Empty title={`Nothing fits “${asked}”`}>Everything that was written was looked through, also in solved cases. Fewer words find more; a star stands for the rest of a word.</Empty>}
          />
        )}
      </div>
      {asked ? <p className="search-foot" role="status">{found.said}</p> : null}
    </div>
  )
}

const keyOf = (hit: Hit) => String(hit.case.number)
