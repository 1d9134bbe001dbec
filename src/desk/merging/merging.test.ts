import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#platform'
import { snoozeCase } from '../attention/snooze/service.ts'
import { watchCase } from '../attention/watching/service.ts'
import { changeCase } from '../cases/service.ts'
import { closeSolved } from '../cases/close.ts'
import { saveDraft } from '../drafts/service.ts'
import { presentCase } from '../cases/present.ts'
import { mailFrom, openScene, refusal, robot, type Scene } from '../testing/scene.ts'
import { previewMerge, suggestMerges } from './preview.ts'
import { mergeCases } from './service.ts'
import { splitCase, unsplitCase } from './split.ts'
import { unmergeCase } from './unmerge.ts'

let scene: Scene
let ana: Actor
let ben: Actor
let walled: string
beforeAll(async () => {
  scene = await openScene()
  const team = await scene.team('Legal')
  ana = await scene.agent('Ana')
  ben = await scene.agent('Ben')
  walled = await scene.queue('legal', { walled: true, teams: [team] })
})
afterAll(() => scene.close())

const merge = (into: number, from: number, given = {}) => scene.run(ana, (work) => mergeCases(work, into, from, given))
const unmerge = (number: number) => scene.run(ana, (work) => unmergeCase(work, number))
const opened = async (email: string, tags: string[] = []) => (await scene.open({ customer: { email }, tags })).number
const tokenOf = async (number: number, address: string) => (await scene.participants(number)).find((person) => person.address === address)!.reply_token
const texts = async (number: number) => (await scene.messages(number)).map(({ text }) => text)

/** All that a case is to those who work it; versions, instants of change and places go on. */
async function standing(number: number) {
  const { version: _v, updated_at: _u, ...row } = await scene.row(number)
  const people = (await scene.participants(number)).filter(({ dropped_at }) => dropped_at === null).map(({ address, role, reply_token }) => ({ address, role, reply_token }))
  const tags = await scene.db.selectFrom('case_tag').select('tag').where('case_id', '=', row.id).orderBy('tag').execute()
  const drafts = await scene.db.selectFrom('draft').select(['agent_id', 'visibility', 'body']).where('case_id', '=', row.id).orderBy('agent_id').orderBy('visibility').execute()
  const watchers = await scene.db.selectFrom('case_watch').select(['agent_id', 'state']).where('case_id', '=', row.id).orderBy('agent_id').execute()
  const messages = (await scene.messages(number)).map(({ place: _p, ...message }) => message)
  return { row, people, tags, drafts, watchers, messages }
}

describe('merging', () => {
  test('shows both in one, and is taken back as if it had not been', async () => {
    const [a, b] = [await opened('lee@m.test', ['one']), await opened('kim@m.test', ['one', 'two'])]
    await scene.run(ana, (work) => changeCase(work, a, { status: 'pending' }))
    await scene.run(ana, (work) => saveDraft(work, b, { visibility: 'public', body: 'to kim' }))
    await scene.run(ben, (work) => saveDraft(work, a, { visibility: 'note', body: 'in a' }))
    await scene.run(ben, (work) => saveDraft(work, b, { visibility: 'note', body: 'in b' }))
    await scene.run(ben, (work) => watchCase(work, b, 'watching'))
    const before = [await standing(a), await standing(b)]
    const kept = await merge(a, b, { copyPeople: true })
    expect(kept).toMatchObject({ number: a, status: 'open' })
    expect(await scene.messages(a)).toHaveLength(2)
    expect(await scene.messages(b)).toEqual([])
    expect((await scene.participants(a)).map(({ address, role }) => [address, role])).toEqual([['lee@m.test', 'customer'], ['kim@m.test', 'cc']])
    expect((await standing(a)).watchers).toMatchObject([{ agent_id: ben.id }])
    expect((await standing(a)).drafts.map(({ body }) => body).sort()).toEqual(['in a\n\nin b', 'to kim'])
    expect(await scene.row(b)).toMatchObject({ status: 'closed', merged_into: kept.id })
    expect(await scene.kinds(b)).toContain('case.merged')
    await unmerge(b)
    expect([await standing(a), await standing(b)]).toEqual(before)
    expect((await scene.facts(b)).find(({ kind }) => kind === 'case.unmerged')?.data).toMatchObject({ from: a, to: 'new' })
  })

  test('mail to either lands in the kept case, and goes back with the one that it came to', async () => {
    const [a, b] = [await opened('one@m.test'), await opened('two@m.test')]
    const token = await tokenOf(b, 'two@m.test')
    await merge(a, b, { copyPeople: true })
    expect(await scene.receive(mailFrom('two@m.test', { replyTokens: [token], text: 'to b' }))).toMatchObject({ became: 'reply', number: a })
    await scene.run(ana, (work) => scene.reply(work, a, { body: 'to all', visibility: 'public' }))
    expect((await scene.participants(a)).length).toBe(2)
    expect(await scene.receive(mailFrom('two@m.test', { replyTokens: [await tokenOf(a, 'two@m.test')], text: 'by the copy' }))).toMatchObject({ number: a })
    await unmerge(b)
    expect(await texts(b)).toEqual(['Where is it?', 'to b', 'by the copy'])
    expect(await texts(a)).toEqual(['Where is it?', 'to all'])
    expect(await scene.row(b)).toMatchObject({ status: 'new', merged_into: null })
  })

  test('a customer who is kept out of copy is still heard', async () => {
    const [a, b] = [await opened('in@m.test'), await opened('out@m.test')]
    const token = await tokenOf(b, 'out@m.test')
    await merge(a, b)
    expect((await scene.participants(a)).map(({ address }) => address)).toEqual(['in@m.test'])
    expect(await scene.receive(mailFrom('out@m.test', { replyTokens: [token] }))).toMatchObject({ became: 'reply', number: a })
  })

  test('a reply waits for what the merge brought to be seen', async () => {
    const [a, b] = [await opened('s@m.test'), await opened('s@m.test')]
    const [seen] = await scene.messages(a)
    await merge(a, b)
    expect(await refusal(scene.run(ben, (work) => scene.reply(work, a, { body: 'x', visibility: 'public', seenMessageId: seen!.id })))).toBe('reply.unseen')
  })

  test('chains: the inner one waits for the outer one; all come back to where they were', async () => {
    const [a, b, c] = [await opened('c@m.test'), await opened('c@m.test'), await opened('c@m.test')]
    await merge(b, c)
    await merge(a, b)
    const token = await tokenOf(c, 'c@m.test')
    expect(await scene.receive(mailFrom('c@m.test', { replyTokens: [token], text: 'to c' }))).toMatchObject({ number: a })
    expect((await presentCase(scene.db, ana, a)).merges.map(({ number }) => number)).toEqual([b])
    expect(await refusal(unmerge(c))).toBe('merge.inner')
    await unmerge(b)
    expect(await texts(b)).toHaveLength(3)
    await unmerge(c)
    expect(await texts(c)).toEqual(['Where is it?', 'to c'])
    expect(await texts(a)).toHaveLength(1)
  })

  test('what two merged cases have in common stays until the last of them leaves', async () => {
    const [a, b, c] = [await opened('h@m.test'), await opened('x@m.test', ['hot']), await opened('x@m.test', ['hot'])]
    await merge(a, b, { copyPeople: true })
    await merge(a, c, { copyPeople: true })
    await unmerge(b)
    expect([(await standing(a)).people.length, (await standing(a)).tags]).toEqual([2, [{ tag: 'hot' }]])
    await unmerge(c)
    expect([(await standing(a)).people.length, (await standing(a)).tags]).toEqual([1, []])
  })

  test('a customer who waits wakes the case into which they are merged', async () => {
    const [a, b] = [await opened('w@m.test'), await opened('w@m.test')]
    await scene.run(ana, (work) => snoozeCase(work, a, { until: new Date(work.at.getTime() + 3_600_000) }))
    scene.clock.forward({ seconds: 1 })
    await merge(a, b)
    expect(await scene.row(a)).toMatchObject({ snoozed_until: null })
  })

  test('is refused in rings, with itself, behind walls, over stale versions, and once the kept one is closed', async () => {
    const [a, b, hidden] = [await opened('r@m.test'), await opened('r@m.test'), await opened('r@m.test')]
    await scene.run(robot, (work) => changeCase(work, hidden, { queue: walled }))
    expect(await refusal(merge(a, a))).toBe('merge.self')
    const outside = { ...ana, barred: [walled] }
    expect(await refusal(scene.run(outside, (work) => mergeCases(work, a, hidden)))).toBe('case.notFound')
    expect(await refusal(scene.run(outside, (work) => mergeCases(work, hidden, a)))).toBe('case.notFound')
    expect(await refusal(scene.run(ana, (work) => mergeCases(work, a, b, {}, { kept: null, other: 99 })))).toBe('version.stale')
    expect(await refusal(unmerge(a))).toBe('merge.none')
    await merge(a, b)
    expect(await refusal(merge(b, a))).toBe('case.merged')
    expect(await refusal(scene.run(ana, (work) => changeCase(work, b, { status: 'open' })))).toBe('case.merged')
    await scene.run(ana, (work) => changeCase(work, a, { status: 'solved' }))
    await scene.run(robot, (work) => closeSolved(work, -1, 100))
    expect(await refusal(unmerge(b))).toBe('merge.final')
  })

  test('two who merge the same two the other way round: one holds, the other is told', async () => {
    const [a, b] = [await opened('t@m.test'), await opened('t@m.test')]
    const outcomes = await Promise.allSettled([merge(a, b), scene.run(ben, (work) => mergeCases(work, b, a))])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const all = [...(await scene.messages(a)), ...(await scene.messages(b))]
    expect(all).toHaveLength(2)
    expect(new Set(all.map(({ case_id }) => case_id)).size).toBe(1)
  })

  test('a mail that comes while its case is being merged lands in the kept case', async () => {
    const [a, b] = [await opened('race@m.test'), await opened('race@m.test')]
    const token = await tokenOf(b, 'race@m.test')
    await Promise.all([merge(a, b), ...[1, 2, 3].map(() => scene.receive(mailFrom('race@m.test', { replyTokens: [token] })))])
    expect(await scene.messages(a)).toHaveLength(5)
    await unmerge(b)
    expect(await scene.messages(b)).toHaveLength(4)
  })

  test('the preview says what would happen, and warns when one business would read another one’s words', async () => {
    const [a, b] = [await opened('p1@m.test'), await opened('p2@m.test', ['vip'])]
    expect(await previewMerge(scene.db, ana, a, b)).toMatchObject({ messages: 1, tags: ['vip'], warnings: ['accounts'], people: [{ address: 'p2@m.test', there: false }], status: 'new' })
    await scene.run(robot, (work) => changeCase(work, b, { queue: walled }))
    expect((await previewMerge(scene.db, robot, a, b)).warnings).toEqual(['accounts', 'wall'])
    expect(await refusal(previewMerge(scene.db, { ...ana, barred: [walled] }, a, b))).toBe('case.notFound')
  })

  test('suggests other cases of the same customer, the most alike first', async () => {
    const customer = { email: 'sug@m.test' }
    const [a, far, near] = [await scene.open({ customer, subject: 'Payout of November is missing' }), await scene.open({ customer, subject: 'Change of address' }), await scene.open({ customer, subject: 'Missing payout, November' })]
    await scene.run(robot, (work) => changeCase(work, far.number, { queue: walled }))
    expect((await suggestMerges(scene.db, robot, a.number)).map(({ number }) => number)).toEqual([near.number, far.number])
    expect((await suggestMerges(scene.db, { ...ana, barred: [walled] }, a.number)).map(({ number }) => number)).toEqual([near.number])
  })
})

describe('splitting', () => {
  test('takes a message with its sender into a case of its own, and puts it back', async () => {
    const a = await opened('sp@m.test')
    await scene.receive(mailFrom('sp@m.test', { replyTokens: [await tokenOf(a, 'sp@m.test')], text: 'something else', subject: 'Re: Another thing' }))
    const before = await standing(a)
    const message = (await scene.messages(a))[1]!
    const own = await scene.run(ana, (work) => splitCase(work, a, { messages: [message.id] }))
    expect(own).toMatchObject({ subject: 'Another thing', status: 'new' })
    expect(await texts(own.number)).toEqual(['something else'])
    expect((await presentCase(scene.db, ana, a)).links).toMatchObject([{ number: own.number, as: 'related' }])
    await scene.run(ana, (work) => unsplitCase(work, own.number))
    expect((await standing(a)).messages).toEqual(before.messages)
    expect(await scene.row(own.number)).toMatchObject({ status: 'closed' })
    expect(await refusal(unmerge(own.number))).toBe('merge.empty')
    expect(await refusal(scene.run(ana, (work) => unsplitCase(work, own.number)))).toBe('split.done')
  })

  test('leaves something, and takes nothing that has not left yet', async () => {
    const a = await opened('sq@m.test')
    const [only] = await scene.messages(a)
    expect(await refusal(scene.run(ana, (work) => splitCase(work, a, { messages: [only!.id] })))).toBe('split.all')
    const { messageId } = await scene.run(ana, (work) => scene.reply(work, a, { body: 'soon', visibility: 'public' }))
    expect(await refusal(scene.run(ana, (work) => splitCase(work, a, { messages: [messageId] })))).toBe('split.leaving')
  })
})
