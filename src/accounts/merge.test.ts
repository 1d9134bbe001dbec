import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { factsOfSubject, newId, system } from '#platform'
import { openWorld, type World } from '../../test/support/world.ts'
import { mergeCustomers, undoMerge } from './merge.ts'
import { createCustomer, removeAddress } from './service.ts'
import { canonicalCustomer, findByAddress, findCustomer, idsMergedInto, mergesOf } from './store.ts'

let world: World
beforeAll(async () => { world = await openWorld({ connections: 8 }) })
afterAll(() => world.close())

const by = system('test')
const make = (...addresses: string[]) => world.perform(by, (work) => createCustomer(work, { name: addresses[0] ?? '', addresses }))
const merge = (kept: string, merged: string) => world.perform(by, (work) => mergeCustomers(work, { kept, merged }))
const undo = (id: string) => world.perform(by, (work) => undoMerge(work, id))
const addressesOf = async (id: string) => (await findCustomer(world.db, id))?.addresses.toSorted()
let count = 0
const fresh = () => `p${count++}@merge.example`

test('a merge moves the addresses, and what refers to the merged one is read through to the kept one', async () => {
  const [a1, b1, b2, c1] = [fresh(), fresh(), fresh(), fresh()]
  const [a, b, c] = [await make(a1), await make(b1, b2), await make(c1)]
  const first = await merge(b.id, c.id)
  const second = await merge(a.id, b.id)
  expect(await addressesOf(a.id)).toEqual([a1, b1, b2, c1].toSorted())
  expect(await canonicalCustomer(world.db, c.id)).toMatchObject({ id: a.id })
  expect(await findByAddress(world.db, c1)).toMatchObject({ id: a.id })
  expect((await idsMergedInto(world.db, [a.id])).toSorted()).toEqual([a.id, b.id, c.id].toSorted())
  await expect(merge(c.id, a.id)).rejects.toMatchObject({ code: 'customer.merged', detail: { into: b.id } })
  await expect(undo(first.id)).rejects.toMatchObject({ code: 'merge.covered', detail: { into: a.id } })
  await undo(second.id)
  expect([await addressesOf(a.id), await addressesOf(b.id)]).toEqual([[a1], [b1, b2, c1].toSorted()])
  await expect(undo(second.id)).rejects.toMatchObject({ code: 'merge.undone' })
  await undo(first.id)
  expect(await addressesOf(c.id)).toEqual([c1])
  expect((await mergesOf(world.db, b.id)).map(({ id, undoneAt }) => [id, undoneAt !== null])).toEqual([[second.id, true], [first.id, true]])
  expect((await factsOfSubject(world.db, `customer:${b.id}`, 20)).map(({ kind }) => kind)).toEqual(['customer.mergeUndone', 'customer.merged', 'customer.created'])
})

test('what was taken away since stays away, and what is nobody\'s is refused', async () => {
  const [a, b] = [await make(fresh()), await make(fresh(), fresh())]
  const done = await merge(a.id, b.id)
  await world.perform(by, (work) => removeAddress(work, a.id, b.addresses[0] ?? ''))
  await undo(done.id)
  expect(await addressesOf(b.id)).toEqual([b.addresses[1]])
  await expect(merge(a.id, a.id)).rejects.toMatchObject({ code: 'merge.self', status: 422 })
  await expect(merge(newId(), a.id)).rejects.toMatchObject({ code: 'customer.notFound', status: 404 })
  await expect(merge(a.id, newId())).rejects.toMatchObject({ code: 'customer.unknown', status: 422 })
  await expect(undo(newId())).rejects.toMatchObject({ code: 'merge.notFound' })
})

test('merging any sequence and taking all of it back gives everybody the addresses they had', async () => {
  const step = fc.tuple(fc.nat(4), fc.nat(4))
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
    const people = await Promise.all(Array.from({ length: 5 }, (_, index) => make(...Array.from({ length: 1 + (index % 3) }, fresh))))
    const before = people.map(({ addresses }) => addresses)
    const merges: string[] = []
    for (const [kept, merged] of steps) {
      const done = await merge(people[kept]?.id ?? '', people[merged]?.id ?? '').catch((error: { code?: string }) => error)
      if ('id' in done) merges.push(done.id)
      else expect(done.code).toMatch(/^(customer\.merged|merge\.self)$/)
    }
    const all = await Promise.all(people.map(({ id }) => addressesOf(id)))
    expect(all.flat().toSorted()).toEqual(before.flat().toSorted())
    for (const id of merges.toReversed()) await undo(id)
    expect(await Promise.all(people.map(({ id }) => addressesOf(id)))).toEqual(before)
    expect(await Promise.all(people.map(async ({ id }) => (await findCustomer(world.db, id))?.mergedInto))).toEqual(people.map(() => null))
  }), { numRuns: 25 })
})

test('of two merges of the same people at the same time, one happens', async () => {
  for (let round = 0; round < 10; round++) {
    const [a, b] = [await make(fresh()), await make(fresh())]
    const outcomes = await Promise.allSettled([merge(a.id, b.id), merge(b.id, a.id)])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const [left, right] = [await findCustomer(world.db, a.id), await findCustomer(world.db, b.id)]
    expect([left?.mergedInto, right?.mergedInto].filter((into) => into === null)).toHaveLength(1)
    expect([...left?.addresses ?? [], ...right?.addresses ?? []]).toHaveLength(2)
  }
})

test('a ring of merges at the same time leaves somebody to stand for all', async () => {
  const people = await Promise.all([make(fresh()), make(fresh()), make(fresh())])
  await Promise.allSettled(people.map(({ id }, index) => merge(id, people[(index + 1) % 3]?.id ?? '')))
  for (const { id } of people) expect(await canonicalCustomer(world.db, id)).not.toBeNull()
})
