import type { Message } from '../wire.ts'

/** The first message that the reader has not seen: that of others which joined after the last one seen (ids are made in time order, UUIDv7). Null when all are seen, or none ever was. */
export function firstUnread(messages: readonly Message[], seenMessageId: string | null, me: string): string | null {
  if (seenMessageId === null) return null
  return messages.find(({ id, from }) => id > seenMessageId && from.id !== me)?.id ?? null
}
