import { Type } from 'typebox'
import { change, Nothing, read } from '#platform'
import { requireCase } from '../cases/present.ts'
import { CaseNumber, NumberParam } from '../cases/views.ts'
import { refuse } from '../refusals.ts'
import { discardDraft, saveDraft } from './service.ts'
import { draftsOfCase, findDraft } from './store.ts'
import { DraftBody, DraftView, presentDraft } from './views.ts'

const DraftParams = Type.Object({ number: CaseNumber, visibility: Type.Enum(['public', 'note']) })

export const draftRoutes = () => ({
  'GET /api/v1/cases/:number/drafts': read({
    summary: 'What anybody is writing in a case', permission: 'case.read', params: NumberParam, answer: Type.Object({ items: Type.Array(DraftView) }),
    handle: async ({ db, actor, params }) => {
      const found = await requireCase(db, actor, params.number)
      return { items: (await draftsOfCase(db, found.id)).map(presentDraft) }
    },
  }),
  'GET /api/v1/cases/:number/drafts/:visibility': read({
    summary: 'My own draft in a case', permission: 'draft.write', params: DraftParams, answer: DraftView,
    handle: async ({ db, actor, params, answer }) => {
      const found = await requireCase(db, actor, params.number)
      const draft = actor.kind === 'agent' ? await findDraft(db, found.id, actor.id, params.visibility) : null
      if (!draft) throw refuse('draft.notFound')
      answer.etag(draft.version)
      return presentDraft(draft)
    },
  }),
  'PUT /api/v1/cases/:number/drafts/:visibility': change({
    summary: 'Save what I am writing; with If-Match only over that version', permission: 'draft.write', params: DraftParams, body: DraftBody, answer: DraftView,
    handle: async ({ work, params, body, ifMatch, answer }) => {
      const draft = await saveDraft(work, params.number, {
        visibility: params.visibility, body: body.body, cc: body.cc ?? null, seenMessageId: body.seenMessageId ?? null, attachments: body.attachments ?? null,
      }, ifMatch)
      answer.etag(draft.version)
      return presentDraft(draft)
    },
  }),
  'DELETE /api/v1/cases/:number/drafts/:visibility': change({
    summary: 'Throw my draft away', permission: 'draft.write', params: DraftParams, answer: Nothing,
    handle: async ({ work, params }) => { await discardDraft(work, params.number, params.visibility); return {} },
  }),
})
