import type { AudienceOf, Db } from '#platform'
import { isOutgoingFact, outgoingAudience, spaceOfCase } from './email/outgoing/index.ts'

/** Who hears of the room's facts, and which lists they touch. Mails that became part of a case are heard of through the desk's own facts; behind a wall, by nobody outside. */
export const channelsAudience = (db: Db): AudienceOf => {
  const outgoing = outgoingAudience(db)
  return async (fact) => {
    const subject = fact.subject ? [fact.subject] : []
    if (fact.kind.startsWith('mailbox.')) return { permission: 'mailbox.read', space: null, refs: ['mailboxes', ...subject] }
    // Mail to those who work here is between the program and them.
    if (fact.kind.startsWith('post.')) return { permission: 'outbox.read', space: null, refs: subject, only: [] }
    // Both ways know a mail.failed; what it is about tells them apart.
    if (!fact.subject?.startsWith('rawMail:') && isOutgoingFact(fact.kind)) return outgoing(fact)
    const space = fact.case === null ? null : await spaceOfCase(db, fact.case)
    if (heldKinds.has(fact.kind)) return { permission: 'quarantine.read', space, refs: ['quarantine', 'rawMails', ...subject] }
    return { permission: 'rawMail.read', space, refs: ['rawMails', ...subject] }
  }
}

const heldKinds = new Set(['mail.quarantined', 'mail.released', 'quarantine.discarded'])
