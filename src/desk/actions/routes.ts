import { Type } from 'typebox'
import { change, Instant, Nullable, read, strict, Uuid } from '#platform'
import { requireCase, showChanged } from '../cases/present.ts'
import { CaseView, NumberParam } from '../cases/views.ts'
import { noteUses } from '../macros/service.ts'
import { refuse } from '../refusals.ts'
import { replier, type ReplyOptions } from '../replies/service.ts'
import { factsFor } from '../snippets/facts.ts'
import { performActions } from './service.ts'
import { CaseActionsBody } from './views.ts'

const ActionsBody = Type.Object({
  actions: CaseActionsBody,
  /** The macro that it is, so that its use is counted. */
  macro: Type.Optional(Uuid),
  /** The newest message that was read: with a newer one, no reply leaves. */
  seenMessageId: Type.Optional(Nullable(Uuid)),
}, strict)
const TextFactsView = Type.Object({ values: Type.Record(Type.String(), Nullable(Type.String())), now: Instant, zone: Type.String(), language: Type.String() })

export const actionRoutes = (options: ReplyOptions) => {
  const reply = replier(options)
  return {
    'POST /api/v1/cases/:number/actions': change({
      summary: 'Do a list of actions to a case in one go, such as those of a macro', permission: 'case.change', tags: ['macros'], params: NumberParam, body: ActionsBody,
      answer: Type.Object({ case: CaseView, replies: Type.Array(Uuid), notes: Type.Array(Uuid) }),
      handle: async (call) => {
        const { work, params, body, ifMatch } = call
        const acted = await performActions(work, params.number, body.actions, { reply, versionSeen: ifMatch, ...(body.seenMessageId === undefined ? {} : { seenMessageId: body.seenMessageId }) })
        if (body.macro) await noteUses(work, params.number, [body.macro], { applied: true })
        return { case: await showChanged(call, acted.found), replies: acted.replies, notes: acted.notes }
      },
    }),
    'GET /api/v1/cases/:number/text-facts': read({
      summary: 'What the variables of a text stand for in a case, for me', permission: 'case.read', tags: ['macros'], params: NumberParam, answer: TextFactsView,
      handle: async ({ db, actor, params }) => {
        const found = await requireCase(db, actor, params.number)
        const facts = await factsFor(db, found.number, actor)
        if (!facts) throw refuse('case.notFound', { number: params.number })
        return { ...facts, values: { ...facts.values } }
      },
    }),
  }
}
