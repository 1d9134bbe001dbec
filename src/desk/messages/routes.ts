import { Type } from 'typebox'
import { change, Cursor, decodeCursor, pageOf, PageOf, raw, read, refuse as refuseAnything, strict, Uuid, type Actor, type Db, type Files } from '#platform'
import { inlinePictures } from '../attachments/pictures.ts'
import { findInlinePart } from '../attachments/store.ts'
import { isSafeImage, sendInline } from '../attachments/serve.ts'
import { presentMessages, requireCase, showChanged } from '../cases/present.ts'
import { CaseNumber, CaseView, MessageParams, MessageView, NumberParam } from '../cases/views.ts'
import { refuse } from '../refusals.ts'
import { acceptSuggestion, declineSuggestion, detachMessage } from './decide.ts'
import { documentHeaders, documentOf, picturesIn } from './document.ts'
import { findMessage, messagesOf, type MessageRow } from './store.ts'

const MESSAGES_MAX = 200
const MessagesQuery = Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MESSAGES_MAX })), cursor: Type.Optional(Cursor) }, strict)

/** A message of a case that the reader may see. */
async function requireMessage(db: Db, actor: Actor, params: { number: number; id: string }): Promise<MessageRow> {
  const found = await requireCase(db, actor, params.number)
  const message = await findMessage(db, params.id)
  if (!message || message.caseId !== found.id) throw refuse('message.notFound')
  return message
}

function placeFrom(cursor: string): { at: Date; id: string } {
  const [at, id] = decodeCursor(cursor, 2).map(String)
  const instant = new Date(at ?? '')
  if (Number.isNaN(instant.getTime()) || !/^[0-9a-f-]{36}$/.test(id ?? '')) throw refuseAnything('cursor.invalid')
  return { at: instant, id: id ?? '' }
}

export const messageRoutes = ({ files }: { files: Files }) => ({
  'GET /api/v1/cases/:number/messages': read({
    summary: 'The messages of a case, oldest first', permission: 'case.read', params: NumberParam, query: MessagesQuery, answer: PageOf(MessageView),
    handle: async ({ db, actor, params, query }) => {
      const found = await requireCase(db, actor, params.number)
      const limit = query.limit ?? MESSAGES_MAX
      const { items, nextCursor } = pageOf(await messagesOf(db, found.id, query.cursor ? placeFrom(query.cursor) : null, limit + 1), limit, (row) => [row.at.toISOString(), row.id])
      return { items: await presentMessages(db, found.number, items), nextCursor }
    },
  }),
  'GET /api/v1/cases/:number/messages/:id/html': raw({
    summary: 'The mail as it was formatted: a cleaned document for a sandboxed frame; remote images only when asked for', permission: 'case.read', params: MessageParams,
    query: Type.Object({ images: Type.Optional(Type.Enum(['0', '1'])) }, strict), produces: 'text/html',
    handle: async ({ db, actor, params, query, reply }) => {
      const message = await requireMessage(db, actor, params)
      if (message.html === null) throw refuse('message.notFound')
      const images = query.images === '1' ? 'shown' : 'blocked'
      const pictures = await inlinePictures(db, files, message.id, picturesIn(message.html))
      return reply.headers(documentHeaders(images)).type('text/html; charset=utf-8').send(documentOf(message.html, images, pictures))
    },
  }),
  'GET /api/v1/cases/:number/messages/:id/inline/:contentId': raw({
    summary: 'An image that a mail shows inside its text', permission: 'case.read', params: Type.Object({ number: CaseNumber, id: Uuid, contentId: Type.String({ minLength: 1, maxLength: 500 }) }),
    handle: async ({ db, actor, params, reply }) => {
      const message = await requireMessage(db, actor, params)
      const part = await findInlinePart(db, message.id, params.contentId)
      if (!part || !isSafeImage(part.type)) throw refuse('attachment.notFound')
      return sendInline(reply, files, part)
    },
  }),
  'POST /api/v1/cases/:number/messages/:id/acceptances': change({
    summary: 'Let a suggested message join the case, its sender in copy', permission: 'case.change', params: MessageParams, answer: CaseView,
    handle: async (call) => showChanged(call, await acceptSuggestion(call.work, call.params.number, call.params.id)),
  }),
  'POST /api/v1/cases/:number/messages/:id/declines': change({
    summary: 'Make a suggested message a case of its own; the answer is that case', permission: 'case.change', params: MessageParams, answer: CaseView,
    handle: async (call) => showChanged(call, await declineSuggestion(call.work, call.params.number, call.params.id)),
  }),
  'POST /api/v1/cases/:number/messages/:id/detachments': change({
    summary: 'Take a message that joined wrongly into a case of its own; the answer is that case', permission: 'case.change', params: MessageParams, answer: CaseView,
    handle: async (call) => showChanged(call, await detachMessage(call.work, call.params.number, call.params.id)),
  }),
})
