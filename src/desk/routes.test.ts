import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId, type Actor } from '#platform'
import { CARD, mailFrom, openScene, type Scene } from './testing/scene.ts'

let scene: Scene
let app: FastifyInstance
let insider: Actor
beforeAll(async () => {
  scene = await openScene()
  const team = await scene.team('Legal')
  await scene.agent('ana')
  await scene.agent('ben')
  insider = await scene.agent('ines', { teamId: team })
  for (const role of ['admin', 'lead', 'analyst', 'planner', 'partner'] as const) await scene.agent(role, { role })
  await scene.queue('legal', { walled: true, teams: [team] })
  app = await scene.server()
})
afterAll(async () => {
  await app.close()
  await scene.close()
})
beforeEach(() => scene.clock.forward({ minutes: 1 }))

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
const ask = (method: Method, url: string, { as = 'ana', body, headers = {} }: { as?: string; body?: unknown; headers?: Record<string, string> } = {}) =>
  app.inject({ method, url: `/api/v1${url}`, headers: { authorization: `Bearer ${as}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
const upload = (number: number, files: { name: string; content: Buffer | string }[], as = 'ana') => {
  const parts = files.flatMap(({ name, content }) => [Buffer.from(`--cut\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/html\r\n\r\n`), Buffer.from(content), Buffer.from('\r\n')])
  return app.inject({ method: 'POST', url: `/api/v1/cases/${number}/attachments`, headers: { authorization: `Bearer ${as}`, 'content-type': 'multipart/form-data; boundary=cut' }, body: Buffer.concat([...parts, Buffer.from('--cut--\r\n')]) })
}
const create = async (given: Record<string, unknown> = {}, as = 'ana') => (await ask('POST', '/cases', { as, body: { subject: 'Payout missing', body: 'Where?', customer: { email: 'lee@x.test', name: 'Lee' }, ...given } })).json()

test('a case is opened, read, changed and answered as the contract says', async () => {
  const made = await ask('POST', '/cases', { body: { subject: 'Payout missing', body: 'Where is it?', customer: { email: 'Lee@X.test', name: 'Lee Chen' }, priority: 'high', tags: ['VIP'] } })
  expect([made.statusCode, made.headers['etag'], made.headers['location']]).toEqual([201, '"1"', `/api/v1/cases/${made.json().number}`])
  const { number } = made.json()
  expect(made.json()).toMatchObject({ status: 'new', priority: 'high', tags: ['vip'], customer: { email: 'lee@x.test' }, snippet: 'Where is it?', unread: true, choices: ['open', 'pending', 'on_hold', 'solved'], seenMessageId: null })
  const got = await ask('GET', `/cases/${number}`)
  expect(got.json()).toEqual(made.json())
  expect((await ask('GET', `/cases/${number}`, { headers: { 'if-none-match': '"1"' } })).statusCode).toBe(304)
  const patched = await ask('PATCH', `/cases/${number}`, { body: { status: 'open' }, headers: { 'if-match': '"1"' } })
  expect([patched.statusCode, patched.headers['etag'], patched.json().status]).toEqual([200, '"2"', 'open'])
  const stale = await ask('PATCH', `/cases/${number}`, { body: { status: 'solved' }, headers: { 'if-match': '"1"' } })
  expect([stale.statusCode, stale.headers['content-type'], stale.json()]).toEqual([412, expect.stringContaining('application/problem+json'), expect.objectContaining({ code: 'version.stale', changed: [expect.objectContaining({ kind: 'case.begun' })] })])
  const { items: [first] } = (await ask('GET', `/cases/${number}/messages`)).json()
  expect(first).toMatchObject({ direction: 'in', visibility: 'public', text: 'Where is it?', html: null, from: { name: 'Lee Chen', address: 'lee@x.test' } })
  const reply = await ask('POST', `/cases/${number}/replies`, { body: { body: 'Soon.', visibility: 'public', seenMessageId: first.id, status: 'pending' } })
  expect([reply.statusCode, reply.json()]).toEqual([201, expect.objectContaining({ direction: 'out', delivery: 'waiting', messageId: expect.stringMatching(/^<.+@desk\.test>$/), case: { number, status: 'pending', version: 3 } })])
  expect((await ask('POST', `/cases/${number}/replies`, { as: 'ben', body: { body: 'Soon!', visibility: 'public', seenMessageId: first.id } })).json()).toMatchObject({ code: 'reply.unseen', newer: [{ text: 'Soon.' }] })
  const back = await ask('DELETE', `/cases/${number}/replies/${reply.json().id}`)
  expect(back.json()).toMatchObject({ case: { status: 'open', replies: 0 }, draft: { body: 'Soon.', seenMessageId: first.id, cc: null } })
  expect((await ask('GET', `/cases/${number}/messages`)).json().items).toHaveLength(1)
  const kinds = (await ask('GET', `/cases/${number}/events`)).json().items.map(({ kind }: { kind: string }) => kind)
  expect(kinds).toEqual(['case.opened', 'message.received', 'tag.added', 'case.begun', 'reply.sent', 'case.pended', 'reply.recalled'])
})

test('the same Idempotency-Key gives the same case, also when both come at once', async () => {
  const body = { subject: 'Once', body: 'x', customer: { email: 'once@x.test' } }
  const headers = { 'idempotency-key': newId() }
  const [one, two] = await Promise.all([ask('POST', '/cases', { body, headers }), ask('POST', '/cases', { body, headers })])
  expect(one.json()).toEqual(two.json())
  expect((await ask('POST', '/cases', { body: { ...body, subject: 'Other' }, headers })).json().code).toBe('idempotency.reused')
})

test.each([
  ['a field too many', { surprise: 1 }, 'additionalProperties'], ['no subject', { subject: '' }, 'minLength'], ['a subject of two lines', { subject: 'a\nb' }, 'pattern'], ['a priority of its own', { priority: 'asap' }, 'enum'],
])('a case with %s is refused, and the field named', async (_what, given, code) => {
  const refused = await ask('POST', '/cases', { body: { subject: 'x', body: 'x', customer: { email: 'a@x.test' }, ...given } })
  expect(refused.statusCode).toBe(400)
  expect(refused.json().errors.map((error: { code: string }) => error.code)).toContain(code)
})

test.each(['cursor=nonsense', `cursor=${Buffer.from('["x","y"]').toString('base64url')}`, `cursor=${Buffer.from(JSON.stringify(['2026-01-01 00:00:00+00', "';drop"])).toString('base64url')}`, 'status=asleep', 'queue=nowhere', 'customer=1', 'sort=best'])('a list asked for by %s is refused, not a fault', async (query) => {
  expect((await ask('GET', `/cases?${query}`)).statusCode).toBe(400)
})

describe('behind the wall of a queue', () => {
  test('everything is there for its team and for administrators, and nothing for anybody else', async () => {
    const { number } = await create({ subject: 'Subpoena whistle', queue: 'legal', customer: { email: 'whistle@legal.test' }, tags: ['sealed'] }, 'ines')
    const sent = (await upload(number, [{ name: 'proof.txt', content: 'proof' }], 'ines')).json().items[0]
    const reply = (await ask('POST', `/cases/${number}/replies`, { as: 'ines', body: { body: 'x', visibility: 'public', attachments: [sent.id] } })).json()
    await ask('POST', `/cases/${number}/replies`, { as: 'ines', body: { body: 'look', visibility: 'note', mentions: [insider.id] } })
    await ask('PUT', `/cases/${number}/drafts/public`, { as: 'ines', body: { body: 'draft' } })
    await scene.db.updateTable('message').set({ delivery: 'failed' }).where('id', '=', reply.id).execute()
    const message = `/cases/${number}/messages/${reply.id}`
    const [reads, changes] = [
      [`/cases/${number}`, `/cases/${number}/messages`, `/cases/${number}/events`, `/cases/${number}/drafts`, `/cases/${number}/drafts/public`, `${message}/html`, `${message}/inline/x`, `/attachments/${sent.id}/content`],
      [['PATCH', `/cases/${number}`, { priority: 'low' }], ['POST', `/cases/${number}/replies`, { body: 'x', visibility: 'note' }], ['DELETE', `/cases/${number}/replies/${reply.id}`], ['POST', `/cases/${number}/handovers`, { to: { queue: 'general' }, note: 'x' }],
        ['PUT', `/cases/${number}/removal`, { as: 'spam' }], ['DELETE', `/cases/${number}/removal`], ['POST', `/cases/${number}/participants`, { email: 'x@x.test' }], ['DELETE', `/cases/${number}/participants/x@x.test`], ['PUT', `/cases/${number}/customer`, { email: 'x@x.test' }],
        ['POST', `/cases/${number}/links`, { other: 1, kind: 'related' }], ['DELETE', `/cases/${number}/links/1`], ['PUT', `/cases/${number}/seen`, { messageId: null }], ['PUT', `/cases/${number}/presence`, { doing: 'viewing' }], ['POST', `${message}/acceptances`],
        ['POST', `${message}/declines`], ['POST', `${message}/detachments`], ['PUT', `/cases/${number}/drafts/note`, { body: 'x' }], ['DELETE', `/cases/${number}/drafts/note`], ['DELETE', `/cases/${number}/attachments/${sent.id}`]] as const,
    ]
    for (const url of reads) expect([url, (await ask('GET', url, { as: 'lead' })).statusCode]).toEqual([url, 404])
    for (const [method, url, body] of changes) expect([method, url, (await ask(method, url, { as: 'lead', body })).statusCode]).toEqual([method, url, 404])
    expect((await upload(number, [{ name: 'x', content: 'x' }], 'lead')).statusCode).toBe(404)
    const lists = ['/cases', '/cases?q=whistle', `/cases?q=${number}`, '/cases?q=whistle@legal', '/search?q=subpoena', `/search?q=${number}`, '/search?q=whistle@legal.test', '/troubled-replies', '/mentions', '/drafts', '/tags?q=sea', '/queues']
    for (const url of lists) {
      const body = (await ask('GET', url, { as: 'lead' })).body
      expect([url, /Subpoena|sealed|legal/.test(body)]).toEqual([url, false])
    }
    for (const as of ['ines', 'admin']) expect((await ask('GET', '/search?q=subpoena', { as })).json().items).toHaveLength(1)
    expect((await ask('GET', '/troubled-replies', { as: 'ines' })).json().items).toMatchObject([{ caseNumber: number, delivery: 'failed' }])
    expect((await ask('GET', '/counts', { as: 'ines' })).json()).toMatchObject({ mentions: 1, drafts: 1, troubled: 1 })
    expect((await ask('GET', '/counts', { as: 'lead' })).json()).toMatchObject({ troubled: 0 })
    expect(Object.values((await ask('GET', '/counts', { as: 'lead' })).json().queues)).not.toContain(0)
    expect((await ask('GET', '/cases?queue=legal', { as: 'lead' })).statusCode).toBe(400)
    for (const url of reads.slice(0, 3)) expect((await ask('GET', url, { as: 'admin' })).statusCode).toBe(200)
  })
})

describe('roles', () => {
  test.each([
    ['GET', '/cases', undefined, ['admin', 'lead', 'ana', 'analyst']], ['GET', '/counts', undefined, ['admin', 'lead', 'ana', 'analyst']], ['GET', '/queues', undefined, ['admin', 'lead', 'ana', 'analyst', 'planner']],
    ['GET', '/drafts', undefined, ['admin', 'lead', 'ana']], ['POST', '/topics', { key: 'x', title: 'X' }, ['admin']], ['POST', '/cases', { subject: 'x', body: 'x', customer: { email: 'role@x.test' } }, ['admin', 'lead', 'ana']],
  ] as const)('%s %s', async (method, url, body, those) => {
    const may: string[] = []
    for (const as of ['admin', 'lead', 'ana', 'analyst', 'planner', 'partner']) if ((await ask(method, url, { as, body })).statusCode < 300) may.push(as)
    expect(may).toEqual([...those])
  })

  test('nobody who is not signed in', async () => {
    expect((await app.inject({ method: 'GET', url: '/api/v1/cases' })).statusCode).toBe(401)
  })
})

describe('files', () => {
  test('are named and typed by us, whatever the sender says, and only ever saved', async () => {
    const { number } = await create()
    const png = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'), Buffer.alloc(60)])
    const made = await upload(number, [{ name: '../../etc/pass\u202Ewd.html', content: '<script>alert(1)</script>' }, { name: 'dot.png', content: png }])
    expect(made.statusCode).toBe(201)
    expect(made.json().items).toMatchObject([{ name: 'passwd.html', type: 'text/plain' }, { name: 'dot.png', type: 'image/png' }])
    const got = await ask('GET', `/attachments/${made.json().items[0].id}/content`)
    expect(got.headers).toMatchObject({ 'content-disposition': `attachment; filename="passwd.html"; filename*=UTF-8''passwd.html`, 'x-content-type-options': 'nosniff', 'content-security-policy': `default-src 'none'; sandbox` })
    expect(got.body).toBe('<script>alert(1)</script>')
    expect((await ask('DELETE', `/cases/${number}/attachments/${made.json().items[0].id}`, { as: 'ben' })).statusCode).toBe(404)
    expect((await ask('DELETE', `/cases/${number}/attachments/${made.json().items[0].id}`)).statusCode).toBe(200)
  })

  test('that are too large are refused while they stream, and what is no upload too', async () => {
    const { number } = await create()
    for (const content of ['x'.repeat(100_001), Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(200_000, 7)])]) expect((await upload(number, [{ name: 'big', content }])).json()).toMatchObject({ code: 'request.tooLarge', status: 413 })
    expect((await upload(number, [])).json().code).toBe('attachment.none')
    expect((await ask('POST', `/cases/${number}/attachments`, { body: {} })).statusCode).toBe(415)
    expect(await scene.db.selectFrom('attachment').innerJoin('case', 'case.id', 'attachment.case_id').select('attachment.id').where('case.number', '=', number).execute()).toEqual([])
  })

  test('of text have their card numbers masked before they rest', async () => {
    const { number } = await create()
    const made = await upload(number, [{ name: `card ${CARD}.txt`, content: `my card is ${CARD}, thanks` }])
    expect(made.json().items[0].name).not.toContain('4242 4242')
    expect((await ask('GET', `/attachments/${made.json().items[0].id}/content`)).body).not.toContain('4242 4242 4242')
  })
})

describe('the HTML of a mail', () => {
  const html = '<p onclick="x()">Hello<script>alert(1)</script><img src="https://track.test/p.gif"><img src="cid:logo"><img src="cid:evil"></p>'
  const put = async () => {
    const { sha256, size } = await scene.files.put(Buffer.from('89504e470d0a1a0a', 'hex'))
    const part = (contentId: string, type: string) => ({ sha256, size, name: contentId, type, inline: true, contentId })
    return scene.receive(mailFrom('html@x.test', { html, attachments: [part('logo', 'image/png'), part('evil', 'image/svg+xml')] }))
  }

  test('is a document under a policy of its own: framed by us, running nothing, fetching nothing', async () => {
    const { number, messageId } = await put()
    const shown = await ask('GET', `/cases/${number}/messages/${messageId}/html`)
    const policy = String(shown.headers['content-security-policy'])
    expect(shown.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(policy).toContain(`frame-ancestors 'self'`)
    expect(policy).toMatch(/sandbox allow-popups allow-popups-to-escape-sandbox$/)
    expect(policy).not.toMatch(/script-src|https:|allow-scripts|allow-same-origin/)
    expect(shown.body).not.toMatch(/<script|onclick|\ssrc="https/)
    expect(shown.body).toContain('src="data:image/png;base64,')
    expect(shown.body).not.toContain('image/svg')
    const images = await ask('GET', `/cases/${number}/messages/${messageId}/html?images=1`)
    expect(images.body).toContain('src="https://track.test/p.gif"')
    expect(String(images.headers['content-security-policy'])).toContain('img-src data: https: http:')
  })

  test('is cleaned in the list of messages too, and its pictures are shown only when they are harmless', async () => {
    const { number, messageId } = await put()
    const { html: cleaned } = (await ask('GET', `/cases/${number}/messages`)).json().items[0]
    expect(cleaned).not.toMatch(/<script|onclick|\ssrc="https/)
    expect(cleaned).toContain(`/api/v1/cases/${number}/messages/${messageId}/inline/logo`)
    expect((await ask('GET', `/cases/${number}/messages/${messageId}/inline/logo`)).headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' })
    expect((await ask('GET', `/cases/${number}/messages/${messageId}/inline/evil`)).statusCode).toBe(404)
    const other = await create()
    expect((await ask('GET', `/cases/${other.number}/messages/${messageId}/html`)).statusCode).toBe(404)
  })
})

test('drafts: seen by colleagues, saved over the version seen, not brought back by a late save', async () => {
  const { number } = await create()
  const url = `/cases/${number}/drafts/public`
  expect((await ask('GET', url)).json().code).toBe('draft.notFound')
  const file = (await upload(number, [{ name: 'a.txt', content: 'a' }])).json().items[0]
  const saved = await ask('PUT', url, { body: { body: 'Dear Lee', cc: [], attachments: [file.id] } })
  expect([saved.headers['etag'], saved.json()]).toEqual(['"1"', expect.objectContaining({ body: 'Dear Lee', cc: [], attachments: [expect.objectContaining({ id: file.id })], case: { number, subject: 'Payout missing' } })])
  expect((await ask('PUT', url, { body: { body: 'Dear Lee,' }, headers: { 'if-match': '"1"' } })).json()).toMatchObject({ version: 2, attachments: [{ id: file.id }] })
  expect((await ask('PUT', url, { body: { body: 'other window' }, headers: { 'if-match': '"1"' } })).statusCode).toBe(412)
  expect((await ask('GET', `/cases/${number}/drafts`, { as: 'ben' })).json().items).toMatchObject([{ agent: { name: 'ana' }, body: 'Dear Lee,' }])
  expect((await ask('GET', '/drafts')).json().items.map((draft: { body: string }) => draft.body)).toContain('Dear Lee,')
  await ask('POST', `/cases/${number}/replies`, { body: { body: 'Dear Lee, done', visibility: 'public', attachments: [file.id] } })
  expect((await ask('PUT', url, { body: { body: 'late save' }, headers: { 'if-match': '"2"' } })).json().code).toBe('draft.stale')
  expect((await ask('GET', url)).statusCode).toBe(404)
})

test('who is in a case, and who has seen what', async () => {
  const { number } = await create()
  const { items: [message] } = (await ask('GET', `/cases/${number}/messages`)).json()
  expect((await ask('PUT', `/cases/${number}/presence`, { body: { doing: 'writing' } })).json()).toEqual({ people: [] })
  expect((await ask('PUT', `/cases/${number}/presence`, { as: 'ben', body: { doing: 'viewing' } })).json()).toMatchObject({ people: [{ name: 'ana', doing: 'writing' }] })
  await ask('PUT', `/cases/${number}/seen`, { body: { messageId: message.id } })
  expect((await ask('GET', `/cases/${number}`)).json()).toMatchObject({ seenMessageId: message.id, unread: false })
  expect((await ask('GET', `/cases/${number}`, { as: 'ben' })).json()).toMatchObject({ seenMessageId: null, unread: true })
})

test('a queue and a topic are changed against the version that was seen', async () => {
  const made = (await ask('POST', '/queues', { as: 'admin', body: { key: 'versions', name: 'Versions' } })).json()
  const change = (body: object, match: string) => ask('PATCH', `/queues/${made.id}`, { as: 'admin', body, headers: { 'if-match': match } })
  const first = await change({ name: 'Once' }, `"${made.version}"`)
  expect([first.statusCode, first.headers['etag'], first.json().version]).toEqual([200, `"${made.version + 1}"`, made.version + 1])
  expect((await change({ name: 'Late' }, `"${made.version}"`)).json()).toMatchObject({ status: 412, code: 'version.stale', version: made.version + 1 })
  expect((await change({ name: 'Whatever' }, '*')).statusCode).toBe(200)
  await ask('POST', '/topics', { as: 'admin', body: { key: 'versions', title: 'Versions' } })
  const topic = (title: string) => ask('PATCH', '/topics/versions', { as: 'admin', body: { title }, headers: { 'if-match': '"1"' } })
  expect([(await topic('Once')).statusCode, (await topic('Late')).statusCode]).toEqual([200, 412])
})
