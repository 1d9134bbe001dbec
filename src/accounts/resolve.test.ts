import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { factsOfSubject, system } from '#platform'
import { openWorld, type World } from '../../test/support/world.ts'
import { mergeCustomers } from './merge.ts'
import { normaliseAddress } from './model.ts'
import { resolveCustomer } from './resolve.ts'
import { createCustomer } from './service.ts'
import { findCustomer } from './store.ts'

let world: World
beforeAll(async () => { world = await openWorld({ connections: 12 }) })
afterAll(() => world.close())

const by = system('test')
const resolve = (address: string, name?: string) => world.perform(by, (work) => resolveCustomer(work, { address, ...(name === undefined ? {} : { name }) }))

test('many at once from one new address, in whatever spelling, are one customer', async () => {
  for (let round = 0; round < 5; round++) {
    const spellings = Array.from({ length: 24 }, (_, index) => (index % 2 ? `Crowd${round}@Example.com` : `"crowd${round}"@example.com`))
    const all = await Promise.all(spellings.map((address) => resolve(address, 'Ana Ruiz')))
    expect(new Set(all.map(({ customerId }) => customerId)).size).toBe(1)
    expect(all.filter(({ created }) => created)).toHaveLength(1)
    expect((await factsOfSubject(world.db, `customer:${all[0]?.customerId}`, 10)).map(({ kind }) => kind)).toEqual(['customer.created'])
  }
})

test('a name fills an empty one, once, and changes no other', async () => {
  const first = await resolve('quiet@example.com')
  expect(first).toMatchObject({ created: true, name: '' })
  const names = ['Quiet One', 'Quiet Two', 'Quiet Three']
  const told = await Promise.all(names.map((name) => resolve('quiet@example.com', name)))
  const kept = (await findCustomer(world.db, first.customerId))?.name ?? ''
  expect(names).toContain(kept)
  expect((await resolve('quiet@example.com', 'Somebody Else')).name).toBe(kept)
  expect(told.every(({ created }) => !created)).toBe(true)
  expect((await factsOfSubject(world.db, `customer:${first.customerId}`, 10)).map(({ kind }) => kind)).toEqual(['customer.changed', 'customer.created'])
})

test('card numbers do not rest in names; a name that is the address says nothing', async () => {
  const masked = await resolve('payer@example.com', 'Ana 4111 1111 1111 1111')
  expect((await findCustomer(world.db, masked.customerId))?.name).not.toMatch(/4111 1111/)
  expect(masked.name).toContain('1111')
  expect((await resolve('plain@example.com', 'PLAIN@example.com')).name).toBe('')
})

test('an address of somebody merged is the one who took the place', async () => {
  const make = (address: string) => world.perform(by, (work) => createCustomer(work, { name: address, addresses: [address] }))
  const [a, b, c] = [await make('a@chain.example'), await make('b@chain.example'), await make('c@chain.example')]
  await world.perform(by, (work) => mergeCustomers(work, { kept: b.id, merged: a.id }))
  await world.perform(by, (work) => mergeCustomers(work, { kept: c.id, merged: b.id }))
  expect(await resolve('a@chain.example')).toMatchObject({ customerId: c.id, created: false })
})

test('what is no address is refused, and leaves nothing', async () => {
  await expect(resolve('nobody')).rejects.toMatchObject({ code: 'address.invalid', status: 422 })
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from customer where not exists (select from customer_address a where a.customer_id = customer.id) and merged_into is null`.execute(world.db)
  expect(rows[0]?.n).toBe(0)
})

test('the database and the program have one idea of lower case, for every letter there is', async () => {
  const kept: string[] = []
  for (let code = 0x80; code <= 0x10ffff; code++) {
    const char = code >= 0xd800 && code <= 0xdfff ? '' : String.fromCodePoint(code)
    const address = /[\p{L}\p{N}\p{M}\p{S}]/u.test(char) ? normaliseAddress(`a${char}@example.com`) : null
    if (address !== null) kept.push(address)
  }
  expect(kept.length).toBeGreaterThan(100_000)
  const { rows } = await sql<{ address: string }>`select a as address from unnest(${kept}::text[]) a where a <> lower(a)`.execute(world.db)
  expect(rows).toEqual([])
})
