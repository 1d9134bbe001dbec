import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { House } from './house.ts'
import { must, openPair, type Pair } from './pair.ts'
import { ask, type Where } from './traffic.ts'

// Two instances on one database under load; one is killed. What follows from a case (who gets it, what is promised, what rules do) is there once, and goes on.

const AGENTS = 12
const CAPACITY = 400
const GOES_ON_WITHIN_MS = 10_000

let pair: Pair
let house: House
beforeAll(async () => {
  pair = await openPair()
  house = pair.house
}, 60_000)
afterAll(() => pair.close(), 60_000)

const rowsOf = <T>(statement: string): Promise<T[]> => pair.rows<T>(statement)

/** Somebody to give cases to, a promise, and two rules: one on the opening, one that answers it. */
async function furnish(where: Where) {
  const team = randomUUID()
  await pair.rows(`insert into team (id, name) values ('${team}', 'Crew')`)
  for (let index = 0; index < AGENTS; index++) {
    const id = randomUUID()
    await pair.rows(`insert into agent (id, name, email, team_id, capacity, presence) values ('${id}', 'Agent ${index}', 'agent${index}@crew.test', '${team}', ${CAPACITY}, 'available')`)
    await pair.rows(`insert into agent_role (agent_id, role) values ('${id}', 'agent')`)
  }
  const [queue] = await rowsOf<{ id: string }>(`select id from queue where standard`)
  await must(where, 'PATCH', `/api/v1/routing/queues/${queue?.id}`, { mode: 'push' })
  const terms = { hours: 'always', calendarId: null, always: [], targets: { normal: { firstReply: 60, resolution: 480 } }, segments: [], pauses: { pending: ['resolution'], on_hold: [] }, graceMinutes: 30, warnPercent: 80 }
  await must(where, 'POST', '/api/v1/sla-policies', { name: 'Everybody', condition: '', terms })
  for (const [name, happening, tag] of [['Mark', 'opened', 'marked'], ['Follow', 'assigned', 'followed']]) {
    const rule = await must(where, 'POST', '/api/v1/rules', { name, trigger: { on: [happening] }, condition: '', actions: [{ do: 'tag', add: [tag] }], last: false })
    await must(where, 'PATCH', `/api/v1/rules/${rule.id}`, { active: true })
  }
}

/** Customers who ask over either instance, each until it was accepted; the same key asks for the same case. @returns the numbers by key */
async function openUntil(stop: AbortSignal): Promise<Map<string, number>> {
  const opened = new Map<string, number>()
  await Promise.all(Array.from({ length: 4 }, async () => {
    while (!stop.aborted) {
      const key = randomUUID()
      for (let tries = 0; !opened.has(key); tries++) {
        const where = house.wheres[(opened.size + tries) % house.wheres.length]
        const body = { subject: `Payout ${key}`, body: 'Where is it?', customer: { email: `${key}@customer.test`, name: 'Ana Ruiz' } }
        const answer = where && await ask(where, 'POST', '/api/v1/cases', body, { 'idempotency-key': key }).catch(() => null)
        if (answer?.status === 201) opened.set(key, answer.body.number)
        else await sleep(50)
      }
      await sleep(15)
    }
  }))
  return opened
}

const settled = async () => (await rowsOf<{ open: number }>(`select count(*)::int as open from "case" c where assignee_id is null
  or (select count(*) from case_tag t where t.case_id = c.id) < 2 or (select count(*) from sla_clock s where s.case_id = c.id) < 2`))[0]?.open ?? 0

async function waitUntilSettled(withinMs: number): Promise<number> {
  const began = performance.now()
  while (await settled() > 0 && performance.now() - began < withinMs) await sleep(100)
  return performance.now() - began
}

test('one of two is killed under load: nothing is lost, nothing is doubled, and work goes on', async () => {
  const [first, second] = house.wheres
  if (!first || !second) throw new Error('there are not two')
  await furnish(first)
  const stop = new AbortController()
  const opening = openUntil(stop.signal)
  await sleep(2_500)
  await house.killProgram(0)
  const killedAt = performance.now()
  const before = (await rowsOf<{ last: number }>('select coalesce(max(number), 0) as last from "case"'))[0]?.last ?? 0
  // What was opened by then has its agent, its promises and its tags, by the one that is left.
  while ((await rowsOf(`select from "case" c where number <= ${before} and (assignee_id is null or (select count(*) from case_tag t where t.case_id = c.id) < 2)`)).length > 0 && performance.now() - killedAt < 3 * GOES_ON_WITHIN_MS) await sleep(100)
  const goesOnAfterMs = performance.now() - killedAt
  await sleep(1_000)
  stop.abort()
  const opened = await opening
  await waitUntilSettled(20_000)
  expect(goesOnAfterMs).toBeLessThan(GOES_ON_WITHIN_MS)
  expect(opened.size).toBeGreaterThan(50)
  const cases = await rowsOf<{ number: number; subject: string }>('select number::int, subject from "case"')
  expect(new Map(cases.map(({ number, subject }) => [subject.replace('Payout ', ''), number]))).toEqual(new Map([...opened].map(([key, number]) => [key, number])))
  expect(cases.length).toBe(opened.size)
  const once = async (kind: string, where = '') => (await rowsOf<{ times: number }>(`select count(*)::int as times from event where kind = '${kind}' ${where} group by case_number`)).map(({ times }) => times)
  for (const [kind, where] of [['case.opened'], ['case.assigned'], ['tag.added', `and data ->> 'tag' = 'marked'`], ['tag.added', `and data ->> 'tag' = 'followed'`]] as const) {
    const times = await once(kind, where)
    expect([kind, where, times.length, Math.max(...times)]).toEqual([kind, where, opened.size, 1])
  }
  expect(await rowsOf('select case_id from sla_clock group by case_id having count(*) <> 2')).toEqual([])
  expect(await rowsOf(`select case_id from sla_entry where what = 'activated' group by case_id, metric having count(*) <> 1`)).toEqual([])
  expect(await rowsOf(`select from rule_run where outcome <> 'applied'`)).toEqual([])
  expect((await ask(second, 'GET', '/api/v1/log/verification')).body).toMatchObject({ verified: true })
  expect(house.faults).toEqual([])
}, 120_000)
