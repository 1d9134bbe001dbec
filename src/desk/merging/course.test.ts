import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refusal, type Actor } from '#platform'
import { mailFrom, openScene, type Scene } from '../testing/scene.ts'
import { mergeCases } from './service.ts'
import { splitCase, unsplitCase } from './split.ts'
import { unmergeCase } from './unmerge.ts'

let scene: Scene
let ana: Actor
beforeAll(async () => {
  scene = await openScene()
  ana = await scene.agent('Ana')
})
afterAll(() => scene.close())

type Step =
  | { do: 'merge'; a: number; b: number }
  | { do: 'unmerge' | 'receive' | 'reply' | 'unsplit'; a: number }
  | { do: 'split'; a: number; which: number }

const index = fc.nat({ max: 5 })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('merge' as const), a: index, b: index }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('unmerge' as const, 'receive' as const, 'receive' as const, 'reply' as const, 'unsplit' as const), a: index }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('split' as const), a: index, which: fc.nat({ max: 3 }) }) },
)

/** Does a step; one that may not be is refused and changes nothing. */
async function take(step: Step, numbers: number[], home: Map<string, number>): Promise<void> {
  const at = (place: number) => numbers[place % numbers.length]!
  const number = at(step.a)
  try {
    if (step.do === 'merge') await scene.run(ana, (work) => mergeCases(work, number, at(step.b), { copyPeople: true }))
    if (step.do === 'unmerge') await scene.run(ana, (work) => unmergeCase(work, number))
    if (step.do === 'reply') home.set((await scene.run(ana, (work) => scene.reply(work, number, { body: 'answer', visibility: 'public' }))).messageId, number)
    if (step.do === 'receive') await receive(number, home)
    if (step.do === 'split') await split(number, step.which, numbers)
    if (step.do === 'unsplit') await scene.run(ana, (work) => unsplitCase(work, number))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}

async function receive(number: number, home: Map<string, number>) {
  const customer = (await scene.participants(number)).find(({ role }) => role === 'customer')!
  const { messageId } = await scene.receive(mailFrom(customer.address, { replyTokens: [customer.reply_token] }))
  home.set(messageId, number)
}

async function split(number: number, which: number, numbers: number[]) {
  const message = (await scene.messages(number)).filter(({ delivery }) => delivery !== 'waiting')[which]
  if (message) numbers.push((await scene.run(ana, (work) => splitCase(work, number, { messages: [message.id] }))).number)
}

async function allMessages(numbers: readonly number[]) {
  return scene.db.selectFrom('message').innerJoin('case', 'case.id', 'message.case_id').where('case.number', 'in', [...numbers]).select(['message.id', 'case.number', 'case.merged_into', 'home_id']).execute()
}

test('whatever is merged, split and taken back: nothing is lost, nothing doubled, and all lies where it is shown', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
    const home = new Map<string, number>()
    const numbers: number[] = []
    for (const email of ['x@p.test', 'y@p.test', 'x@p.test', 'z@p.test']) numbers.push((await scene.open({ customer: { email } })).number)
    for (const number of numbers) home.set((await scene.messages(number))[0]!.id, number)
    for (const one of steps) await take(one, numbers, home)
    const found = await allMessages(numbers)
    expect(found.map(({ id }) => id).sort()).toEqual([...home.keys()].sort())
    // No message lies in a case that is merged away.
    expect(found.filter(({ merged_into }) => merged_into !== null)).toEqual([])
    if (steps.some((one) => one.do === 'split' || one.do === 'unsplit')) return
    // Taken apart again, outermost first, each case has exactly what came to it or was written in it while it stood alone or was kept.
    for (let round = 0; round < numbers.length; round++) for (const number of numbers) await take({ do: 'unmerge', a: numbers.indexOf(number) }, numbers, home)
    const apart = await allMessages(numbers)
    expect(apart.every(({ home_id }) => home_id === null)).toBe(true)
    expect(apart.filter(({ id, number }) => home.get(id) !== number)).toEqual([])
  }), { numRuns: 40 })
}, 60_000)
