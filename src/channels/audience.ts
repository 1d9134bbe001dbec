import type { AudienceOf, Db } from '#platform'
import { isOutgoingFact, outgoingAudience } from './email/outgoing/index.ts'

/** Who hears of the room's facts, and which lists they touch. Mails that became part of a case are heard of through the desk's own facts. */
export const channelsAudience = (db: Db): AudienceOf => {
  const outgoing = outgoingAudience(db)
  return async (fact) => {
    const subject = fact.subject ? [fact.subject] : []
    if (fact.kind.startsWith('mailbox.')) return { permission: 'mailbox.read', space: null, refs: ['mailboxes', ...subject] }
    // Both ways know a mail.failed; what it is about tells them apart.
    if (!fact.subject?.startsWith('rawMail:') && isOutgoingFact(fact.kind)) return outgoing(fact)
    if (heldKinds.has(fact.kind)) return { permission: 'quarantine.read', space: null, refs: ['quarantine', 'rawMails', ...subject] }
    return { permission: 'rawMail.read', space: null, refs: ['rawMails', ...subject] }
  }
}

const heldKinds = new Set(['mail.quarantined', 'mail.released', 'quarantine.discarded'])
