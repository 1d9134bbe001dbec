import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import type { Outgoing } from './index.ts'
import { agent, openScene, type Scene } from './testing/scene.ts'
import { openSink, type Sink } from './testing/sink.ts'

let scene: Scene
let sink: Sink
let outgoing: Outgoing
beforeAll(async () => { scene = await openScene() })
afterAll(() => scene.close())
beforeEach(async () => {
  sink = await openSink()
  outgoing = scene.open({ smtpUrl: sink.url })
  scene.settled.length = 0
  await scene.db.deleteFrom('address_hold').execute()
})
afterEach(async () => {
  outgoing.close()
  await sink.close()
})
const outcomes = (messageId: string) => scene.settled.filter((one) => one.messageId === messageId).map((one) => one.outcome)
const jobsOf = async (id: string) => (await sql<{ run_at: Date }>`select run_at from graphile_worker.jobs where key = ${`email.send:${id}`}`.execute(scene.db)).rows

describe('a mail', () => {
  test('leaves once, is told once, and a second run of its job does nothing', async () => {
    const { id, messageId, internetId } = await scene.reply(outgoing)
    expect(await jobsOf(id)).toHaveLength(1)
    await scene.send(outgoing, id)
    await scene.send(outgoing, id)
    expect(sink.kept.map((mail) => mail.messageId)).toEqual([internetId])
    expect(sink.kept[0]).toMatchObject({ from: `help+b.${id.replaceAll('-', '')}@example.com`, to: ['lee@customer.example'] })
    expect(await scene.mail(id)).toMatchObject({ state: 'sent', local: false, attempts: 1, response: expect.stringMatching(/^250 /), lease: null, next_at: null })
    expect([outcomes(messageId), await scene.facts(id)]).toEqual([['sent'], ['mail.sent']])
  })

  test('waits for its time, however early its job runs', async () => {
    const { id } = await scene.reply(outgoing, { notBefore: new Date(scene.clock.now().getTime() + 10_000) })
    await scene.send(outgoing, id)
    expect([sink.conversations, (await scene.mail(id)).state, (await jobsOf(id)).length]).toEqual([0, 'waiting', 1])
    scene.clock.forward({ seconds: 11 })
    await scene.send(outgoing, id)
    expect(sink.kept).toHaveLength(1)
  })

  test('refused for now waits and is tried again, until its tries are used up', async () => {
    sink.manner = { data: '451 4.7.0 greylisted' }
    const { id, messageId } = await scene.reply(outgoing)
    await scene.send(outgoing, id)
    expect(await scene.mail(id)).toMatchObject({ state: 'waiting', attempts: 1, last_error: '451 4.7.0 greylisted' })
    await scene.send(outgoing, id)
    expect((await scene.mail(id)).attempts).toBe(1)
    for (let attempt = 2; attempt <= 4; attempt++) {
      scene.clock.forward({ minutes: 11 })
      await scene.send(outgoing, id)
    }
    expect(await scene.mail(id)).toMatchObject({ state: 'failed', attempts: 4, next_at: null })
    expect([outcomes(messageId), await scene.facts(id)]).toEqual([['failed'], ['mail.failed']])
  })

  test('refused for good fails with the server\'s words', async () => {
    sink.manner = { data: '554 5.7.1 looks like spam' }
    const { id, messageId } = await scene.reply(outgoing)
    await scene.send(outgoing, id)
    expect(await scene.mail(id)).toMatchObject({ state: 'failed', last_error: '554 5.7.1 looks like spam', next_at: null })
    expect(outcomes(messageId)).toEqual(['failed'])
  })

  test('with no server there waits', async () => {
    await sink.close()
    const { id } = await scene.reply(outgoing)
    await scene.send(outgoing, id)
    expect(await scene.mail(id)).toMatchObject({ state: 'waiting', doubts: 0 })
    sink = await openSink(sink.port)
    scene.clock.forward({ minutes: 2 })
    await scene.send(outgoing, id)
    expect((await scene.mail(id)).state).toBe('sent')
  })

  test.each(['dropAfterKeeping', 'dropBeforeKeeping', 'stall'] as const)('without an answer (%s) is uncertain, and goes again under the same id', async (manner) => {
    sink.manner = manner
    const { id, messageId, internetId } = await scene.reply(outgoing)
    await scene.send(outgoing, id)
    expect(await scene.mail(id)).toMatchObject({ state: 'uncertain', doubts: 1 })
    expect(await jobsOf(id)).toHaveLength(1)
    sink.manner = 'accept'
    scene.clock.forward({ minutes: 2 })
    await scene.send(outgoing, id)
    expect(await scene.mail(id)).toMatchObject({ state: 'sent', doubts: 0 })
    expect([...sink.counts().keys()]).toEqual([internetId])
    expect([outcomes(messageId), await scene.facts(id)]).toEqual([['uncertain', 'sent'], ['mail.uncertain', 'mail.sent']])
  })

  test('of which nobody knows three times is left to a person', async () => {
    sink.manner = 'dropBeforeKeeping'
    const { id, messageId } = await scene.reply(outgoing)
    for (let attempt = 1; attempt <= 3; attempt++) {
      await scene.send(outgoing, id)
      scene.clock.forward({ minutes: 11 })
    }
    expect(await scene.mail(id)).toMatchObject({ state: 'uncertain', doubts: 3, next_at: null })
    expect(outcomes(messageId)).toEqual(['uncertain'])
  })
})

describe('several recipients', () => {
  const people = { to: [{ address: 'a@x.example', name: 'A' }], cc: [{ address: 'b@x.example', name: 'B', replyToken: 'b7b7b7b7b7b7' }, { address: 'A@X.example', name: 'again', replyToken: 'a2a2a2a2a2a2' }] }

  test('each gets a mail of their own: the same in all but the address that answers come back to, which nobody else learns', async () => {
    const { id, internetId } = await scene.reply(outgoing, people)
    await scene.send(outgoing, id)
    expect(sink.kept.map((mail) => mail.to)).toEqual([['a@x.example'], ['b@x.example']])
    expect(sink.kept.map((mail) => mail.messageId)).toEqual([internetId, internetId])
    const [first, second] = sink.kept.map(({ raw }) => raw)
    expect([first, second].map((raw) => /^Reply-To: (.*)$/m.exec(raw ?? '')?.[1]?.trim())).toEqual(['help+c.k3f9x7m2q8w5@example.com', 'help+c.b7b7b7b7b7b7@example.com'])
    expect([first?.includes('b7b7b7'), second?.includes('k3f9x7'), first?.includes('a2a2a2')]).toEqual([false, false, false])
    expect(second?.replaceAll('b7b7b7b7b7b7', 'k3f9x7m2q8w5').replaceAll('b7b7b7', 'k3f9x7')).toBe(first)
  })

  test('a line that breaks at the second leaves the first noted: only the second is asked again', async () => {
    const { id } = await scene.reply(outgoing, people)
    sink.onKept = () => { sink.manner = 'dropAfterKeeping' }
    await scene.send(outgoing, id)
    sink.onKept = () => {}
    expect(await scene.mail(id)).toMatchObject({ state: 'uncertain', answers: [{ address: 'a@x.example', outcome: 'accepted' }] })
    sink.manner = 'accept'
    scene.clock.forward({ minutes: 2 })
    await scene.send(outgoing, id)
    expect(sink.kept.map((mail) => mail.to[0])).toEqual(['a@x.example', 'b@x.example', 'b@x.example'])
    expect((await scene.mail(id)).state).toBe('sent')
  })

  test('one that is refused first holds up nobody behind', async () => {
    sink.manner = { recipients: { 'a@x.example': '550 5.1.1 no such user' } }
    const { id } = await scene.reply(outgoing, { ...people, to: [{ address: 'a@x.example', name: 'A' }] })
    await scene.send(outgoing, id)
    expect(sink.kept.map((mail) => mail.to)).toEqual([['b@x.example']])
    expect(await scene.mail(id)).toMatchObject({ state: 'sent', answers: [{ address: 'b@x.example', outcome: 'accepted' }, { address: 'a@x.example', outcome: 'refused' }] })
    await scene.db.deleteFrom('address_hold').execute()
  })

  test('who took it is not sent it again; who was busy gets it later', async () => {
    sink.manner = { recipients: { 'b@x.example': '450 4.2.1 busy' } }
    const { id, messageId } = await scene.reply(outgoing, people)
    await scene.send(outgoing, id)
    expect(await scene.mail(id)).toMatchObject({ state: 'waiting', answers: [{ address: 'a@x.example', outcome: 'accepted' }] })
    expect(await scene.perform(agent, (work) => outgoing.delivery.recall(work, messageId))).toBe(false)
    sink.manner = 'accept'
    scene.clock.forward({ minutes: 2 })
    await scene.send(outgoing, id)
    expect(sink.kept.map((mail) => mail.to)).toEqual([['a@x.example'], ['b@x.example']])
    expect([(await scene.mail(id)).state, outcomes(messageId)]).toEqual(['sent', ['sent']])
  })

  test('one that does not exist is noted and held; the others have it', async () => {
    sink.manner = { recipients: { 'b@x.example': '550 5.1.1 no such user' } }
    const { id, messageId } = await scene.reply(outgoing, people)
    await scene.send(outgoing, id)
    expect(await scene.mail(id)).toMatchObject({ state: 'sent', answers: [{ address: 'a@x.example', outcome: 'accepted' }, { address: 'b@x.example', outcome: 'refused', response: '550 5.1.1 no such user' }] })
    expect(scene.settled.find((one) => one.messageId === messageId)).toMatchObject({ outcome: 'sent', detail: { refused: 1 } })
    await expect(scene.reply(outgoing, people)).rejects.toMatchObject({ code: 'address.held', detail: { addresses: ['b@x.example'] } })
  })

  test('an address that comes to be held after the submission is left out', async () => {
    const { id } = await scene.reply(outgoing, people)
    const alone = await scene.reply(outgoing, { to: [{ address: 'b@x.example', name: '' }] })
    await scene.db.insertInto('address_hold').values({ address: 'b@x.example', held_at: new Date() }).execute()
    await scene.send(outgoing, id)
    await scene.send(outgoing, alone.id)
    expect(sink.kept.map((mail) => mail.to)).toEqual([['a@x.example']])
    expect([(await scene.mail(id)).state, (await scene.mail(alone.id)).state]).toEqual(['sent', 'failed'])
  })
})

describe('submitting', () => {
  test.each(['lee', 'lee@x.example\r\nRCPT TO:<eve@x.example>', '<lee@x.example>', 'lee@x.example, eve@x.example'])('refuses what is no address: %j', async (address) => {
    await expect(scene.reply(outgoing, { to: [{ address, name: '' }] })).rejects.toMatchObject({ code: 'address.invalid' })
  })

  test('is for those who may send where the case lies', async () => {
    await expect(scene.reply(outgoing, {}, { ...agent, roles: ['analyst'] })).rejects.toMatchObject({ code: 'mail.notAllowed' })
    await expect(scene.reply(outgoing, {}, { ...agent, barred: [scene.queueId] })).rejects.toMatchObject({ code: 'mail.notAllowed' })
  })

  test('leaves nothing behind when the reply fails', async () => {
    const count = async () => [(await scene.db.selectFrom('outgoing_mail').select('id').execute()).length, (await sql`select id from graphile_worker.jobs`.execute(scene.db)).rows.length]
    const before = await count()
    await expect(scene.perform(agent, async (work) => {
      const { id: caseId } = await work.tx.selectFrom('case').select('id').executeTakeFirstOrThrow()
      const messageId = '01900000-0000-7000-8000-00000000dead'
      await work.tx.insertInto('message').values({ id: messageId, case_id: caseId, direction: 'out', visibility: 'public', author_kind: 'agent', text: '', at: work.at, channel: 'email' }).execute()
      await outgoing.delivery.submit(work, {
        messageId, caseNumber: scene.caseNumber, mailboxId: null, internetId: outgoing.delivery.internetIdFor(messageId), subject: '', text: '', fromName: '', to: [{ address: 'a@x.example', name: '' }],
        cc: [], replyToken: 'k3f9x7m2', inReplyTo: null, references: [], attachments: [], notBefore: work.at,
      })
      throw new Error('something after it')
    })).rejects.toThrow('something after it')
    expect(await count()).toEqual(before)
  })
})

describe('undo', () => {
  test('takes back what has not begun, and nothing else', async () => {
    const { id, messageId } = await scene.reply(outgoing, { notBefore: new Date(scene.clock.now().getTime() + 10_000) })
    const recall = () => scene.perform(agent, (work) => outgoing.delivery.recall(work, messageId))
    expect([await recall(), await recall()]).toEqual([true, false])
    scene.clock.forward({ minutes: 1 })
    await scene.send(outgoing, id)
    expect([sink.conversations, (await scene.mail(id)).state, await scene.facts(id)]).toEqual([0, 'recalled', ['mail.recalled']])
  })

  test('and sending at the same moment: exactly one of them happens', async () => {
    const results = { recalled: 0, sent: 0 }
    for (let round = 0; round < 30; round++) {
      const { id, messageId, internetId } = await scene.reply(outgoing)
      const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
      const [, recalled] = await Promise.all([
        scene.send(outgoing, id), pause(round % 6).then(() => scene.perform(agent, (work) => outgoing.delivery.recall(work, messageId))),
      ])
      expect(sink.counts().get(internetId) ?? 0).toBe(recalled ? 0 : 1)
      results[recalled ? 'recalled' : 'sent']++
    }
    expect(results.recalled + results.sent).toBe(30)
  })
})

describe('several workers', () => {
  test('never send one mail twice', async () => {
    const mails = await Promise.all(Array.from({ length: 12 }, () => scene.reply(outgoing)))
    const other = scene.open({ smtpUrl: sink.url })
    await Promise.all(mails.flatMap(({ id }) => [scene.send(outgoing, id), scene.send(other, id), scene.send(outgoing, id)]))
    other.close()
    expect([...sink.counts().values()].toSorted()).toEqual(mails.map(() => 1))
    expect(new Set(sink.counts().keys())).toEqual(new Set(mails.map((mail) => mail.internetId)))
  })

  test('leave a mail alone that another holds; one whose holder died is uncertain', async () => {
    const { id, messageId } = await scene.reply(outgoing)
    const lease = (until: string) => sql`update outgoing_mail set state = 'sending', attempts = 1, next_at = null, lease = gen_random_uuid(), lease_until = clock_timestamp() + ${until}::interval where id = ${id}`.execute(scene.db)
    await lease('10 seconds')
    await scene.send(outgoing, id)
    expect([(await scene.mail(id)).state, sink.conversations, (await jobsOf(id)).length]).toEqual(['sending', 0, 1])
    await lease('-1 seconds')
    await scene.send(outgoing, id)
    expect(await scene.mail(id)).toMatchObject({ state: 'uncertain', doubts: 1 })
    expect([outcomes(messageId), sink.conversations]).toEqual([['uncertain'], 0])
  })

  test('an answer that comes after its worker was taken for dead still counts', async () => {
    const { id, messageId } = await scene.reply(outgoing)
    let judged: Promise<unknown> = Promise.resolve()
    sink.onKept = () => {
      judged = sql`update outgoing_mail set lease_until = clock_timestamp() - interval '1 second' where id = ${id}`.execute(scene.db).then(() => scene.send(outgoing, id))
    }
    sink.manner = 'accept'
    const slow = scene.open({ smtpUrl: sink.url, settleDelivery: async (work, given) => { scene.settled.push(given); void work } })
    const original = slow.jobs['email.send']!
    const tools = scene.tools()
    await original({ mail: id }, { ...tools, perform: async (actor, verb, at) => { await judged; return tools.perform(actor, verb, at) } })
    slow.close()
    expect(outcomes(messageId)).toEqual(['uncertain', 'sent'])
    expect(await scene.mail(id)).toMatchObject({ state: 'sent', doubts: 0, next_at: null })
    await scene.send(outgoing, id)
    expect(sink.kept).toHaveLength(1)
  })

  test('a worker that cannot renew its lease stops talking', async () => {
    sink.manner = 'stall'
    const short = scene.open({ smtpUrl: sink.url, leaseSeconds: 0.4, times: { connectMs: 2_000, silenceMs: 60_000 } })
    const { id } = await scene.reply(outgoing)
    sink.onKept = () => void sql`update outgoing_mail set lease = gen_random_uuid() where id = ${id}`.execute(scene.db)
    await short.jobs['email.send']!({ mail: id }, scene.tools())
    short.close()
    expect((await scene.mail(id)).state).toBe('sending')
  })

  test('what lost its job is found again', async () => {
    const { id } = await scene.reply(outgoing)
    await sql`select graphile_worker.remove_job(${`email.send:${id}`})`.execute(scene.db)
    await outgoing.jobs['email.sendSweep']!({}, scene.tools())
    expect(await jobsOf(id)).toHaveLength(0)
    scene.clock.forward({ minutes: 2 })
    await outgoing.jobs['email.sendSweep']!({}, scene.tools())
    expect(await jobsOf(id)).toHaveLength(1)
  })
})

test('without SMTP_URL a mail stays in the house and is marked so; one that cannot be made is not called sent', async () => {
  const local = scene.open()
  const { id, messageId } = await scene.reply(local)
  const broken = await scene.reply(local, { attachments: [{ sha256: 'e'.repeat(64), name: 'gone', type: 'text/plain', size: 1 }] })
  await scene.send(local, id)
  await scene.send(local, broken.id)
  expect(await scene.mail(id)).toMatchObject({ state: 'sent', local: true })
  expect(scene.settled.find((one) => one.messageId === messageId)).toMatchObject({ outcome: 'sent', detail: { local: true } })
  expect((await scene.mail(broken.id)).state).toBe('failed')
})
