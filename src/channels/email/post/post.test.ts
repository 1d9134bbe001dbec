import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { authorisation, filesOnDisk, newId, platformPolicy, system, type JobTools } from '#platform'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { openOutgoing, outgoingPolicy, type Outgoing } from '../outgoing/index.ts'
import type { Attempt } from '../outgoing/model.ts'
import { openSink, type Sink } from '../outgoing/testing/sink.ts'
import { decidePost, postPatience } from './model.ts'

let world: World
let sink: Sink
let outgoing: Outgoing
let folder: string
let agentId: string
beforeAll(async () => {
  world = await openWorld({ connections: 8, start: new Date() })
  folder = await mkdtemp(join(tmpdir(), 'meridian-post-'))
  agentId = newId()
  await world.db.insertInto('agent').values({ id: agentId, name: 'Ana', email: 'ana@desk.test' }).execute()
})
afterAll(async () => { await world.close(); await rm(folder, { recursive: true }) })
beforeEach(async () => {
  sink = await openSink()
  outgoing = open(sink.url)
})
afterEach(async () => { outgoing.close(); await sink.close() })

const open = (smtpUrl: string | null, leaseSeconds?: number) => openOutgoing({
  may: authorisation(platformPolicy, outgoingPolicy), files: filesOnDisk(folder), mailDomain: 'desk.test', smtpUrl, settleDelivery: async () => {}, publicUrl: 'https://desk.test',
  times: { connectMs: 2_000, silenceMs: 1_000 }, ...(leaseSeconds ? { leaseSeconds } : {}),
})
const submit = (key: string) => world.perform(system('test'), (work) => outgoing.post.submit(work, { key, agentId, address: 'ana@desk.test', name: 'Ana', subject: 'News\r\nBcc: x@y.test', text: 'Hello.\n\nhttps://desk.test/notices' }))
const tools = (perform = world.perform): JobTools => ({ db: world.db, perform, actor: system('email.post'), attempt: 1, attemptsMax: 12, signal: new AbortController().signal })
const row = (key: string) => world.db.selectFrom('posted_mail').selectAll().where('key', '=', key).executeTakeFirstOrThrow()
const send = async (key: string, given = tools()) => outgoing.jobs['email.post']!({ mail: (await row(key)).id }, given)

test('goes once, to its reader alone, with nothing that answers or lets others in, and says how to end it', async () => {
  const key = newId()
  expect([await submit(key), await submit(key)]).toEqual([true, false])
  await send(key)
  await send(key)
  expect(sink.kept.map(({ from, to }) => [from, to])).toEqual([['', ['ana@desk.test']]])
  const { raw } = sink.kept[0]!
  expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/mi)
  expect(raw).toMatch(/^List-Unsubscribe: <https:\/\/desk\.test\/settings\/notifications>\r$/mi)
  expect(raw).toMatch(/^Subject: News Bcc: x@y\.test\r$/mi)
  expect(raw).not.toMatch(/^Bcc:/mi)
  expect(await row(key)).toMatchObject({ state: 'sent', attempts: 1, local: false, lease: null })
})

test('by two workers at once it goes once', async () => {
  const key = newId()
  await submit(key)
  await Promise.all([send(key), send(key), send(key)])
  expect(sink.kept).toHaveLength(1)
})

test('a server that says later is asked later, one that says never is not', async () => {
  const [later, never] = [newId(), newId()]
  await submit(later)
  await submit(never)
  sink.manner = { data: '451 later' }
  await send(later)
  expect(await row(later)).toMatchObject({ state: 'waiting', problem: expect.stringContaining('451') })
  sink.manner = { recipients: { 'ana@desk.test': '550 5.1.1 nobody' } }
  await send(never)
  expect(await row(never)).toMatchObject({ state: 'failed' })
  sink.manner = 'accept'
  world.clock.forward({ minutes: 2 })
  await send(later)
  expect([(await row(later)).state, sink.kept.length]).toEqual(['sent', 1])
})

test('what may have arrived is not sent again: the server kept it and did not answer, or the program died before that was written down', async () => {
  const [unanswered, killed] = [newId(), newId()]
  await submit(unanswered)
  sink.manner = 'dropAfterKeeping'
  await send(unanswered)
  sink.manner = 'accept'
  await submit(killed)
  outgoing.close()
  outgoing = open(sink.url, 1)
  let calls = 0
  const dying: typeof world.perform = (actor, verb, at) => { calls += 1; if (calls > 1) throw new Error('killed'); return world.perform(actor, verb, at) }
  await expect(send(killed, tools(dying))).rejects.toThrow('killed')
  await new Promise((resolve) => { setTimeout(resolve, 1_100) })
  for (const key of [unanswered, killed]) await send(key)
  expect([...sink.counts().values()]).toEqual([1, 1])
  expect([(await row(unanswered)).state, (await row(killed)).state]).toEqual(['uncertain', 'uncertain'])
})

test('without a server it stays in the house, marked as such; old ones go', async () => {
  const key = newId()
  await submit(key)
  outgoing = open(null)
  await send(key)
  expect(await row(key)).toMatchObject({ state: 'sent', local: true })
  world.clock.forward({ days: 31 })
  await outgoing.jobs['email.postSweep']!({}, tools())
  expect(await world.db.selectFrom('posted_mail').select('id').where('key', '=', key).execute()).toEqual([])
})

describe('after a try', () => {
  const at = new Date(0)
  test.each([
    [{ kind: 'taken', refused: [], response: '250' }, 1, 'sent'], [{ kind: 'unanswered', problem: 'x' }, 1, 'uncertain'], [{ kind: 'broken', problem: 'x' }, 1, 'failed'],
    [{ kind: 'unreached', problem: 'x' }, 1, 'waiting'], [{ kind: 'unreached', problem: 'x' }, postPatience.attemptsMax, 'failed'],
    [{ kind: 'refused', permanent: true, refused: [], response: '554' }, 1, 'failed'], [{ kind: 'refused', permanent: false, refused: [], response: '451' }, 1, 'waiting'],
    [{ kind: 'refused', permanent: false, refused: [{ address: 'a', permanent: true, response: '550' }], response: '550' }, 1, 'failed'],
  ] satisfies [Attempt, number, string][])('%j on try %i: %s', (attempt, attempts, state) => expect(decidePost(attempts, attempt, at).state).toBe(state))
})
