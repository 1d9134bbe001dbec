import { normaliseAddress, resolveCustomer } from '#accounts'
import type { Work } from '#platform'
import { refuse } from '../refusals.ts'
import { loadWorkable } from './load.ts'
import { addParticipant, dropParticipant, makeCustomer, participantsOf } from './participants.ts'
import { saveCase, type CaseRow } from './store.ts'
import { tellCase } from './tell.ts'

/** Puts a person in copy. */
export async function joinParticipant(work: Work, number: number, who: { address: string; name?: string }, versionSeen: number | null = null): Promise<CaseRow> {
  const found = await loadWorkable(work, number, versionSeen)
  const customer = await resolveCustomer(work, who)
  const added = await addParticipant(work.tx, { caseId: found.id, customerId: customer.customerId, address: customer.address, role: 'cc', at: work.at })
  if (!added) throw refuse('participant.there')
  const saved = await saveCase(work.tx, found, work.at)
  tellCase(work, saved, 'participant.added', { customer: customer.customerId })
  return saved
}

/** Takes a person off the case: later mails of theirs wait as suggestions. */
export async function leaveParticipant(work: Work, number: number, address: string, versionSeen: number | null = null): Promise<CaseRow> {
  const found = await loadWorkable(work, number, versionSeen)
  const people = await participantsOf(work.tx, found.id)
  const plain = normaliseAddress(address) ?? address
  const leaving = people.find((person) => person.address === plain)
  if (!leaving) throw refuse('participant.notFound')
  if (leaving.role === 'customer') throw refuse('participant.last')
  await dropParticipant(work.tx, found.id, leaving.address, work.at)
  const saved = await saveCase(work.tx, found, work.at)
  tellCase(work, saved, 'participant.dropped', { customer: leaving.customerId })
  return saved
}

/** Makes another person the customer of the case, such as when a colleague took over; the one before stays in copy. */
export async function changeCustomer(work: Work, number: number, who: { address: string; name?: string }, versionSeen: number | null = null): Promise<CaseRow> {
  const found = await loadWorkable(work, number, versionSeen)
  const customer = await resolveCustomer(work, who)
  const people = await participantsOf(work.tx, found.id)
  if (people.some((person) => person.role === 'customer' && person.address === customer.address)) return found
  const added = await addParticipant(work.tx, { caseId: found.id, customerId: customer.customerId, address: customer.address, role: 'cc', at: work.at })
  await makeCustomer(work.tx, found.id, customer.address)
  const saved = await saveCase(work.tx, { ...found, customerId: customer.customerId, accountId: customer.accountId ?? found.accountId }, work.at)
  if (added) tellCase(work, saved, 'participant.added', { customer: customer.customerId })
  tellCase(work, saved, 'customer.changed', { from: found.customerId, to: customer.customerId })
  return saved
}
