import { Type } from 'typebox'
import { decodeCursor, Instant, Nullable, PageOf, pageOf, PageQuery, read, refuse as refuseAnything, strict, Uuid } from '#platform'
import { CaseNumber } from '../cases/views.ts'
import { draftsOfAgent } from '../drafts/store.ts'
import { DraftView, presentDraft } from '../drafts/views.ts'
import { countLists, mentionsOf, tagsInUse, troubledReplies } from './overview.ts'

const Count = Type.Integer({ minimum: 0 })
const CountsView = Type.Object({
  mine: Count, team: Count, unassigned: Count, drafts: Count, mentions: Count, spam: Count, trash: Count, suggestions: Count, troubled: Count, queues: Type.Record(Uuid, Count),
})
const MentionView = Type.Object({
  messageId: Uuid, caseNumber: CaseNumber, subject: Type.String(), by: Type.String(), text: Type.String(), at: Instant, seenAt: Nullable(Instant),
})
const TroubledView = Type.Object({
  messageId: Uuid, caseNumber: CaseNumber, subject: Type.String(), delivery: Type.Enum(['uncertain', 'failed', 'bounced']), at: Instant, to: Type.Array(Type.String()),
})
const TagView = Type.Object({ tag: Type.String(), cases: Count })
const Page = Type.Object(PageQuery, strict)

const placeFrom = (cursor: string | undefined): { at: string; id: string } | null => {
  if (!cursor) return null
  const [at, id] = decodeCursor(cursor, 2).map(String)
  if (Number.isNaN(Date.parse(at ?? '')) || !/^[0-9a-f-]{36}$/.test(id ?? '')) throw refuseAnything('cursor.invalid')
  return { at: at ?? '', id: id ?? '' }
}

export const listRoutes = () => ({
  'GET /api/v1/counts': read({
    summary: 'How many cases wait in the lists that I see', permission: 'case.read', tags: ['lists'], answer: CountsView,
    handle: ({ db, actor }) => countLists(db, { agentId: actor.kind === 'agent' ? actor.id : null, teamId: actor.teamId, barred: actor.barred }),
  }),
  'GET /api/v1/drafts': read({
    summary: 'My drafts, newest first', permission: 'draft.write', tags: ['lists'], query: Page, answer: PageOf(DraftView),
    handle: async ({ db, actor, query }) => {
      const limit = query.limit ?? 50
      const drafts = actor.kind === 'agent' ? await draftsOfAgent(db, actor.id, actor.barred, placeFrom(query.cursor), limit + 1) : []
      const { items, nextCursor } = pageOf(drafts, limit, (draft) => [draft.updatedAt.toISOString(), draft.id])
      return { items: items.map(presentDraft), nextCursor }
    },
  }),
  'GET /api/v1/mentions': read({
    summary: 'Notes that ask me to look, newest first', permission: 'case.read', tags: ['lists'], query: Page, answer: PageOf(MentionView),
    handle: async ({ db, actor, query }) => {
      const limit = query.limit ?? 50
      const mentions = actor.kind === 'agent' ? await mentionsOf(db, actor.id, actor.barred, placeFrom(query.cursor), limit + 1) : []
      return pageOf(mentions, limit, (mention) => [mention.at.toISOString(), mention.messageId])
    },
  }),
  'GET /api/v1/troubled-replies': read({
    summary: 'Replies whose mail did not surely arrive, newest first', permission: 'case.read', tags: ['lists'], query: Page, answer: PageOf(TroubledView),
    handle: async ({ db, actor, query }) => {
      const limit = query.limit ?? 50
      return pageOf(await troubledReplies(db, actor.barred, placeFrom(query.cursor), limit + 1), limit, (mail) => [mail.at.toISOString(), mail.messageId])
    },
  }),
  'GET /api/v1/tags': read({
    summary: 'Tags in use that begin so, the most used first', permission: 'case.read', tags: ['lists'],
    query: Type.Object({ q: Type.Optional(Type.String({ maxLength: 60 })) }, strict), answer: Type.Object({ items: Type.Array(TagView) }),
    handle: async ({ db, actor, query }) => ({ items: await tagsInUse(db, query.q ?? '', actor.barred) }),
  }),
})
