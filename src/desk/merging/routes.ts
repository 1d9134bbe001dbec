import { Type } from 'typebox'
import { change, read, strict } from '#platform'
import { showChanged } from '../cases/present.ts'
import { CaseNumber, CaseView, NumberParam } from '../cases/views.ts'
import { previewMerge, suggestMerges } from './preview.ts'
import { mergeCases } from './service.ts'
import { splitCase, unsplitCase } from './split.ts'
import { unmergeCase } from './unmerge.ts'
import { MergeBody, MergePreview, MergeSuggestion, SplitBody } from './views.ts'

export const mergingRoutes = () => ({
  'GET /api/v1/cases/:number/merge-suggestions': read({
    summary: 'Other cases at hand of the same customer, the most alike first', permission: 'case.read', params: NumberParam, answer: Type.Object({ items: Type.Array(MergeSuggestion) }),
    handle: async ({ db, actor, params }) => ({ items: await suggestMerges(db, actor, params.number) }),
  }),
  'GET /api/v1/cases/:number/merges/preview': read({
    summary: 'What merging another case into this one would do', permission: 'case.merge', params: NumberParam, query: Type.Object({ from: CaseNumber }, strict), answer: MergePreview,
    handle: ({ db, actor, params, query }) => previewMerge(db, actor, params.number, query.from),
  }),
  'POST /api/v1/cases/:number/merges': change({
    summary: 'Merge another case into this one; If-Match says which version of this one was seen', permission: 'case.merge', params: NumberParam, body: MergeBody, answer: CaseView,
    handle: async (call) => {
      const { from, fromVersion, copyPeople } = call.body
      return showChanged(call, await mergeCases(call.work, call.params.number, from, { copyPeople }, { kept: call.ifMatch, other: fromVersion ?? null }))
    },
  }),
  'DELETE /api/v1/cases/:number/merge': change({
    summary: 'Take a merged case out again; the answer is that case as it was, with what came to it meanwhile', permission: 'case.merge', params: NumberParam, answer: CaseView,
    handle: async (call) => showChanged(call, await unmergeCase(call.work, call.params.number, { kept: null, other: call.ifMatch })),
  }),
  'POST /api/v1/cases/:number/splits': change({
    summary: 'Take messages into a case of their own; the answer is that case', permission: 'case.merge', params: NumberParam, body: SplitBody, answer: CaseView,
    handle: async (call) => showChanged(call, await splitCase(call.work, call.params.number, call.body, call.ifMatch)),
  }),
  'DELETE /api/v1/cases/:number/split': change({
    summary: 'Put what was split into this case back where it came from; the answer is that case', permission: 'case.merge', params: NumberParam, answer: CaseView,
    handle: async (call) => showChanged(call, await unsplitCase(call.work, call.params.number)),
  }),
})
