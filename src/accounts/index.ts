/** The door of accounts: who writes to us. */
export { accountsAudience } from './audience.ts'
export { listAccounts, listCustomers, searchCustomers, type AccountFilter, type CustomerFilter } from './lists.ts'
export { mergeCustomers, undoMerge } from './merge.ts'
export { normaliseAddress, segments, type Account, type Customer, type Merge, type Segment } from './model.ts'
export { accountsPolicy } from './policy.ts'
export { resolveCustomer, type Resolved } from './resolve.ts'
export { addAddress, changeAccount, changeCustomer, createAccount, createCustomer, moveCustomer, removeAddress, type AccountWords, type CustomerWords } from './service.ts'
export { accountsByIds, canonicalCustomer, canonicalCustomers, customersByIds, findAccount, findCustomer, idsMergedInto, mergesOf } from './store.ts'
