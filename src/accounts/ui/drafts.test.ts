import { expect, it } from 'vitest'
import { accountChange, accountDraft, accountSaid, customerChange, customerDraft, customerSaid } from './drafts.ts'
import type { Account, Customer } from './wire.ts'

const account: Account = { id: 'a', name: 'Northwind', segment: 'smb', country: 'MX', platformId: null, since: '2023-04-01T00:00:00.000Z', createdAt: '2026-11-24T10:00:00Z', version: 2, demo: false }
const customer: Customer = { id: 'c', accountId: 'a', name: 'Ana', language: 'es-MX', timeZone: null, addresses: ['ana@example.com'], mergedInto: null, createdAt: '2026-11-24T10:00:00Z', version: 1, demo: false }

it('sends only what was changed of an account', () => {
  expect(accountChange(account, accountDraft(account))).toEqual({})
  expect(accountChange(account, { ...accountDraft(account), platformId: ' acct_1 ', country: null })).toEqual({ platformId: 'acct_1', country: null })
  expect(accountChange(account, { ...accountDraft(account), since: '' })).toEqual({ since: null })
})

it('sends only what was changed of a customer', () => {
  expect(customerChange(customer, { ...customerDraft(customer), name: 'Ana ' })).toEqual({})
  expect(customerChange(customer, { ...customerDraft(customer), accountId: null, language: 'pt-BR' })).toEqual({ accountId: null, language: 'pt-BR' })
})

it('says the fields to people', () => {
  expect(accountSaid(account, () => 'Mexico')).toEqual({ name: 'Northwind', segment: 'SMB', country: 'Mexico', platformId: null, since: '2023-04-01' })
  expect(customerSaid(customer, () => 'Northwind')).toMatchObject({ account: 'Northwind', language: 'Mexican Spanish', timeZone: null })
})
