/** The door of the channels: mail in, its mailboxes and its quarantine, and mail out; the wire on one side, the desk's verbs on the other. */
import type { JobTable, Repeating } from '#platform'
import { intakeRepeating } from './email/intake/jobs.ts'
import type { Email } from './email/open.ts'
import { outgoingRepeating, type Outgoing } from './email/outgoing/index.ts'
import { postRepeating } from './email/post/jobs.ts'
import { incomingRoutes } from './email/routes.ts'

export { channelsAudience } from './audience.ts'
export type { Destinations, Incoming, NotedBounce } from './email/intake/settle.ts'
export { openEmail, type Email, type EmailOptions } from './email/open.ts'
export { openOutgoing, type Outgoing, type OutgoingOptions, type SettleDelivery } from './email/outgoing/index.ts'
export { channelsPolicy } from './policy.ts'

export const channelsRoutes = (email: Email, outgoing: Pick<Outgoing, 'routes'>) => ({ ...incomingRoutes(email), ...outgoing.routes })

export const channelsJobs = (email: Pick<Email, 'jobs'>, outgoing: Pick<Outgoing, 'jobs'>): JobTable => ({ ...email.jobs, ...outgoing.jobs })
export const channelsRepeating: readonly Repeating[] = [...intakeRepeating, ...outgoingRepeating, ...postRepeating]
