import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { authorisation, buildServer, newId, openLogger, platformPolicy, type Actor, type Role } from '#platform'
import { openImapServer, type ImapTestServer } from './email/intake/testing/imap-server.ts'
import { mailOf, openGround, rawMails, type Ground } from './email/intake/testing/ground.ts'
import { incomingRoutes } from './email/routes.ts'
import { channelsPolicy } from './policy.ts'

let ground: Ground
let app: FastifyInstance
let imap: ImapTestServer
const barred: string[] = []

const actorOf = (role: Role): Actor => ({ kind: 'token', id: role, name: role, roles: [role], teamId: null, barred: role === 'admin' ? [] : barred })
const isRole = (word: string): word is Role => ['admin', 'lead', 'agent', 'analyst', 'planner', 'partner'].includes(word)
beforeAll(async () => {
  ground = await openGround({ breaker: { mailsMax: 2, sameSubjectMax: 2, minutes: 10 } })
  imap = await openImapServer({ user: 'shop', password: 'open sesame' })
  const authenticate = { byToken: async (token: string) => (isRole(token) ? { actor: actorOf(token), sessionId: null } : null), bySession: async () => null }
  app = await buildServer({
    routes: incomingRoutes(ground.email), publicUrl: 'http://localhost', logger: openLogger('silent'), bodyBytesMax: 1_000,
    ground: { db: ground.db, perform: ground.perform, may: authorisation(platformPolicy, channelsPolicy), authenticate },
  })
})
afterAll(async () => {
  await app.close()
  await imap.close()
  await ground.close()
})

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'
const ask = (method: Method, url: string, { as = 'admin', body, headers = {} }: { as?: string; body?: unknown; headers?: Record<string, string> } = {}) =>
  app.inject({ method, url, headers: { authorization: `Bearer ${as}`, ...headers }, ...(body === undefined ? {} : typeof body === 'string' ? { body } : { body: JSON.stringify(body), headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json', ...headers } }) })
const post = (raw: string, query = '', as = 'admin') => ask('POST', `/api/v1/inbound/mime${query}`, { as, body: raw, headers: { 'content-type': 'message/rfc822' } })

test('a raw mail by HTTP: accepted, the same again a duplicate, too large, empty, of the wrong type, without the right', async () => {
  const raw = mailOf({ Subject: 'by http', 'Message-ID': '<http@example.com>' }, 'x'.repeat(5_000))
  const first = await post(raw, '?mailbox=anybody@example.com')
  expect([first.statusCode, first.json()]).toEqual([202, { rawMailId: expect.any(String), duplicate: false }])
  const again = await post(raw, '?mailbox=anybody@example.com')
  expect(again.json()).toEqual({ rawMailId: first.json().rawMailId, duplicate: true })
  expect((await post(`${raw}${'x'.repeat(1_000_000)}`)).statusCode).toBe(413)
  expect((await post('')).json().code).toMatch(/mail.empty|request.unsupportedType/)
  expect((await ask('POST', '/api/v1/inbound/mime', { body: { raw } })).statusCode).toBe(415)
  expect((await post(raw, '', 'planner')).statusCode).toBe(403)
  expect((await rawMails(ground.db)).filter(({ way }) => way === 'http')).toHaveLength(1)
})

test('mailboxes: set up, read, changed against the version seen, put away', async () => {
  const made = await ask('POST', '/api/v1/mailboxes', { body: { address: 'Help@Shop.example', name: 'Help', imap: { host: '127.0.0.1', port: imap.port, security: 'none', user: 'shop', password: 'open sesame' } } })
  expect([made.statusCode, made.headers['etag']]).toEqual([201, '"1"'])
  expect(made.json()).toMatchObject({ address: 'help@shop.example', standard: false, imap: { host: '127.0.0.1', folder: 'INBOX', markSeen: true } })
  expect(made.body).not.toContain('open sesame')
  const { id } = made.json()
  expect((await ask('POST', '/api/v1/mailboxes', { body: { address: 'help@shop.example' } })).json()).toMatchObject({ code: 'mailbox.addressTaken', status: 409 })
  expect((await ask('POST', '/api/v1/mailboxes', { body: { address: 'x@shop.example', queueId: newId() } })).json().code).toBe('mailbox.queueUnknown')
  expect((await ask('POST', '/api/v1/mailboxes', { body: { address: 'no address' } })).statusCode).toBe(400)
  expect((await ask('POST', '/api/v1/mailboxes', { as: 'lead', body: { address: 'y@shop.example' } })).statusCode).toBe(403)
  const probe = await ask('POST', `/api/v1/mailboxes/${id}/tests`)
  expect(probe.json()).toMatchObject({ imap: { works: true, says: expect.stringContaining('Signed in') }, smtp: { works: true } })
  const changed = await ask('PATCH', `/api/v1/mailboxes/${id}`, { body: { name: 'Helpdesk' }, headers: { 'if-match': '"1"' } })
  for (const elsewhere of [{ host: '127.0.0.2' }, { port: imap.port + 1 }, { security: 'starttls' }]) {
    const moved = await ask('PATCH', `/api/v1/mailboxes/${id}`, { body: { imap: { host: '127.0.0.1', port: imap.port, security: 'none', user: 'shop', ...elsewhere } } })
    expect([moved.statusCode, moved.json().code]).toEqual([422, 'mailbox.passwordNeeded'])
  }
  expect(changed.json()).toMatchObject({ name: 'Helpdesk', version: 2, imap: { user: 'shop' } })
  expect((await ask('PATCH', `/api/v1/mailboxes/${id}`, { body: { name: 'late' }, headers: { 'if-match': '"1"' } })).statusCode).toBe(412)
  expect((await post(mailOf({}, 'x'), '?mailbox=unknown@shop.example')).json().code).toBe('mailbox.notFound')
  expect((await ask('DELETE', `/api/v1/mailboxes/${id}`)).statusCode).toBe(200)
  expect((await ask('GET', `/api/v1/mailboxes/${id}`)).json().code).toBe('mailbox.notFound')
  const reborn = await ask('POST', '/api/v1/mailboxes', { body: { address: 'help@shop.example', standard: true } })
  expect(reborn.statusCode).toBe(201)
  const list: { address: string; standard: boolean }[] = (await ask('GET', '/api/v1/mailboxes', { as: 'agent' })).json().items
  expect(list.map(({ address, standard }) => [address, standard])).toEqual([['help@shop.example', true], ['support@meridian.test', false]])
  expect((await ask('DELETE', `/api/v1/mailboxes/${reborn.json().id}`)).json().code).toBe('mailbox.standardNeeded')
})

test('raw mails: listed by state with sender and subject, downloaded as a file, replayed', async () => {
  ground.desk.fail = (incoming) => { if (incoming.subject === 'Grüße') throw new Error('poison') }
  const { rawMailId } = (await post(mailOf({ From: '=?utf-8?Q?J=C3=B6rg?= <joerg@example.com>', Subject: '=?iso-8859-1?Q?Gr=FC=DFe?=' }, 'hello <script>'))).json()
  await ground.workOff()
  const failed = (await ask('GET', '/api/v1/raw-mails?state=failed', { as: 'lead' })).json()
  expect(failed.items).toEqual([expect.objectContaining({ id: rawMailId, state: 'failed', from: 'Jörg <joerg@example.com>', subject: 'Grüße', error: 'Error: poison', way: 'http', case: null })])
  const file = await ask('GET', `/api/v1/raw-mails/${rawMailId}/content`, { as: 'lead' })
  expect(file.headers).toMatchObject({ 'content-type': 'message/rfc822', 'x-content-type-options': 'nosniff', 'content-disposition': `attachment; filename="${rawMailId}.eml"` })
  expect(file.body).toContain('hello <script>')
  expect((await ask('GET', `/api/v1/raw-mails/${rawMailId}/content`, { as: 'agent' })).statusCode).toBe(403)
  ground.desk.fail = null
  expect((await ask('POST', `/api/v1/raw-mails/${rawMailId}/replays`, { as: 'lead' })).statusCode).toBe(201)
  await ground.workOff()
  expect((await ask('GET', `/api/v1/raw-mails/${rawMailId}`)).json()).toMatchObject({ state: 'done', became: 'case', case: expect.any(Number), error: null })
  expect((await ask('POST', `/api/v1/raw-mails/${rawMailId}/replays`)).json().code).toBe('rawMail.settled')
  expect((await ask('GET', `/api/v1/raw-mails/${newId()}`)).json().code).toBe('rawMail.notFound')
  expect((await ask('GET', '/api/v1/raw-mails?state=nonsense')).statusCode).toBe(400)
})

test('the list goes on where it stopped', async () => {
  for (let index = 0; index < 5; index++) await post(mailOf({ From: `p${index}@example.com`, Subject: `page ${index}` }, 'x'))
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: { id: string }[]; nextCursor: string | null } = (await ask('GET', `/api/v1/raw-mails?limit=2${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`)).json()
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  }
  expect(seen).toHaveLength(new Set(seen).size)
  expect(seen).toHaveLength((await rawMails(ground.db)).length)
})

test('mail behind a wall is not there for those outside', async () => {
  const queue = await ground.db.insertInto('queue').values({ id: newId(), key: 'walled', name: 'Walled', walled: true }).returning('id').executeTakeFirstOrThrow()
  await ask('POST', '/api/v1/mailboxes', { body: { address: 'legal@shop.example', queueId: queue.id } })
  const { rawMailId } = (await post(mailOf({ Subject: 'secret' }, 'x'), '?mailbox=legal@shop.example')).json()
  barred.push(queue.id)
  expect((await ask('GET', `/api/v1/raw-mails/${rawMailId}`, { as: 'lead' })).statusCode).toBe(404)
  expect((await ask('GET', `/api/v1/raw-mails/${rawMailId}/content`, { as: 'lead' })).statusCode).toBe(404)
  expect((await ask('POST', `/api/v1/raw-mails/${rawMailId}/replays`, { as: 'lead' })).statusCode).toBe(404)
  expect((await ask('GET', '/api/v1/raw-mails', { as: 'lead' })).body).not.toContain(rawMailId)
  expect((await ask('GET', `/api/v1/raw-mails/${rawMailId}`)).statusCode).toBe(200)
  for (let index = 0; index < 4; index++) await post(mailOf({ From: 'whistle@example.com', Subject: `wall ${index}` }, 'x'), '?mailbox=legal@shop.example')
  await ground.workOff()
  expect((await ask('GET', '/api/v1/quarantine', { as: 'lead' })).body).not.toContain('whistle@example.com')
  expect((await ask('GET', '/api/v1/quarantine')).body).toContain('whistle@example.com')
  for (const verb of ['releases', 'discards']) expect((await ask('POST', `/api/v1/quarantine/whistle@example.com/${verb}`, { as: 'lead' })).json().code).toBe('quarantine.notFound')
  await post(mailOf({ From: 'whistle@example.com', Subject: 'to all' }, 'x'))
  await ground.workOff()
  expect((await ask('POST', '/api/v1/quarantine/whistle@example.com/discards', { as: 'lead' })).json()).toEqual({ mails: 1 })
  expect((await ask('POST', '/api/v1/quarantine/whistle@example.com/discards')).json()).toEqual({ mails: 2 })
  barred.length = 0
})

test('the quarantine: seen by agents, opened by leads', async () => {
  for (let index = 0; index < 4; index++) await post(mailOf({ From: 'a+b/c@example.com', Subject: `flood ${index}` }, 'x'))
  await ground.workOff()
  const held = await ask('GET', '/api/v1/quarantine', { as: 'agent' })
  expect(held.json().items).toEqual([expect.objectContaining({ sender: 'a+b/c@example.com', mails: 2, reason: 'mails' })])
  const address = `/api/v1/quarantine/${encodeURIComponent('a+b/c@example.com')}`
  expect((await ask('POST', `${address}/releases`, { as: 'agent' })).statusCode).toBe(403)
  expect((await ask('POST', `${address}/releases`, { as: 'lead' })).json()).toEqual({ mails: 2 })
  await ground.workOff()
  expect((await ask('GET', '/api/v1/raw-mails?state=quarantined')).json().items).toEqual([])
  expect((await ask('POST', `${address}/discards`)).json().code).toBe('quarantine.notFound')
})
