import { queries } from '#web'
import { useCallback, useEffect, useRef, useState } from 'react'
import { api, keys } from '../data.ts'
import { withRow, type Pages } from '../inbox/pages.ts'
import type { Case, Message } from '../wire.ts'

/** Keeps track of which messages were in sight; tells the server, so that lists and colleagues' screens know. */
export function useSeen(number: number, messages: readonly Message[] | undefined, enabled: boolean) {
  const [seenId, setSeenId] = useState<string | null>(null)
  const told = useRef<string | null>(null)
  const note = useCallback((id: string) => setSeenId((before) => (before === null || id > before ? id : before)), [])
  useEffect(() => {
    if (!enabled || seenId === null || told.current === seenId || !messages) return
    const timer = setTimeout(() => {
      told.current = seenId
      api('PUT /api/v1/cases/:number/seen', { params: { number }, body: { messageId: seenId } }).then(() => markRead(number, seenId), () => { told.current = null })
    }, SETTLES_MS)
    return () => clearTimeout(timer)
  }, [number, seenId, messages, enabled])
  return { seenId, note }
}

const SETTLES_MS = 250

/** No fact is told of a glance, so the lists of this window are brought up to date here. */
function markRead(number: number, seenId: string) {
  queries.setQueriesData<Pages>({ queryKey: ['cases', 'list'] }, (before) => before && (withRow(before, number, (row) => ({ ...row, unread: false })) ?? before))
  queries.setQueryData<Case>(keys.case(number), (before) => before && { ...before, unread: false, seenMessageId: seenId })
}
