import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { House } from './house.ts'
import { must as mustAt, openPair, type Pair } from './pair.ts'
import { ask } from './traffic.ts'

// Two runs over the same cases and people who change them, on two instances; one is killed in the middle. Each case is changed once by each run.

const CASES = 240
const GOES_ON_WITHIN_MS = 60_000

let pair: Pair
let house: House
beforeAll(async () => {
  pair = await openPair()
  house = pair.house
}, 90_000)
afterAll(() => pair.close(), 60_000)

const rows = <T>(statement: string, values: unknown[] = []): Promise<T[]> => pair.rows<T>(statement, values)
const where = (index: number) => house.wheres[index] ?? house.wheres[0]!
const must = (index: number, method: string, path: string, body?: unknown) => mustAt(where(index), method, path, body)

async function openCases(): Promise<number[]> {
  const numbers: number[] = []
  await Promise.all(Array.from({ length: 6 }, async () => {
    while (numbers.length < CASES) numbers.push((await must(0, 'POST', '/api/v1/cases', { subject: 'Payout missing', body: 'Where is it?', customer: { email: `${randomUUID()}@bulk.test` } })).number)
  }))
  return numbers.slice(0, CASES)
}

const waiting = async (run: string) => (await rows<{ n: number }>(`select count(*)::int as n from bulk_item where run_id = $1 and state = 'waiting'`, [run]))[0]?.n ?? 0
const until = async (holds: () => Promise<boolean>, withinMs: number) => { for (const end = Date.now() + withinMs; Date.now() < end && !(await holds());) await sleep(50) }

test('two runs and people over the same cases, one instance killed: every case has its result, each change is there once', async () => {
  const numbers = await openCases()
  const begin = async (index: number, actions: unknown[]): Promise<string> => (await must(index, 'POST', '/api/v1/bulk-runs', { actions, query: 'is:unsolved', cases: numbers.map((number) => [number, 1]) })).id
  const first = await begin(0, [{ do: 'note', body: 'Once.' }, { do: 'tag', add: ['first'] }])
  const second = await begin(1, [{ do: 'tag', add: ['second'] }])
  const edits = numbers.slice(0, 40).map((number) => ask(where(1), 'PATCH', `/api/v1/cases/${number}`, { priority: 'high' }))
  await until(async () => (await waiting(first)) < CASES - 20, 20_000)
  expect(await waiting(first)).toBeGreaterThan(0)
  await house.killProgram(0)
  expect((await Promise.all(edits)).every(({ status }) => status === 200)).toBe(true)
  await until(async () => (await rows<{ n: number }>('select count(*)::int as n from bulk_run where finished_at is null'))[0]?.n === 0, GOES_ON_WITHIN_MS)
  for (const run of [first, second]) expect(await rows(`select state, count(*)::int as n from bulk_item where run_id = $1 group by 1`, [run])).toEqual([{ state: 'done', n: CASES }])
  const [odd] = await rows<{ n: number }>(`select count(*)::int as n from "case" c where c.id in (select case_id from bulk_item) and ((select count(*) from message m where m.case_id = c.id and m.text = 'Once.') <> 1 or (select count(*) from case_tag t where t.case_id = c.id) <> 2)`)
  expect(odd?.n).toBe(0)
  const [facts] = await rows<{ n: number }>(`select count(*)::int as n from event where kind = 'bulk.applied'`)
  expect(facts?.n).toBe(2 * CASES)
  expect((await rows<{ n: number }>(`select count(*)::int as n from "case" where priority = 'high'`))[0]?.n).toBe(40)
  expect(house.faults).toEqual([])
}, 180_000)
