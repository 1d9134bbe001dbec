import { usePages, useReader } from '#web'
import { useEffect, useMemo, useState } from 'react'
import { api } from '../data.ts'
import { counted } from '../words.ts'
import type { Hit } from '../wire.ts'

/** So many are enough to look at; until then the search goes on back in time by itself, so many pages at most. */
const ENOUGH = 20
const PAGES_MAX = 40

/** What was found before stays in sight until the answer comes, so each says to which question it belongs. */
type AskedHit = Hit & { asked: string }
type Problems = readonly { at: number; length: number; code: string }[]
interface Looked {
  asked: string
  to: Date | string | null
  problems: Problems
  pages: number
}

/** What was found, growing as one scrolls; and how far back was looked. */
export function useFound(asked: string) {
  const reader = useReader()
  const [looked, setLooked] = useState<Looked>({ asked: '', to: null, problems: [], pages: 0 })
  const pages = usePages(['cases', 'search', asked], async ({ limit, cursor }, signal) => {
    if (asked === '') return { items: [], nextCursor: null }
    const answer = await api('GET /api/v1/search', { query: { q: asked, limit, ...(cursor ? { cursor } : {}) }, signal })
    setLooked((before) => ({ asked, to: answer.lookedBackTo, problems: answer.problems, pages: cursor && before.asked === asked ? before.pages + 1 : 1 }))
    return { ...answer, items: answer.items.map((hit) => ({ ...hit, asked })) }
  }, 30)
  const hits = useMemo(() => once(pages.items), [pages.items])
  const goesOn = pages.hasMore && !pages.loadingMore && (hits?.length ?? 0) < ENOUGH && looked.asked === asked && looked.pages < PAGES_MAX
  const { more } = pages
  // eslint-disable-next-line react-hooks/exhaustive-deps -- `more` is a new function each time and always does the same
  useEffect(() => { if (goesOn) more() }, [goesOn, looked.pages])
  const isLooking = pages.loadingMore || goesOn
  return { hits, listKey: hits?.[0]?.asked ?? asked, problems: looked.asked === asked ? looked.problems : [], error: pages.error, retry: pages.retry, more, isLooking, said: hits ? wordsFor(hits.length, looked, pages.hasMore, isLooking, (at) => new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', year: 'numeric', timeZone: reader.zone }).format(at)) : '' }
}

/** A case that was found on an earlier page is not shown again for something older. */
function once(items: readonly AskedHit[] | undefined): AskedHit[] | undefined {
  const seen = new Set<number>()
  return items?.filter((hit) => !seen.has(hit.case.number) && seen.add(hit.case.number))
}

function wordsFor(count: number, { to }: Looked, hasMore: boolean, isLooking: boolean, said: (at: Date) => string): string {
  const found = counted(count, 'case')
  if (!hasMore || to === null) return hasMore ? `${found}, more below` : `${found}; everything was looked through`
  return isLooking ? `${found}; looked back to ${said(new Date(to))}, and further` : `${found}; looked back to ${said(new Date(to))}`
}
