import type { AudienceOf } from '#platform'

/** Who hears of the room's facts, and which lists they touch. Mails that became part of a case are heard of through the desk's own facts. */
export const channelsAudience: AudienceOf = async (fact) => {
  const subject = fact.subject ? [fact.subject] : []
  if (fact.kind.startsWith('mailbox.')) return { permission: 'mailbox.read', space: null, refs: ['mailboxes', ...subject] }
  if (['mail.quarantined', 'mail.released', 'quarantine.discarded'].includes(fact.kind)) return { permission: 'quarantine.read', space: null, refs: ['quarantine', 'rawMails', ...subject] }
  return { permission: 'rawMail.read', space: null, refs: ['rawMails', ...subject] }
}
