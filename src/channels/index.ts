/** The door of the channels: mail in (email/intake), its mailboxes and its quarantine; what is on the wire on one side, the desk's verbs on the other. */
import type { ApiOf, JobTable } from '#platform'
import { intakeRoutes } from './email/intake/routes.ts'
import { mailboxRoutes } from './email/mailboxes/routes.ts'
import type { Email } from './email/open.ts'
import { quarantineRoutes } from './email/quarantine/routes.ts'

export { channelsAudience } from './audience.ts'
export { breakerLimits, type BreakerLimits } from './email/intake/model.ts'
export type { Destinations, Incoming, NotedBounce } from './email/intake/settle.ts'
export { createMailbox, type MailboxCommand } from './email/mailboxes/service.ts'
export { emailRepeating as channelsRepeating, openEmail, type Email, type EmailOptions } from './email/open.ts'
export { channelsPolicy } from './policy.ts'

export const channelsRoutes = (email: Email) => ({
  ...intakeRoutes(email),
  ...mailboxRoutes({ mailboxes: email.mailboxes, secrets: email.secrets, smtpUrl: email.smtpUrl, changed: () => email.mailboxesChanged() }),
  ...quarantineRoutes(),
})
export type ChannelsApi = ApiOf<typeof channelsRoutes>

export const channelsJobs = (email: Email): JobTable => email.jobs
