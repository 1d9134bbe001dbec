import { Type } from 'typebox'
import { change, Nothing, raw, refuse as refuseAnything, Uuid, type Files, type Perform } from '#platform'
import { requireCase } from '../cases/present.ts'
import { MessageParams, NumberParam } from '../cases/views.ts'
import { refuseBarred } from '../policy.ts'
import { refuse } from '../refusals.ts'
import { sendDownload } from './serve.ts'
import { discardUpload, keepUpload } from './service.ts'
import { findAttachment } from './store.ts'
import { storeUpload, type StoredUpload } from './upload.ts'

export interface AttachmentParts {
  files: Files
  perform: Perform
  /** The largest file that is taken, in bytes. */
  attachmentBytesMax: number
}

export const attachmentRoutes = ({ files, perform, attachmentBytesMax }: AttachmentParts) => ({
  'POST /api/v1/cases/:number/attachments': raw({
    summary: 'Upload files (multipart/form-data) for a reply or note', permission: 'case.reply', params: NumberParam, produces: 'application/json', bodyLimit: 11 * attachmentBytesMax,
    handle: async ({ db, actor, params, request, reply }) => {
      await requireCase(db, actor, params.number)
      if (!request.isMultipart()) throw refuseAnything('request.unsupportedType')
      const stored: StoredUpload[] = []
      for await (const part of request.files({ limits: { fileSize: attachmentBytesMax + 1 } })) stored.push(await storeUpload(files, part.file, part.filename, attachmentBytesMax))
      if (stored.length === 0) throw refuse('attachment.none')
      const items = await perform(actor, async (work) => keepUpload(work, params.number, stored))
      return reply.code(201).header('cache-control', 'no-store').send({ items })
    },
  }),
  'DELETE /api/v1/cases/:number/attachments/:id': change({
    summary: 'Throw away a file that I uploaded and no message has taken', permission: 'case.reply', params: MessageParams, answer: Nothing,
    handle: async ({ work, params }) => { await discardUpload(work, params.number, params.id); return {} },
  }),
  'GET /api/v1/attachments/:id/content': raw({
    summary: 'A file, always to be saved and never to be shown by the browser', permission: 'case.read', params: Type.Object({ id: Uuid }),
    handle: async ({ db, actor, params, reply }) => {
      const found = await findAttachment(db, params.id)
      if (!found) throw refuse('attachment.notFound')
      if (found.queueId) refuseBarred(actor, { queueId: found.queueId, number: found.caseNumber }, 'attachment.notFound')
      return sendDownload(reply, files, found)
    },
  }),
})
