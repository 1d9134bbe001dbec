import type { Work } from '#platform'
import { findCaseById } from '../cases/store.ts'
import { tellCase } from '../cases/tell.ts'
import type { DeliveryOutcome } from '../ports.ts'
import { setSideDelivery } from './messages.ts'
import { findSide } from './store.ts'

const factOf = { sent: 'side.delivered', uncertain: 'side.uncertain', failed: 'side.failed', bounced: 'side.bounced' } as const

/** What became of a side message on the wire. Told twice, it is noted once. */
export async function settleSide(work: Work, given: { messageId: string; outcome: DeliveryOutcome; detail?: Record<string, unknown> }): Promise<void> {
  const sideId = await setSideDelivery(work.tx, given.messageId, given.outcome)
  const side = sideId ? await findSide(work.tx, sideId) : null
  const found = side ? await findCaseById(work.tx, side.caseId) : null
  if (side && found) tellCase(work, found, factOf[given.outcome], { side: side.id, message: given.messageId, ...given.detail })
}
