import type { ApiOf, Whereabouts } from '#platform'
import { actionRoutes } from './actions/routes.ts'
import { attachmentRoutes, type AttachmentParts } from './attachments/routes.ts'
import { handoverRoutes } from './attention/handover/routes.ts'
import { noticeRoutes } from './attention/notices/routes.ts'
import { watchingRoutes } from './attention/watching/routes.ts'
import { snoozeRoutes } from './attention/snooze/routes.ts'
import { bulkRoutes } from './bulk/routes.ts'
import { caseRoutes } from './cases/routes.ts'
import { draftRoutes } from './drafts/routes.ts'
import { listRoutes } from './lists/routes.ts'
import { macroRoutes } from './macros/routes.ts'
import { mergingRoutes } from './merging/routes.ts'
import { messageRoutes } from './messages/routes.ts'
import { problemRoutes } from './problems/routes.ts'
import { queryRoutes } from './query/routes.ts'
import { queueRoutes } from './queues/routes.ts'
import { searchRoutes } from './search/routes.ts'
import { replyRoutes } from './replies/routes.ts'
import type { ReplyOptions } from './replies/service.ts'
import { slaRoutes } from './sla/routes.ts'
import { routingRoutes, type RoutingParts } from './routing/routes.ts'
import { ruleRoutes } from './rules/routes.ts'
import { sideRoutes } from './sides/routes.ts'
import { viewRoutes, type ViewParts } from './views/routes.ts'

/** What the desk's routes need: who takes mail out, where files lie, who is in which case. */
export interface DeskParts extends ReplyOptions, AttachmentParts, RoutingParts, ViewParts {
  whereabouts: Whereabouts
}

export const deskRoutes = (parts: DeskParts) => ({
  ...caseRoutes(parts), ...actionRoutes(parts), ...macroRoutes(), ...bulkRoutes(), ...messageRoutes(parts), ...mergingRoutes(), ...problemRoutes(), ...sideRoutes(parts), ...replyRoutes(parts), ...draftRoutes(), ...attachmentRoutes(parts), ...listRoutes(), ...searchRoutes(), ...queryRoutes(), ...queueRoutes(), ...viewRoutes(parts), ...ruleRoutes(), ...slaRoutes(), ...routingRoutes(parts), ...snoozeRoutes(), ...watchingRoutes(), ...noticeRoutes(), ...handoverRoutes(),
})
/** What the browser's client knows of the desk. */
export type DeskApi = ApiOf<typeof deskRoutes>
