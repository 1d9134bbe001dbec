import { maskCards } from '#language'
import { newId, refuse as refuseAnything, type Work } from '#platform'
import { isTimeZone, normaliseAddress, normaliseLanguage, normaliseName, type Account, type Customer, type Segment } from './model.ts'
import { refuse } from './refusals.ts'
import { deleteAddress, findAccount, findByAddress, insertAddress, lockAccount, lockCustomer, saveAccount, saveCustomer } from './store.ts'

export interface AccountWords {
  name: string
  segment?: Segment
  country?: string | null
  platformId?: string | null
  since?: Date | null
}

/** A business with its segment. @throws name.empty, account.platformIdTaken */
export async function createAccount(work: Work, words: AccountWords & { demo?: boolean }): Promise<Account> {
  const account: Account = {
    id: newId(), segment: words.segment ?? 'independent', country: words.country ?? null, platformId: words.platformId ?? null, since: words.since ?? null,
    createdAt: work.at, version: 1, demo: words.demo ?? false, name: nameOf(words.name),
  }
  await saveAccount(work.tx, account)
  work.tell('accounts', { kind: 'account.created', subject: `account:${account.id}`, data: { segment: account.segment } })
  return account
}

/** Changes what the words name. @throws account.notFound, version.stale, name.empty, account.platformIdTaken */
export async function changeAccount(work: Work, id: string, words: Partial<AccountWords>, versionSeen: number | null = null): Promise<Account> {
  const before = await lockAccount(work.tx, id)
  if (!before) throw refuse('account.notFound')
  refuseStale(before, versionSeen)
  const { name, ...rest } = words
  const next: Account = { ...before, ...given(rest), ...(name === undefined ? {} : { name: nameOf(name) }), version: before.version + 1 }
  await saveAccount(work.tx, next)
  work.tell('accounts', { kind: 'account.changed', subject: `account:${id}`, data: { fields: Object.keys(given(words)) } })
  return next
}

export interface CustomerWords {
  name?: string
  language?: string | null
  timeZone?: string | null
  accountId?: string | null
}

/** A customer with the addresses by which we know them. @throws address.invalid, address.taken, account.unknown, language.invalid, timeZone.invalid */
export async function createCustomer(work: Work, words: CustomerWords & { addresses: readonly string[]; demo?: boolean }): Promise<Customer> {
  const addresses = [...new Set(words.addresses.map(addressOf))]
  if (addresses.length > ADDRESSES_MAX) throw refuse('address.tooMany')
  const customer: Customer = {
    id: newId(), accountId: words.accountId ?? null, name: personNameOf(words.name ?? '', addresses[0]), language: languageOf(words.language), timeZone: timeZoneOf(words.timeZone),
    addresses, mergedInto: null, createdAt: work.at, version: 1, demo: words.demo ?? false,
  }
  await saveCustomer(work.tx, customer)
  for (const address of addresses) await takeAddress(work, customer.id, address)
  work.tell('accounts', { kind: 'customer.created', subject: `customer:${customer.id}`, data: { account: customer.accountId } })
  return { ...customer, addresses: addresses.toSorted() }
}

/** Changes what the words name; another account is a move, with its own fact. */
export async function changeCustomer(work: Work, id: string, words: CustomerWords, versionSeen: number | null = null): Promise<Customer> {
  const before = await loadUnmerged(work, id)
  refuseStale(before, versionSeen)
  const { accountId, ...rest } = words
  const fields = Object.keys(given(rest))
  let next: Customer = {
    ...before, version: before.version + 1,
    ...(rest.name === undefined ? {} : { name: personNameOf(rest.name, before.addresses[0]) }),
    ...(rest.language === undefined ? {} : { language: languageOf(rest.language) }),
    ...(rest.timeZone === undefined ? {} : { timeZone: timeZoneOf(rest.timeZone) }),
  }
  if (accountId !== undefined) next = await move(work, next, accountId)
  await saveCustomer(work.tx, next)
  if (fields.length > 0) work.tell('accounts', { kind: 'customer.changed', subject: `customer:${id}`, data: { fields, account: next.accountId } })
  return next
}

/** Moves the person to another account, or to none. Cases keep the account that they were opened for. */
async function move(work: Work, customer: Customer, accountId: string | null): Promise<Customer> {
  if (accountId === customer.accountId) return customer
  if (accountId !== null && !await findAccount(work.tx, accountId)) throw refuse('account.unknown')
  work.tell('accounts', { kind: 'customer.moved', subject: `customer:${customer.id}`, data: { fromAccount: customer.accountId, toAccount: accountId } })
  return { ...customer, accountId }
}

const ADDRESSES_MAX = 50

/** Notes another address of a customer; one that the customer has already changes nothing. @throws address.invalid, address.taken, address.tooMany, customer.merged */
export async function addAddress(work: Work, customerId: string, text: string): Promise<Customer> {
  const address = addressOf(text)
  const before = await loadUnmerged(work, customerId)
  if (before.addresses.includes(address)) return before
  if (before.addresses.length >= ADDRESSES_MAX) throw refuse('address.tooMany')
  await takeAddress(work, customerId, address)
  return saveWithAddresses(work, before, [...before.addresses, address], 'customer.addressAdded')
}

/** From then on mail from this address comes from somebody else. @throws address.notFound, address.last */
export async function removeAddress(work: Work, customerId: string, text: string): Promise<Customer> {
  const before = await loadUnmerged(work, customerId)
  const address = normaliseAddress(text)
  if (address === null || !before.addresses.includes(address)) throw refuse('address.notFound')
  if (before.addresses.length === 1) throw refuse('address.last')
  await deleteAddress(work.tx, customerId, address)
  return saveWithAddresses(work, before, before.addresses.filter((other) => other !== address), 'customer.addressRemoved')
}

async function saveWithAddresses(work: Work, before: Customer, addresses: string[], kind: 'customer.addressAdded' | 'customer.addressRemoved'): Promise<Customer> {
  const next = { ...before, addresses, version: before.version + 1 }
  await saveCustomer(work.tx, next)
  work.tell('accounts', { kind, subject: `customer:${before.id}`, data: { addresses: addresses.length, account: before.accountId } })
  return next
}

async function takeAddress(work: Work, customerId: string, address: string): Promise<void> {
  if (await insertAddress(work.tx, customerId, address, work.at)) return
  const holder = await findByAddress(work.tx, address)
  throw refuse('address.taken', { customerId: holder?.id ?? null })
}

export async function loadUnmerged(work: Work, id: string): Promise<Customer> {
  const customer = await lockCustomer(work.tx, id)
  if (!customer) throw refuse('customer.notFound')
  if (customer.mergedInto) throw refuse('customer.merged', { into: customer.mergedInto })
  return customer
}

function addressOf(text: string): string {
  const address = normaliseAddress(text)
  if (address === null) throw refuse('address.invalid')
  return address
}

function nameOf(text: string): string {
  const name = maskCards(normaliseName(text)).text
  if (name === '') throw refuse('name.empty')
  return name
}

const personNameOf = (text: string, address: string | undefined) => maskCards(normaliseName(text, address)).text

function languageOf(tag: string | null | undefined): string | null {
  if (tag === null || tag === undefined) return null
  const language = normaliseLanguage(tag)
  if (language === null) throw refuse('language.invalid')
  return language
}

function timeZoneOf(name: string | null | undefined): string | null {
  if (name === null || name === undefined) return null
  if (!isTimeZone(name)) throw refuse('timeZone.invalid')
  return name
}

function refuseStale(before: { version: number }, versionSeen: number | null) {
  if (versionSeen !== null && versionSeen !== before.version) throw refuseAnything('version.stale', { version: before.version })
}

/** Only what was said: a field of undefined is a field left out. */
const given = <T extends object>(words: T): Partial<T> => {
  const said: Partial<T> = { ...words }
  for (const field in said) if (said[field] === undefined) delete said[field]
  return said
}
