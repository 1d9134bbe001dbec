import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refusal, system, type Actor } from '#platform'
import { rebuildMeasures, buildStep } from './service.ts'
import { openScene, type Scene } from '../testing/scene.ts'

let scene: Scene
let people: Actor[]
let queues: string[]
beforeAll(async () => {
  scene = await openScene()
  const team = await scene.team('Payments')
  people = [await scene.agent('Ana', { teamId: team }), await scene.agent('Ben')]
  queues = [await scene.queue('payments'), await scene.queue('refunds')]
  await scene.db.insertInto('topic').values([{ key: 'payouts', title: 'Payouts' }, { key: 'refunds', title: 'Refunds' }]).execute()
})
afterAll(() => scene.close())

/** One thing that somebody does to the case; what cannot be done now is refused, and nothing happens. */
const deed = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('write' as const), automatic: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('reply' as const), by: fc.nat(1), status: fc.constantFrom(undefined, 'open' as const, 'pending' as const, 'on_hold' as const, 'solved' as const), back: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('move' as const), status: fc.constantFrom('open' as const, 'pending' as const, 'on_hold' as const, 'solved' as const, 'closed' as const) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('assign' as const), to: fc.constantFrom(0, 1, null) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('queue' as const), to: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('topic' as const), to: fc.constantFrom('payouts', 'refunds', null) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('hand' as const), to: fc.nat(1) }) },
)
type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never

const person = (place: number): Actor => people[place] ?? people[0]!

async function play(number: number, given: Deed): Promise<void> {
  switch (given.does) {
    case 'write': return void await scene.write(number, given.automatic ? { automatic: 'vacation' } : {})
    case 'reply': {
      const { messageId } = await scene.reply(person(given.by), number, given.status ? { status: given.status } : {})
      if (given.back) { scene.clock.forward({ seconds: 3 }); await scene.recall(person(given.by), number, messageId) }
      return
    }
    case 'move': return void await scene.change(person(0), number, { status: given.status })
    case 'assign': return void await scene.change(person(0), number, { assignee: given.to === null ? null : person(given.to).id })
    case 'queue': return void await scene.change(person(0), number, { queue: queues[given.to] ?? '' })
    case 'topic': return void await scene.change(person(0), number, { topic: given.to })
    case 'hand': return void await scene.handOver(person(0), number, person(given.to).id)
  }
}

test('what a follower kept of random histories, seen in whatever portions, is what the log makes anew', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.record({ deed, minutes: fc.nat(300), follows: fc.boolean() }), { minLength: 3, maxLength: 14, size: 'max' }), async (steps) => {
    const number = await scene.open()
    for (const { deed: given, minutes, follows } of steps) {
      scene.clock.forward({ minutes })
      await play(number, given).catch((error: unknown) => { if (!(error instanceof Refusal)) throw error })
      if (follows) await scene.follow()
    }
    await scene.follow()
  }), { numRuns: 30 })
  const [moments, spans] = [await scene.moments(), await scene.spans()]
  expect(moments.length).toBeGreaterThan(60)
  await scene.db.deleteFrom('measured').where('case_number', '>', 0).execute()
  // A row that never was, and one that is wrong: the log knows neither.
  await scene.db.updateTable('measured_backlog').set({ team_id: null, opened_at: new Date() }).execute()
  await scene.run(system('test'), rebuildMeasures)
  const steps: boolean[] = []
  do steps.push(await scene.run(system('test'), (work) => buildStep(work, 4))); while (steps.at(-1))
  expect(steps.length).toBeGreaterThan(5)
  expect(await scene.moments()).toEqual(moments)
  expect(await scene.spans()).toEqual(spans)
  // The case itself says the same of what it has kept all along.
  const rows = await scene.db.selectFrom('case').select(['number', 'status', 'solved_at', 'first_replied_at']).execute()
  for (const row of rows) {
    const of = (moment: string) => moments.find((one) => one.case_number === row.number && one.moment === moment)?.at.getTime()
    expect([row.number, of('firstReply'), of('solve')]).toEqual([row.number, row.first_replied_at?.getTime(), row.solved_at?.getTime()])
    expect(spans.some((span) => span.case_number === row.number && span.span.endsWith(',)'))).toBe(row.solved_at === null)
  }
}, 60_000)
