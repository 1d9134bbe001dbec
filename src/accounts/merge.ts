import { newId, type Work } from '#platform'
import { decideMerge, decideUndo, type Customer, type Merge } from './model.ts'
import { refuse } from './refusals.ts'
import { endMerge, insertMerge, lockCustomers, lockMerge, moveAddresses, saveCustomer } from './store.ts'

/**
 * Says that two customers are one person: `kept` gets the addresses of `merged`, and stands for it from then on. What refers to the merged
 * one elsewhere stays as it is and is read through canonicalCustomers; so the merge can be taken back without knowing who refers.
 */
export async function mergeCustomers(work: Work, command: { kept: string; merged: string }): Promise<Merge> {
  if (command.kept === command.merged) throw refuse('merge.self')
  const [kept, merged] = await loadPair(work, command)
  const decision = decideMerge(kept, merged)
  if ('refused' in decision) throw refuse(decision.refused, { into: kept.mergedInto ?? merged.mergedInto })
  const merge: Merge = { id: newId(), kept: kept.id, merged: merged.id, addresses: decision.addresses, at: work.at, by: `${work.actor.kind}:${work.actor.id}`, undoneAt: null }
  await moveAddresses(work.tx, merge.addresses, kept.id)
  await saveCustomer(work.tx, { ...merged, mergedInto: kept.id, version: merged.version + 1 })
  await saveCustomer(work.tx, { ...kept, version: kept.version + 1 })
  await insertMerge(work.tx, merge)
  tell(work, 'customer.merged', merge, { kept, merged, addresses: merge.addresses.length })
  return merge
}

/** Makes two customers of one again. Addresses that were removed since stay removed; those added since stay where they are. */
export async function undoMerge(work: Work, mergeId: string): Promise<Merge> {
  const merge = await lockMerge(work.tx, mergeId)
  if (!merge) throw refuse('merge.notFound')
  const [kept, merged] = await loadPair(work, merge)
  const decision = decideUndo(merge, kept)
  if ('refused' in decision) throw refuse(decision.refused, { into: kept.mergedInto })
  await moveAddresses(work.tx, decision.addresses, merged.id)
  await saveCustomer(work.tx, { ...merged, mergedInto: null, version: merged.version + 1 })
  await saveCustomer(work.tx, { ...kept, version: kept.version + 1 })
  await endMerge(work.tx, merge.id, work.at)
  tell(work, 'customer.mergeUndone', merge, { kept, merged, addresses: decision.addresses.length })
  return { ...merge, undoneAt: work.at }
}

async function loadPair(work: Work, pair: { kept: string; merged: string }): Promise<[kept: Customer, merged: Customer]> {
  const customers = await lockCustomers(work.tx, [pair.kept, pair.merged])
  const kept = customers.find(({ id }) => id === pair.kept)
  const merged = customers.find(({ id }) => id === pair.merged)
  if (!kept) throw refuse('customer.notFound')
  if (!merged) throw refuse('customer.unknown')
  return [kept, merged]
}

function tell(work: Work, kind: 'customer.merged' | 'customer.mergeUndone', merge: Merge, { kept, merged, addresses }: { kept: Customer; merged: Customer; addresses: number }) {
  work.tell('accounts', { kind, subject: `customer:${merge.kept}`, data: { merge: merge.id, merged: merge.merged, addresses, toAccount: kept.accountId, fromAccount: merged.accountId } })
}
