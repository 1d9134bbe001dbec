import { expect, test } from 'vitest'
import { authorisation, platformPolicy, type Db, type LoggedFact } from '#platform'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { channelsAudience } from './audience.ts'
import { channelsPolicy } from './policy.ts'

// No fact here belongs to a case, so nothing is asked of the database.
const db: Db = new Kysely({ dialect: new PostgresDialect({ pool: new pg.Pool() }) })
const fact = (kind: string, subject: string | null): LoggedFact => ({ id: '1', at: new Date(), room: 'channels', kind, case: null, subject, actor: { kind: 'system', id: 'email' }, data: {} })

test.each([
  ['mail.accepted', 'rawMail:1', 'rawMail.read', 'rawMails'],
  ['mail.failed', 'rawMail:1', 'rawMail.read', 'rawMails'],
  ['mail.failed', 'outgoingMail:1', 'outbox.read', 'outgoing-mails'],
  ['mail.quarantined', 'rawMail:1', 'quarantine.read', 'quarantine'],
  ['mail.released', null, 'quarantine.read', 'quarantine'],
  ['mailbox.changed', 'mailbox:1', 'mailbox.read', 'mailboxes'],
])('%s of %s is for %s', async (kind, subject, permission, ref) => {
  const audience = await channelsAudience(db)(fact(kind, subject))
  expect(audience.permission).toBe(permission)
  expect(audience.refs).toContain(ref)
  expect(authorisation(platformPolicy, channelsPolicy)({ kind: 'token', id: 'x', name: '', roles: ['admin'], teamId: null, barred: [] }, permission)).toBe(true)
})
