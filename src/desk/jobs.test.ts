import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '#platform'
import { changeCase } from './cases/service.ts'
import { deskJobs, deskRepeating } from './jobs.ts'
import { openScene, type Scene } from './testing/scene.ts'

let scene: Scene
let ana: Actor
const jobs = deskJobs({ closeAfterDays: 7 })
beforeAll(async () => {
  scene = await openScene()
  ana = await scene.agent('Ana')
})
afterAll(() => scene.close())

test('cases that stayed solved for seven days are closed, in batches, each with its fact; two workers close each once', async () => {
  const numbers: number[] = []
  for (let index = 0; index < 12; index++) numbers.push((await scene.open()).number)
  for (const number of numbers) await scene.run(ana, (work) => changeCase(work, number, { status: 'solved' }))
  scene.clock.forward({ days: 3 })
  const later = (await scene.open()).number
  await scene.run(ana, (work) => changeCase(work, later, { status: 'solved' }))
  await jobs['desk.closeSolved']({}, scene.tools('desk.closeSolved'))
  expect(await scene.row(numbers[0]!)).toMatchObject({ status: 'solved' })
  scene.clock.forward({ days: 4, seconds: 1 })
  await Promise.all([1, 2].map(() => jobs['desk.closeSolved']({}, scene.tools('desk.closeSolved'))))
  for (const number of numbers) {
    expect(await scene.row(number)).toMatchObject({ status: 'closed', closed_at: scene.clock.now() })
    expect((await scene.kinds(number)).filter((kind) => kind === 'case.closed')).toHaveLength(1)
  }
  expect((await scene.row(later)).status).toBe('solved')
})

test('what repeats is there to be done', () => {
  for (const { job } of deskRepeating) expect(Object.keys(jobs)).toContain(job)
})
