import { Type, type Static } from 'typebox'
import { change, Instant, Line, Nullable, PageOf, PageQuery, read, strict, Uuid, Version, type ApiOf, type Db, type Tx } from '#platform'
import { listAccounts, listCustomers } from './lists.ts'
import { mergeCustomers, undoMerge } from './merge.ts'
import { readMany, segments, type Merge } from './model.ts'
import { refuse } from './refusals.ts'
import { addAddress, changeAccount, changeCustomer, createAccount, createCustomer, removeAddress } from './service.ts'
import { customersByIds, findAccount, findCustomer, mergesOf } from './store.ts'

const Id = Type.Object({ id: Uuid })
const Segment = Type.Enum([...segments])
const Country = Type.String({ pattern: '^[A-Z]{2}$' })
/** Any text is taken and looked at by normaliseAddress, which knows the standards better than a pattern does. */
const Address = Type.String({ minLength: 3, maxLength: 600 })
const Several = Type.String({ pattern: '^[A-Za-z]{2,20}(,[A-Za-z]{2,20}){0,49}$' })

const AccountView = Type.Object({
  id: Uuid, name: Type.String(), segment: Segment, country: Nullable(Type.String()), platformId: Nullable(Type.String()), since: Nullable(Instant),
  createdAt: Instant, version: Version, demo: Type.Boolean(),
})
const CustomerView = Type.Object({
  id: Uuid, accountId: Nullable(Uuid), name: Type.String(), language: Nullable(Type.String()), timeZone: Nullable(Type.String()), addresses: Type.Array(Type.String()),
  mergedInto: Nullable(Uuid), createdAt: Instant, version: Version, demo: Type.Boolean(),
})
const MergedPerson = Type.Object({ id: Uuid, name: Type.String() })
const MergeView = Type.Object({
  id: Uuid, kept: MergedPerson, merged: MergedPerson, addresses: Type.Array(Type.String()), at: Instant, by: Type.Object({ kind: Type.String(), id: Type.String() }),
  undoneAt: Nullable(Instant),
})

const accountFields = {
  segment: Type.Optional(Segment), country: Type.Optional(Nullable(Country)), platformId: Type.Optional(Nullable(Line(100))), since: Type.Optional(Nullable(Instant)),
}
const NewAccountBody = Type.Object({ name: Line(200), ...accountFields }, strict)
const AccountChangeBody = Type.Object({ name: Type.Optional(Line(200)), ...accountFields }, { ...strict, minProperties: 1 })
const customerFields = {
  name: Type.Optional(Line(200, 0)), language: Type.Optional(Nullable(Line(100))), timeZone: Type.Optional(Nullable(Line(100))), accountId: Type.Optional(Nullable(Uuid)),
}
const NewCustomerBody = Type.Object({ addresses: Type.Array(Address, { minItems: 1, maxItems: 50 }), ...customerFields }, strict)
const CustomerChangeBody = Type.Object(customerFields, { ...strict, minProperties: 1 })

export const accountsRoutes = () => ({
  'GET /api/v1/accounts': read({
    summary: 'List accounts, or find them by the beginning of the name or by platform id', permission: 'account.read',
    query: Type.Object({ ...PageQuery, q: Type.Optional(Line(200, 0)), segment: Type.Optional(Several), country: Type.Optional(Several) }, strict), answer: PageOf(AccountView),
    handle: ({ db, query }) => listAccounts(db, accountFilter(query), placeIn(query)),
  }),
  'POST /api/v1/accounts': change({
    summary: 'Add an account', permission: 'account.change', body: NewAccountBody, answer: AccountView,
    handle: async ({ work, body, answer }) => {
      const account = await createAccount(work, { ...body, ...sinceIn(body) })
      answer.etag(account.version)
      answer.header('location', `/api/v1/accounts/${account.id}`)
      return account
    },
  }),
  'GET /api/v1/accounts/:id': read({
    summary: 'One account', permission: 'account.read', params: Id, answer: AccountView,
    handle: async ({ db, params, answer }) => {
      const account = await findAccount(db, params.id)
      if (!account) throw refuse('account.notFound')
      answer.etag(account.version)
      return account
    },
  }),
  'PATCH /api/v1/accounts/:id': change({
    summary: 'Change an account', permission: 'account.change', params: Id, body: AccountChangeBody, answer: AccountView,
    handle: async ({ work, params, body, ifMatch, answer }) => {
      const account = await changeAccount(work, params.id, { ...body, ...sinceIn(body) }, ifMatch)
      answer.etag(account.version)
      return account
    },
  }),
  'GET /api/v1/customers': read({
    summary: 'List customers, or find them by the beginning of a name or address', permission: 'customer.read',
    query: Type.Object({ ...PageQuery, q: Type.Optional(Line(600, 0)), account: Type.Optional(Uuid) }, strict), answer: PageOf(CustomerView),
    handle: ({ db, query }) => listCustomers(db, { ...(query.q ? { q: query.q } : {}), ...(query.account ? { accountId: query.account } : {}) }, placeIn(query)),
  }),
  'POST /api/v1/customers': change({
    summary: 'Add a customer', permission: 'customer.change', body: NewCustomerBody, answer: CustomerView,
    handle: async ({ work, body, answer }) => {
      const customer = await createCustomer(work, body)
      answer.etag(customer.version)
      answer.header('location', `/api/v1/customers/${customer.id}`)
      return customer
    },
  }),
  'GET /api/v1/customers/:id': read({
    summary: 'One customer; one who was merged names who took the place', permission: 'customer.read', params: Id, answer: CustomerView,
    handle: async ({ db, params, answer }) => {
      const customer = await findCustomer(db, params.id)
      if (!customer) throw refuse('customer.notFound')
      answer.etag(customer.version)
      return customer
    },
  }),
  'PATCH /api/v1/customers/:id': change({
    summary: 'Change a customer, or move one to another account', permission: 'customer.change', params: Id, body: CustomerChangeBody, answer: CustomerView,
    handle: async ({ work, params, body, ifMatch, answer }) => {
      const customer = await changeCustomer(work, params.id, body, ifMatch)
      answer.etag(customer.version)
      return customer
    },
  }),
  'POST /api/v1/customers/:id/addresses': change({
    summary: 'Note another address of a customer', permission: 'customer.change', params: Id, body: Type.Object({ address: Address }, strict), answer: CustomerView,
    handle: async ({ work, params, body, answer }) => {
      const customer = await addAddress(work, params.id, body.address)
      answer.etag(customer.version)
      return customer
    },
  }),
  'DELETE /api/v1/customers/:id/addresses/:address': change({
    summary: 'Take an address away; mail from it comes from somebody else from then on', permission: 'customer.change', params: Type.Object({ id: Uuid, address: Address }), answer: CustomerView,
    handle: async ({ work, params, answer }) => {
      const customer = await removeAddress(work, params.id, params.address)
      answer.etag(customer.version)
      return customer
    },
  }),
  'POST /api/v1/customers/:id/merges': change({
    summary: 'Say that another customer is this one: its addresses move here', permission: 'customer.merge', params: Id, body: Type.Object({ merged: Uuid }, strict), answer: MergeView,
    handle: async ({ work, params, body }) => presentMerge(work.tx, await mergeCustomers(work, { kept: params.id, merged: body.merged })),
  }),
  'GET /api/v1/customers/:id/merges': read({
    summary: 'The merges of a customer, the newest first', permission: 'customer.read', params: Id, answer: Type.Object({ items: Type.Array(MergeView), nextCursor: Type.Null() }),
    handle: async ({ db, params }) => {
      if (!await findCustomer(db, params.id)) throw refuse('customer.notFound')
      return { items: await presentMerges(db, await mergesOf(db, params.id)), nextCursor: null }
    },
  }),
  'DELETE /api/v1/merges/:id': change({
    summary: 'Take a merge back: two customers again', permission: 'customer.merge', params: Id, answer: MergeView,
    handle: async ({ work, params }) => presentMerge(work.tx, await undoMerge(work, params.id)),
  }),
})
export type AccountsApi = ApiOf<typeof accountsRoutes>

const placeIn = (query: { limit?: number; cursor?: string }) => ({ limit: query.limit ?? 50, ...(query.cursor === undefined ? {} : { cursor: query.cursor }) })

function accountFilter(query: { q?: string; segment?: string; country?: string }) {
  return {
    ...(query.q ? { q: query.q } : {}),
    ...(query.segment ? { segments: segmentsIn(query.segment) } : {}),
    ...(query.country ? { countries: query.country.toUpperCase().split(',') } : {}),
  }
}

function segmentsIn(text: string) {
  const known = readMany(segments, text)
  if (!known) throw refuse('segment.unknown', { errors: [{ path: '/segment', code: 'segment.unknown' }] })
  return known
}

/** The schema has seen to the form; on the wire an instant is text still. */
const sinceIn = (body: { since?: Date | null }) => (body.since ? { since: new Date(body.since) } : {})

async function presentMerges(db: Db | Tx, merges: Merge[]): Promise<Static<typeof MergeView>[]> {
  const people = await customersByIds(db, merges.flatMap(({ kept, merged }) => [kept, merged]))
  const person = (id: string) => ({ id, name: people.get(id)?.name ?? '' })
  return merges.map(({ by, ...merge }) => {
    const [kind = '', ...id] = by.split(':')
    return { ...merge, kept: person(merge.kept), merged: person(merge.merged), by: { kind, id: id.join(':') } }
  })
}

async function presentMerge(tx: Tx, merge: Merge): Promise<Static<typeof MergeView>> {
  const [view] = await presentMerges(tx, [merge])
  if (!view) throw new Error('a merge was presented as nothing')
  return view
}
