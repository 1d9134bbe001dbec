import { Type } from 'typebox'
import { change, decodeCursor, Instant, Nullable, PageOf, pageOf, PageQuery, read, refuse as refuseGround, strict, Uuid } from '#platform'
import { CaseNumber } from '../../cases/views.ts'
import { digests, noticeKinds, ways } from './model.ts'
import { changeNoticeSettings, markOwnNotices, ownListener } from './service.ts'
import type { Listener } from './settings.ts'
import { countUnread, marks, noticesOf } from './store.ts'

const NoticeView = Type.Object({
  id: Uuid, kind: Type.Enum([...noticeKinds]), count: Type.Integer({ minimum: 1 }), firstAt: Instant, lastAt: Instant, readAt: Nullable(Instant), doneAt: Nullable(Instant),
  case: Nullable(Type.Object({ number: CaseNumber, subject: Type.String() })), actor: Type.Object({ kind: Type.String(), id: Nullable(Type.String()), name: Nullable(Type.String()) }),
  words: Nullable(Type.String()), data: Type.Record(Type.String(), Type.Unknown()),
})

const Minute = Type.Integer({ minimum: 0, maximum: 1_439 })
const Way = Type.Enum([...ways])
const settings = {
  digest: Type.Enum([...digests]), digestHour: Type.Integer({ minimum: 0, maximum: 23 }), quiet: Nullable(Type.Object({ from: Minute, to: Minute }, strict)),
  mailWhileHere: Type.Boolean(), mailWords: Type.Boolean(), watchOnNote: Type.Boolean(), watchOnMention: Type.Boolean(),
}
const each = <S extends typeof Way | ReturnType<typeof Type.Optional<typeof Way>>>(way: S) => ({
  assigned: way, handOver: way, mention: way, customerReplied: way, colleagueWrote: way, slaAtRisk: way, slaBreached: way, woke: way, undelivered: way, sideAnswered: way, sideOverdue: way, bulkDone: way,
})
const SettingsView = Type.Object({ ways: Type.Object(each(Way)), ...settings, timeZone: Type.String(), address: Type.String(), version: Type.Integer({ minimum: 1 }) })
const SettingsBody = Type.Object({
  ways: Type.Optional(Type.Object(each(Type.Optional(Way)), strict)), digest: Type.Optional(settings.digest), digestHour: Type.Optional(settings.digestHour), quiet: Type.Optional(settings.quiet),
  mailWhileHere: Type.Optional(settings.mailWhileHere), mailWords: Type.Optional(settings.mailWords), watchOnNote: Type.Optional(settings.watchOnNote), watchOnMention: Type.Optional(settings.watchOnMention),
}, { ...strict, minProperties: 1 })

const tags = ['notices']
const Ids = Type.Array(Uuid, { maxItems: 1_000 })

export const noticeRoutes = () => ({
  'GET /api/v1/notices': read({
    summary: 'What I am told of, the newest first', permission: 'notice.read', tags, query: Type.Object({ ...PageQuery, state: Type.Optional(Type.Enum(['unread', 'open', 'done'])) }, strict), answer: PageOf(NoticeView),
    handle: async ({ db, actor, query }) => {
      const limit = query.limit ?? 50
      const found = actor.kind === 'agent' ? await noticesOf(db, { agentId: actor.id, barred: actor.barred, state: query.state ?? 'open' }, placeFrom(query.cursor), limit + 1) : []
      return pageOf(found, limit, (notice) => [notice.lastAt.toISOString(), notice.id])
    },
  }),
  'GET /api/v1/notices/count': read({
    summary: 'How many of my notices are unread', permission: 'notice.read', tags, answer: Type.Object({ unread: Type.Integer({ minimum: 0 }) }),
    handle: async ({ db, actor }) => ({ unread: actor.kind === 'agent' ? await countUnread(db, actor.id, actor.barred) : 0 }),
  }),
  'POST /api/v1/notices/marks': change({
    summary: 'Mark my notices as read, unread, done or not done: these, those of a case, or all', permission: 'notice.change', tags, status: 200,
    body: Type.Object({ as: Type.Enum([...marks]), ids: Type.Optional(Ids), case: Type.Optional(CaseNumber) }, strict), answer: Type.Object({ ids: Type.Array(Uuid) }),
    handle: async ({ work, body }) => ({ ids: await markOwnNotices(work, body) }),
  }),
  'GET /api/v1/me/notice-settings': read({
    summary: 'What I am told of, and how', permission: 'notice.read', tags, answer: SettingsView,
    handle: async ({ db, actor, answer }) => {
      const listener = await ownListener({ tx: db, actor })
      answer.etag(listener.version + 1)
      return presentSettings(listener)
    },
  }),
  'PATCH /api/v1/me/notice-settings': change({
    summary: 'Choose what I am told of, and how', permission: 'notice.change', tags, body: SettingsBody, answer: SettingsView,
    handle: async ({ work, body, ifMatch, answer }) => {
      const { ways: chosen, ...rest } = body
      const before = await ownListener(work)
      const listener = await changeNoticeSettings(work, { ...rest, ...(chosen ? { ways: { ...before.settings.ways, ...chosen } } : {}) }, ifMatch)
      answer.etag(listener.version + 1)
      return presentSettings(listener)
    },
  }),
})

/** The first version is that of somebody who has chosen nothing. */
const presentSettings = ({ settings: chosen, zone, email, version }: Listener) => ({ ...chosen, timeZone: zone, address: email, version: version + 1 })

function placeFrom(cursor: string | undefined): { at: string; id: string } | null {
  if (!cursor) return null
  const [at, id] = decodeCursor(cursor, 2).map(String)
  if (Number.isNaN(Date.parse(at ?? '')) || !/^[0-9a-f-]{36}$/.test(id ?? '')) throw refuseGround('cursor.invalid')
  return { at: at ?? '', id: id ?? '' }
}
