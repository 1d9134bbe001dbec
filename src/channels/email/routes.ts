import { intakeRoutes } from './intake/routes.ts'
import { mailboxRoutes } from './mailboxes/routes.ts'
import type { Email } from './open.ts'
import { quarantineRoutes } from './quarantine/routes.ts'

/** The routes of the ways in: mails as they came, mailboxes, the quarantine. */
export const incomingRoutes = (email: Email) => ({
  ...intakeRoutes(email),
  ...mailboxRoutes({ mailboxes: email.mailboxes, secrets: email.secrets, smtpUrl: email.smtpUrl, changed: () => email.mailboxesChanged() }),
  ...quarantineRoutes(),
})
