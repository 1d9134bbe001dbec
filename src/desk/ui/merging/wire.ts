import type { DeskApi } from '../../routes.ts'

/** What hangs together with a case, as it arrives in the browser. */

export type MergePreview = DeskApi['GET /api/v1/cases/:number/merges/preview']['answer']
export type MergeSuggestion = DeskApi['GET /api/v1/cases/:number/merge-suggestions']['answer']['items'][number]
export type Incident = DeskApi['GET /api/v1/cases/:number/incidents']['answer']['items'][number]
export type ProblemUpdate = DeskApi['GET /api/v1/cases/:number/updates']['answer']['items'][number]
export type Side = DeskApi['GET /api/v1/cases/:number/sides']['answer']['items'][number]
export type SideMessage = Side['messages'][number]
export type SideRow = DeskApi['GET /api/v1/sides']['answer']['items'][number]
export type Partner = DeskApi['GET /api/v1/partners']['answer']['items'][number]
