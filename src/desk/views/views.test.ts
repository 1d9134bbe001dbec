import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor, Work } from '#platform'
import { openScene, refusal, robot, type Scene } from '../testing/scene.ts'
import { askerOf, changeView, copyView, createView, dropView, pinViews, requireView, shareView } from './service.ts'
import { viewsOf } from './store.ts'

let scene: Scene
let [payments, risk]: [string, string] = ['', '']
let [ana, lea, sam, ada]: Actor[] = []
beforeAll(async () => {
  scene = await openScene();
  [payments, risk] = [await scene.team('Payments'), await scene.team('Risk')]
  ana = await scene.agent('Ana', { teamId: payments })
  lea = await scene.agent('Lea', { teamId: payments, role: 'lead' })
  sam = await scene.agent('Sam', { teamId: risk })
  ada = await scene.agent('Ada', { role: 'admin' })
})
afterAll(() => scene.close())

const by = <T>(actor: Actor | undefined, verb: (work: Work) => Promise<T>) => scene.run(actor ?? robot, verb)
const make = (actor: Actor | undefined, name: string) => by(actor, (work) => createView(work, { name, query: 'status:open priority:urgent' }))
const seen = async (actor: Actor | undefined, archived = false) => (await viewsOf(scene.db, askerOf(actor ?? robot), { archived, after: null, limit: 100 })).map(({ name }) => name)
const factsOf = async (id: string) => (await scene.db.selectFrom('event').select('kind').where('subject', '=', `view:${id}`).orderBy('id').execute()).map(({ kind }) => kind)

test('a view is one’s own until it is shared; its facts hold no words', async () => {
  const { id } = await make(lea, 'Lea’s')
  expect([(await seen(lea)).includes('Lea’s'), (await seen(ana)).includes('Lea’s'), (await seen(ada)).includes('Lea’s')]).toEqual([true, false, false])
  expect(await refusal(requireView(scene.db, ana ?? robot, id))).toBe('view.notFound')
  expect(await refusal(by(ada, (work) => changeView(work, id, { name: 'X' })))).toBe('view.notFound')
  await by(lea, (work) => shareView(work, id, { with: 'team' }))
  expect([(await seen(ana)).includes('Lea’s'), (await seen(sam)).includes('Lea’s'), (await seen(ada)).includes('Lea’s')]).toEqual([true, false, true])
  await by(lea, (work) => shareView(work, id, { with: 'all' }))
  expect(await seen(sam)).toContain('Lea’s')
  await by(lea, (work) => shareView(work, id, { with: 'no' }))
  expect(await seen(ana)).not.toContain('Lea’s')
  expect(await factsOf(id)).toEqual(['view.created', 'view.shared', 'view.shared', 'view.shared'])
})

describe('who may', () => {
  test('agents share nothing, leads not with other teams', async () => {
    const own = await make(ana, 'Ana’s')
    expect(await refusal(by(ana, (work) => shareView(work, own.id, { with: 'all' })))).toBe('view.mayNotShare')
    const leas = await make(lea, 'For risk')
    expect(await refusal(by(lea, (work) => shareView(work, leas.id, { with: 'team', team: risk })))).toBe('view.mayNotShare')
    expect(await refusal(by(ada, (work) => createView(work, { name: 'Y', query: '', shared: { with: 'team', team: own.id } })))).toBe('team.notFound')
  })

  test('a shared view is changed by its owner, its team’s lead and administrators', async () => {
    const { id } = await by(ada, (work) => createView(work, { name: 'Ours', query: 'is:unsolved', shared: { with: 'team', team: payments } }))
    expect(await refusal(by(ana, (work) => changeView(work, id, { name: 'Mine' })))).toBe('view.notYours')
    expect(await refusal(by(sam, (work) => changeView(work, id, { name: 'Mine' })))).toBe('view.notFound')
    expect(await by(lea, (work) => changeView(work, id, { name: 'Ours now', columns: ['number', 'due'], grouping: 'queue' }))).toMatchObject({ name: 'Ours now', columns: ['number', 'due'], grouping: 'queue', version: 2 })
    expect(await refusal(by(lea, (work) => changeView(work, id, { name: 'Again' }, 1)))).toBe('version.stale')
  })

  test('what nobody owns is shared', async () => {
    expect(await refusal(make(robot, 'Nobody’s'))).toBe('view.ownerless')
    const { id } = await by(undefined, (work) => createView(work, { name: 'Nobody’s', query: '', shared: { with: 'all' } }))
    expect(await refusal(by(ada, (work) => shareView(work, id, { with: 'no' })))).toBe('view.ownerless')
  })
})

test('a filter that cannot be understood is not saved', async () => {
  expect(await refusal(by(ana, (work) => createView(work, { name: 'Wrong', query: 'status:wrong' })))).toBe('view.queryInvalid')
  const { id } = await make(ana, 'Right')
  expect(await refusal(by(ana, (work) => changeView(work, id, { query: 'before:never' })))).toBe('view.queryInvalid')
})

test('archived views are out of sight, come back, and only they are deleted', async () => {
  const { id } = await make(ana, 'Old')
  expect(await refusal(by(ana, (work) => dropView(work, id)))).toBe('view.notArchived')
  await by(ana, (work) => changeView(work, id, { archived: true }))
  expect([(await seen(ana)).includes('Old'), (await seen(ana, true)).includes('Old')]).toEqual([false, true])
  await by(ana, (work) => changeView(work, id, { archived: false }))
  expect(await seen(ana)).toContain('Old')
  await by(ana, (work) => changeView(work, id, { archived: true }))
  await by(ana, (work) => dropView(work, id))
  expect(await seen(ana, true)).not.toContain('Old')
  expect(await factsOf(id)).toEqual(['view.created', 'view.archived', 'view.restored', 'view.archived', 'view.deleted'])
})

test('pins keep their order, once each, and only of what one sees', async () => {
  const [one, two, hidden] = [await make(sam, 'One'), await make(sam, 'Two'), await make(lea, 'Hidden')]
  expect(await by(sam, (work) => pinViews(work, [two.id, hidden.id, one.id, two.id]))).toEqual([two.id, one.id])
  const pinned = (await viewsOf(scene.db, askerOf(sam ?? robot), { archived: false, after: null, limit: 100 })).filter((view) => view.pinned !== null)
  expect(pinned.map(({ name, pinned: place }) => [name, place])).toEqual([['One', 1], ['Two', 0]])
  expect(await refusal(by(robot, (work) => pinViews(work, [])))).toBe('view.agentsOnly')
})

test('a copy is one’s own, with a name of its own', async () => {
  const { id } = await by(ada, (work) => createView(work, { name: 'Late', query: 'due:overdue', sort: 'due', colour: 'red', icon: 'clock', shared: { with: 'all' } }))
  expect(await by(sam, (work) => copyView(work, id))).toMatchObject({ name: 'Late (copy)', query: 'due:overdue', sort: 'due', colour: 'red', ownerId: sam?.id, shared: 'no' })
  expect(await by(sam, (work) => copyView(work, id))).toMatchObject({ name: 'Late (copy 2)' })
})

test('views by the hundred, page by page by name', async () => {
  for (let nth = 0; nth < 120; nth++) await make(sam, `Many ${String(nth).padStart(3, '0')}`)
  const asker = askerOf(sam ?? robot)
  const first = await viewsOf(scene.db, asker, { archived: false, after: null, limit: 60 })
  const last = first.at(-1)
  const rest = await viewsOf(scene.db, asker, { archived: false, after: last ? { name: last.name.toLowerCase(), id: last.id } : null, limit: 200 })
  const names = [...first, ...rest].map(({ name }) => name.toLowerCase())
  expect(names.length).toBeGreaterThan(120)
  expect(new Set([...first, ...rest].map(({ id }) => id)).size).toBe(names.length)
})
