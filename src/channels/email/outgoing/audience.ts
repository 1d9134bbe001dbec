import type { AudienceOf, Db } from '#platform'
import { spaceOfCase } from './store.ts'

const KINDS = /^(?:mail\.(?:sent|uncertain|failed|recalled|bounced|retried)|address\.(?:held|released))$/

/** Whether a fact is one of an outgoing mail, for the room's own audience to hand it on. */
export const isOutgoingFact = (kind: string): boolean => KINDS.test(kind)

/** Who hears of outgoing mails: those who may see the outbox and the case's queue. */
export const outgoingAudience = (db: Db): AudienceOf => async (fact) => ({
  permission: 'outbox.read',
  space: fact.case === null || fact.case === undefined ? null : await spaceOfCase(db, fact.case),
  refs: [...(fact.case ? [`case:${fact.case}`] : []), ...(fact.subject ? [fact.subject] : []), fact.kind.startsWith('address.') ? 'address-holds' : 'outgoing-mails'],
})
