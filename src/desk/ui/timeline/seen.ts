import { queries } from '#web'
import { useCallback, useEffect, useRef, useState } from 'react'
import { api, keys } from '../data.ts'
import { withRow, type Pages } from '../inbox/pages.ts'
import type { Case, Message } from '../wire.ts'

/** Messages in the order in which they joined the case: their ids are made in time order (UUIDv7). */
export const newestOf = (ids: Iterable<string>): string | null => {
  let newest: string | null = null
  for (const id of ids) if (newest === null || id > newest) newest = id
  return newest
}

/** The first message that the reader has not seen: that of others which joined after the last one seen. Null when all are seen, or none ever was. */
export function firstUnread(messages: readonly Message[], seenMessageId: string | null, me: string): string | null {
  if (seenMessageId === null) return null
  return messages.find(({ id, from }) => id > seenMessageId && from.id !== me)?.id ?? null
}

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
