import { Type } from 'typebox'
import { change, Nullable, strict, Uuid } from '#platform'
import { performActions } from '../actions/service.ts'
import { CaseActionsBody } from '../actions/views.ts'
import { presentMessages, showChanged } from '../cases/present.ts'
import { CaseNumber, CaseView, MessageParams, MessageView, NumberParam, ReplyBody as PlainReply, StatusWord } from '../cases/views.ts'
import { DraftView, presentDraft } from '../drafts/views.ts'
import { findDraft } from '../drafts/store.ts'
import { findMessage } from '../messages/store.ts'
import { noteUses } from '../macros/service.ts'
import { refuse } from '../refusals.ts'
import { recaller } from './recall.ts'
import { replier, type ReplyOptions } from './service.ts'

/** Besides the reply, what a macro does to the case, in the same unit of work; and which snippets and macros are in it, so that their use is counted. */
const ReplyBody = Type.Object({ ...PlainReply.properties, actions: Type.Optional(CaseActionsBody), macros: Type.Optional(Type.Array(Uuid, { maxItems: 20 })) }, strict)
const ReplyView = Type.Object({ ...MessageView.properties, case: Type.Object({ number: CaseNumber, status: StatusWord, version: Type.Integer() }) })
const RecallView = Type.Object({ case: CaseView, draft: Nullable(DraftView) })

export const replyRoutes = (options: ReplyOptions) => {
  const [reply, recall] = [replier(options), recaller(options.delivery)]
  return {
    'POST /api/v1/cases/:number/replies': change({
      summary: 'Answer the customer, or write a note for colleagues', permission: 'case.reply', params: NumberParam, body: ReplyBody, answer: ReplyView,
      handle: async ({ work, params, body, ifMatch, answer }) => {
        const { actions, macros, ...given } = body
        if (actions) await performActions(work, params.number, actions, { reply, versionSeen: ifMatch })
        const { found, messageId } = await reply(work, params.number, given, actions ? null : ifMatch)
        if (macros) await noteUses(work, params.number, macros, { message: messageId })
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
