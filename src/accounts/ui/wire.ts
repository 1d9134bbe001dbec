import { client, usePages, useQuery } from '#web'
import type { Segment } from '../model.ts'
import type { AccountsApi } from '../routes.ts'

/** What the screens of accounts ask of the server. Keys begin with the words of the live facts, so that these keep them fresh. */

export const accounts = client<AccountsApi>()

export type Account = AccountsApi['GET /api/v1/accounts/:id']['answer']
export type Customer = AccountsApi['GET /api/v1/customers/:id']['answer']
export type Merge = AccountsApi['GET /api/v1/customers/:id/merges']['answer']['items'][number]
export type AccountChange = AccountsApi['PATCH /api/v1/accounts/:id']['body']
export type CustomerChange = AccountsApi['PATCH /api/v1/customers/:id']['body']
export type { Segment }

export interface AccountFilter {
  q?: string
  segment?: string
  country?: string
}

export const useAccounts = (filter: AccountFilter) => usePages(['accounts', filter], (page, signal) => accounts('GET /api/v1/accounts', { query: { ...filter, ...page }, signal }), 100)

export const useAccount = (id: string | null | undefined) =>
  useQuery({ queryKey: ['account', id], enabled: Boolean(id), queryFn: ({ signal }) => accounts('GET /api/v1/accounts/:id', { params: { id: id ?? '' }, signal }) })

/** The people of an account; its own fact tells when one comes or goes. */
export const useCustomersOf = (account: string) =>
  usePages(['account', account, 'customers'], (page, signal) => accounts('GET /api/v1/customers', { query: { account, ...page }, signal }))

export const useCustomer = (id: string) => useQuery({ queryKey: ['customer', id], queryFn: ({ signal }) => accounts('GET /api/v1/customers/:id', { params: { id }, signal }) })

export const useMerges = (id: string) => useQuery({ queryKey: ['customer', id, 'merges'], queryFn: ({ signal }) => accounts('GET /api/v1/customers/:id/merges', { params: { id }, signal }) })

const FOUND_MAX = 12

/** For pickers: the first few whose name or address begins so. */
export const useFoundCustomers = (q: string) =>
  useQuery({ queryKey: ['customers', { q }], enabled: q !== '', queryFn: ({ signal }) => accounts('GET /api/v1/customers', { query: { q, limit: FOUND_MAX }, signal }), placeholderData: (before) => before })

export const useFoundAccounts = (q: string) =>
  useQuery({ queryKey: ['accounts', { q, few: true }], queryFn: ({ signal }) => accounts('GET /api/v1/accounts', { query: { q, limit: FOUND_MAX }, signal }), placeholderData: (before) => before })
