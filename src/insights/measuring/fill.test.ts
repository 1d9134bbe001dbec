import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '#platform'
import { runSql } from '../../../test/support/cluster.ts'
import { openScene, type Scene } from '../testing/scene.ts'

let scene: Scene
let ana: Actor
let ben: Actor
beforeAll(async () => {
  scene = await openScene()
  ana = await scene.agent('Ana', { teamId: await scene.team('Payments') })
  ben = await scene.agent('Ben')
})
afterAll(() => scene.close())

test('what a loader fills at once is what the program would have made of plain histories', async () => {
  const plain: ((number: number) => Promise<unknown>)[] = [
    async () => {}, (number) => scene.reply(ana, number), (number) => scene.reply(ana, number, { status: 'solved' }), (number) => scene.change(ana, number, { status: 'pending' }),
    async (number) => { await scene.reply(ana, number); scene.clock.forward({ minutes: 40 }); await scene.write(number); scene.clock.forward({ minutes: 5 }); await scene.write(number); scene.clock.forward({ minutes: 20 }); await scene.reply(ben, number, { status: 'solved' }) },
    async (number) => { await scene.reply(ana, number, { status: 'pending' }); scene.clock.forward({ minutes: 9 }); await scene.write(number, { automatic: 'vacation' }); scene.clock.forward({ minutes: 9 }); await scene.reply(ana, number) },
    async (number) => { await scene.change(ana, number, { status: 'solved' }); scene.clock.forward({ days: 9 }); await scene.change(ana, number, { status: 'closed' }) },
    (number) => scene.remove(ana, number, 'spam'),
  ]
  for (const history of plain) {
    const number = await scene.open()
    scene.clock.forward({ minutes: 13 })
    await scene.change(ana, number, { assignee: 'me' })
    scene.clock.forward({ minutes: 7 })
    await history(number)
  }
  await scene.follow()
  const [moments, spans] = [await scene.moments(), await scene.spans()]
  expect(moments.length).toBe(18)
  await scene.db.deleteFrom('measured').execute()
  await scene.db.deleteFrom('measured_backlog').execute()
  await runSql(scene.ownerUrl, 'select fill_measures()')
  expect(await scene.moments()).toEqual(moments)
  expect(await scene.spans()).toEqual(spans)
})
