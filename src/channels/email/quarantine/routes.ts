import { Type } from 'typebox'
import { change, decodeCursor, encodeCursor, Instant, Nullable, PageOf, PageQuery, read, strict } from '#platform'
import { discardSender, releaseSender } from './service.ts'
import { listHeld } from './store.ts'

const HeldView = Type.Object({ sender: Type.String(), reason: Type.String(), trippedAt: Instant, mails: Type.Integer(), lastAt: Nullable(Instant) })
const Sender = Type.Object({ sender: Type.String({ maxLength: 320 }) })
const Moved = Type.Object({ mails: Type.Integer() })

export const quarantineRoutes = () => ({
  'GET /api/v1/quarantine': read({
    summary: 'Senders whose mail waits because they wrote faster than people do', permission: 'quarantine.read', tags: ['mail'],
    query: Type.Object(PageQuery, strict), answer: PageOf(HeldView),
    handle: async ({ db, query, actor }) => {
      const limit = query.limit ?? 50
      const before = query.cursor ? new Date(String(decodeCursor(query.cursor, 1)[0])) : null
      const held = await listHeld(db, actor.barred, limit + 1, before)
      const last = held.length > limit ? held[limit - 1] : undefined
      return { items: held.slice(0, limit), nextCursor: last ? encodeCursor([last.trippedAt.toISOString()]) : null }
    },
  }),
  'POST /api/v1/quarantine/:sender/releases': change({
    summary: 'Take in what waits of a sender, and let the sender write again', permission: 'quarantine.release', tags: ['mail'], params: Sender, answer: Moved,
    handle: ({ work, params }) => releaseSender(work, params.sender.toLowerCase()),
  }),
  'POST /api/v1/quarantine/:sender/discards': change({
    summary: 'Put aside what waits of a sender', permission: 'quarantine.release', tags: ['mail'], params: Sender, answer: Moved,
    handle: ({ work, params }) => discardSender(work, params.sender.toLowerCase()),
  }),
})
