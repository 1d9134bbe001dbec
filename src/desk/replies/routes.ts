import { Type } from 'typebox'
import { change, Nullable } from '#platform'
import { presentMessages, showChanged } from '../cases/present.ts'
import { CaseNumber, CaseView, MessageParams, MessageView, NumberParam, ReplyBody, StatusWord } from '../cases/views.ts'
import { DraftView, presentDraft } from '../drafts/views.ts'
import { findDraft } from '../drafts/store.ts'
import { findMessage } from '../messages/store.ts'
import { refuse } from '../refusals.ts'
import { recaller } from './recall.ts'
import { replier, type ReplyOptions } from './service.ts'

const ReplyView = Type.Object({ ...MessageView.properties, case: Type.Object({ number: CaseNumber, status: StatusWord, version: Type.Integer() }) })
const RecallView = Type.Object({ case: CaseView, draft: Nullable(DraftView) })

export const replyRoutes = (options: ReplyOptions) => {
  const [reply, recall] = [replier(options), recaller(options.delivery)]
  return {
    'POST /api/v1/cases/:number/replies': change({
      summary: 'Answer the customer, or write a note for colleagues', permission: 'case.reply', params: NumberParam, body: ReplyBody, answer: ReplyView,
      handle: async ({ work, params, body, ifMatch, answer }) => {
        const { found, messageId } = await reply(work, params.number, body, ifMatch)
        answer.etag(found.version)
        const message = await findMessage(work.tx, messageId)
        const [view] = await presentMessages(work.tx, found.number, message ? [message] : [])
        if (!view) throw refuse('message.notFound')
        return { ...view, case: { number: found.number, status: found.status, version: found.version } }
      },
    }),
    'DELETE /api/v1/cases/:number/replies/:id': change({
      summary: 'Take a reply back while it has not left; its text is a draft again', permission: 'case.reply', params: MessageParams, answer: RecallView,
      handle: async (call) => {
        const { work, actor, params } = call
        const found = await recall(work, params.number, params.id)
        const draft = actor.kind === 'agent' ? await findDraft(work.tx, found.id, actor.id, 'public') : null
        return { case: await showChanged(call, found), draft: draft ? presentDraft(draft) : null }
      },
    }),
  }
}
