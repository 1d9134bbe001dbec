/** The door of accounts: who writes to us. */
export { accountsAudience } from './audience.ts'
export { mergeCustomers } from './merge.ts'
export { normaliseAddress, type Account, type Customer, type Merge, type Segment } from './model.ts'
export { accountsPolicy } from './policy.ts'
export { resolveCustomer, type Resolved } from './resolve.ts'
export { accountsRoutes, type AccountsApi } from './routes.ts'
export { createAccount, createCustomer, type AccountWords, type CustomerWords } from './service.ts'
export { canonicalCustomer, canonicalCustomers, idsMergedInto } from './store.ts'
