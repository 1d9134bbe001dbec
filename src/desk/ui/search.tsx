import { Search as SearchIcon } from 'lucide-react'
import { Empty, navigate, Problem, TextField, Time, useQuery, useQueryParams, useTitle, VirtualList } from '#web'
import { useCallback, useEffect, useState } from 'react'
import { api } from './data.ts'
import { PriorityMark, StatusMark } from './marks.tsx'
import type { Hit } from './wire.ts'
import { personName } from './words.ts'
import { passagePieces } from './passage.ts'

/** So long after the last letter the search begins. */
const PAUSE_MS = 120

/** Finds cases by number, address and the words of their subject. */
export function SearchScreen() {
  const [params, change] = useQueryParams()
  const asked = params['q'] ?? ''
  const [text, setText] = useState(asked)
  const [selected, setSelected] = useState<string | null>(null)
  useTitle(asked ? `${asked} · Search` : 'Search')
  useEffect(() => {
    if (text === asked) return
    const timer = setTimeout(() => change({ q: text.trim() || null }), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, asked, change])
  const found = useQuery({ queryKey: ['cases', 'search', asked], enabled: asked.trim() !== '', placeholderData: (before) => before, queryFn: () => api('GET /api/v1/search', { query: { q: asked, limit: 50 } }) })
  const hits = asked.trim() === '' ? [] : found.data?.items ?? []
  const row = useCallback((hit: Hit) => <HitRow hit={hit} />, [])
  const first = hits[0]
  return (
    <div className="desk-search">
      <h1 className="unseen">Search</h1>
      <div className="desk-search-box">
        {/* eslint-disable-next-line jsx-a11y/no-autofocus -- one comes here to write */}
        <TextField label="Search" hideLabel icon={SearchIcon} type="search" autoFocus value={text} onChange={setText} placeholder="Number, address, or words of the subject" autoComplete="off" onKeyDown={(event) => { if (event.key === 'Enter' && first) open(first) }} />
      </div>
      {found.isError ? <Problem error={found.error} what="The search" onRetry={() => void found.refetch()} /> : (
        <VirtualList
          label="What was found" items={hits} keyOf={keyOf} row={row} rowHeight={56} selected={selected ?? (first ? keyOf(first) : null)} onSelect={setSelected} onOpen={open} listKey={asked}
          empty={asked.trim() === '' ? <Empty icon={SearchIcon} title="Find a case">Write its number, a mail address, or the beginning of words of its subject.</Empty>
            : found.isFetching ? null : <Empty title={`Nothing fits “${asked}”`}>Numbers, addresses and words of the subject are searched, also of solved cases.</Empty>}
        />
      )}
    </div>
  )
}

const keyOf = (hit: Hit) => String(hit.case.number)
const open = (hit: Hit) => navigate(`/cases/${hit.case.number}`)

function HitRow({ hit }: { hit: Hit }) {
  const found = hit.case
  return (
    <div className="desk-hit">
      <StatusMark status={found.status} />
      <div className="desk-hit-words">
        <p className="desk-hit-passage">{passagePieces(hit.passage).map(({ text, marked }, index) => (
          // eslint-disable-next-line react/no-array-index-key -- pieces of a fixed text
          marked ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>
        ))}</p>
        <p className="desk-hit-about"><span className="figure">#{found.number}</span><span>{personName(found.customer)}</span><span>{found.queue.name}</span>{found.assignee ? <span>{found.assignee.name}</span> : null}</p>
      </div>
      <PriorityMark priority={found.priority} />
      <span className="desk-row-time"><Time at={found.lastMessageAt} form="short" /></span>
    </div>
  )
}
