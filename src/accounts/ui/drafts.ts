import type { Account, AccountChange, Customer, CustomerChange, Segment } from './wire.ts'
import { languageName, segmentNames } from './words.ts'

/** What the forms of accounts and customers hold, what of it is sent, and what it says to people. */

export interface AccountDraft {
  name: string
  segment: Segment
  country: string | null
  platformId: string
  /** As a date field has it: `2023-04-01`, or empty. */
  since: string
}

export const newAccount: AccountDraft = { name: '', segment: 'independent', country: null, platformId: '', since: '' }

export const accountDraft = ({ name, segment, country, platformId, since }: Account): AccountDraft =>
  ({ name, segment, country, platformId: platformId ?? '', since: since?.slice(0, 10) ?? '' })

export const accountBody = (draft: AccountDraft) => ({
  name: draft.name.trim(), segment: draft.segment, country: draft.country, platformId: draft.platformId.trim() || null, since: draft.since ? new Date(`${draft.since}T00:00:00Z`) : null,
})

export const accountChange = (seen: Account, draft: AccountDraft): AccountChange => differing(accountBody(accountDraft(seen)), accountBody(draft))

export interface CustomerDraft {
  name: string
  language: string | null
  timeZone: string | null
  accountId: string | null
}

export const customerDraft = ({ name, language, timeZone, accountId }: Customer): CustomerDraft => ({ name, language, timeZone, accountId })
export const customerChange = (seen: Customer, draft: CustomerDraft): CustomerChange => differing(customerDraft(seen), { ...draft, name: draft.name.trim() })

function differing<T extends object>(before: T, after: T): Partial<T> {
  const changed: Partial<T> = { ...after }
  for (const name in changed) if (JSON.stringify(before[name]) === JSON.stringify(after[name])) delete changed[name]
  return changed
}

export const accountNames = { name: 'name', segment: 'segment', country: 'country', platformId: 'platform id', since: 'date since' } as const
export const accountSaid = (account: Account, country: (code: string) => string): Record<keyof typeof accountNames, string | null> => ({
  name: account.name, segment: segmentNames[account.segment], country: account.country && country(account.country), platformId: account.platformId, since: account.since?.slice(0, 10) ?? null,
})

export const customerNames = { name: 'name', language: 'language', timeZone: 'time zone', account: 'account', addresses: 'addresses' } as const
export const customerSaid = (customer: Customer, account: (id: string) => string): Record<keyof typeof customerNames, string | null> => ({
  name: customer.name || null, language: customer.language && languageName(customer.language), timeZone: customer.timeZone, account: customer.accountId && account(customer.accountId),
  addresses: customer.addresses.join(', '),
})
