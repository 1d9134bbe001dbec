import { maskCards } from '#language'
import { newId, type Work } from '#platform'
import { normaliseAddress, normaliseName } from './model.ts'
import { refuse } from './refusals.ts'
import { fillName, findByAddress, insertByAddress } from './store.ts'

export interface Resolved {
  customerId: string
  accountId: string | null
  name: string
  /** As it is kept, see normaliseAddress. */
  address: string
  created: boolean
}

/**
 * The customer who writes from this address; a new one when nobody is known to. A name fills an empty one and changes no other.
 * Two at the same time with the same unknown address give one customer: the second waits for the first, by the address's key.
 * @throws address.invalid
 */
export async function resolveCustomer(work: Work, who: { address: string; name?: string }): Promise<Resolved> {
  const address = normaliseAddress(who.address)
  if (address === null) throw refuse('address.invalid')
  const name = maskCards(normaliseName(who.name ?? '', address)).text
  const known = await findByAddress(work.tx, address)
  if (!known) {
    const id = newId()
    if (await insertByAddress(work.tx, { id, name, at: work.at, address })) {
      work.tell('accounts', { kind: 'customer.created', subject: `customer:${id}`, data: { account: null } })
      return { customerId: id, accountId: null, name, address, created: true }
    }
  }
  const found = known ?? await findByAddress(work.tx, address)
  if (!found) throw new Error('an address was taken and is nobody\'s')
  if (found.name === '' && name !== '' && await fillName(work.tx, found.id, name)) {
    work.tell('accounts', { kind: 'customer.changed', subject: `customer:${found.id}`, data: { fields: ['name'], account: found.accountId } })
    return { customerId: found.id, accountId: found.accountId, name, address, created: false }
  }
  return { customerId: found.id, accountId: found.accountId, name: found.name, address, created: false }
}
