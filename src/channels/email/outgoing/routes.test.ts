import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildServer, openLogger, type Actor } from '#platform'
import { outgoingAudience, type Outgoing } from './index.ts'
import { agent, lead, may, openScene, type Scene } from './testing/scene.ts'

let scene: Scene
let outgoing: Outgoing
let app: FastifyInstance
let first: { id: string; messageId: string }
let second: { id: string }
beforeAll(async () => {
  scene = await openScene()
  outgoing = scene.open()
  const actors: Record<string, Actor> = { agent, lead, analyst: { ...agent, roles: ['analyst'] }, walled: { ...lead, barred: [scene.queueId] } }
  const authenticate = { byToken: async (token: string) => (actors[token] ? { actor: actors[token], sessionId: null } : null), bySession: async () => null }
  app = await buildServer({ routes: outgoing.routes, ground: { db: scene.db, perform: scene.perform, may, authenticate }, publicUrl: 'http://localhost', logger: openLogger('silent') })
  const { sha256 } = await scene.files.put(Buffer.from('a,b\n1,2\n'))
  first = await scene.reply(outgoing, { attachments: [{ sha256, name: 'payouts.csv', type: 'text/csv', size: 8 }] })
  scene.clock.forward({ seconds: 1 })
  second = await scene.reply(outgoing, { to: [{ address: 'bo_chen@other.example', name: '' }] })
  for (const { id } of [first, second]) await scene.send(outgoing, id)
})
afterAll(async () => {
  await app.close()
  await scene.close()
})

const ask = async (method: 'GET' | 'POST' | 'DELETE', url: string, who = 'lead', body?: object) => {
  const answer = await app.inject({ method, url: `/api/v1/${url}`, headers: { authorization: `Bearer ${who}` }, ...(body ? { payload: body } : {}) })
  return { status: answer.statusCode, headers: answer.headers, text: answer.body, json: answer.headers['content-type']?.includes('json') ? JSON.parse(answer.body) : null }
}
const idsOf = (answer: { json: { items: { id: string }[] } }) => answer.json.items.map(({ id }) => id)

describe('the outbox', () => {
  test('lists mails newest first, marked as local, page by page', async () => {
    const page = await ask('GET', 'outbox?limit=1')
    expect(page.json.items).toMatchObject([{ id: second.id, local: true, state: 'sent', caseNumber: scene.caseNumber }])
    const next = await ask('GET', `outbox?limit=1&cursor=${page.json.nextCursor}`)
    expect([idsOf(next), next.json.nextCursor]).toEqual([[first.id], null])
    expect((await ask('GET', 'outbox?cursor=WyJ4IiwieSJd')).json).toMatchObject({ code: 'cursor.invalid' })
  })

  test('finds by address, by its beginning, and by case', async () => {
    expect(idsOf(await ask('GET', 'outbox?q=lee@customer.example'))).toEqual([first.id])
    expect(idsOf(await ask('GET', 'outbox?q=BO_'))).toEqual([second.id])
    expect(idsOf(await ask('GET', 'outbox?q=b%25'))).toEqual([])
    expect(idsOf(await ask('GET', `outbox?q=%23${scene.caseNumber}`))).toHaveLength(2)
    expect(idsOf(await ask('GET', 'outbox?q=1'))).toEqual([])
    expect(idsOf(await ask('GET', 'outbox?local=false'))).toEqual([])
  })

  test('shows a mail as it is read by a mail program', async () => {
    const { json } = await ask('GET', `outbox/${first.id}`)
    expect(json).toMatchObject({ local: true, html: expect.stringContaining('<p>Hello Lee,</p>'), text: expect.stringContaining('it is on its way.'), attachments: [{ name: 'payouts.csv', type: 'text/csv', size: 8 }] })
    expect(json.headers).toContainEqual({ name: 'Message-ID', value: `<${first.messageId}@mail.example.com>` })
  })

  test('gives its source as a file that nothing runs', async () => {
    const { headers, text } = await ask('GET', `outbox/${first.id}/source`)
    expect(headers).toMatchObject({ 'content-type': 'message/rfc822', 'content-disposition': `attachment; filename="case-${scene.caseNumber}.eml"`, 'x-content-type-options': 'nosniff' })
    expect(text).toContain(`Message-ID: <${first.messageId}@mail.example.com>`)
  })

  test('is not for everybody, and shows nothing from behind a wall', async () => {
    expect((await ask('GET', 'outbox', 'analyst')).status).toBe(403)
    expect(idsOf(await ask('GET', 'outbox', 'walled'))).toEqual([])
    for (const url of [`outbox/${first.id}`, `outbox/${first.id}/source`]) expect((await ask('GET', url, 'walled')).status).toBe(404)
  })
})

test('uncertain and failed mails are listed, tried again and decided', async () => {
  await scene.db.updateTable('outgoing_mail').set({ state: 'uncertain', doubts: 1 }).where('id', '=', first.id).execute()
  await scene.db.updateTable('outgoing_mail').set({ state: 'failed', last_error: '554 no' }).where('id', '=', second.id).execute()
  expect(idsOf(await ask('GET', 'outgoing-mails'))).toEqual([second.id, first.id])
  expect(idsOf(await ask('GET', 'outgoing-mails?state=uncertain'))).toEqual([first.id])
  expect((await ask('GET', 'outgoing-mails?state=unheard')).status).toBe(400)
  expect(await ask('POST', `outgoing-mails/${second.id}/retries`, 'agent')).toMatchObject({ status: 201, json: { state: 'waiting' } })
  expect(await ask('POST', `outgoing-mails/${first.id}/settlements`, 'agent', { outcome: 'sent' })).toMatchObject({ status: 201, json: { state: 'sent' } })
  expect(await ask('POST', `outgoing-mails/${first.id}/settlements`, 'agent', { outcome: 'failed' })).toMatchObject({ status: 409, json: { code: 'outgoingMail.notUncertain' } })
  expect((await ask('POST', `outgoing-mails/${first.id}/settlements`, 'agent', { outcome: 'lost' })).status).toBe(400)
})

test('held addresses are listed with their reason, and released by those who may', async () => {
  const { internetId } = await scene.reply(outgoing, { to: [{ address: 'gone@x.example', name: '' }] })
  await scene.perform(lead, (work) => outgoing.recordBounce(work, {
    outcome: 'hard', originalMessageId: internetId, rawMailId: null, at: work.at, recipients: [{ address: 'gone@x.example', status: '5.1.1', diagnostic: 'no such user' }],
  }))
  expect((await ask('GET', 'address-holds', 'agent')).json.items).toMatchObject([{ address: 'gone@x.example', status: '5.1.1', diagnostic: 'no such user', caseNumber: scene.caseNumber }])
  expect((await ask('GET', 'address-holds', 'walled')).json.items).toMatchObject([{ caseNumber: null }])
  expect((await ask('DELETE', 'address-holds/gone%40x.example', 'agent')).status).toBe(403)
  expect((await ask('DELETE', 'address-holds/gone%40x.example')).status).toBe(200)
  expect((await ask('DELETE', 'address-holds/gone%40x.example')).json).toMatchObject({ code: 'addressHold.notFound' })
})

test('facts reach those who may see the outbox and the queue', async () => {
  const audience = await outgoingAudience(scene.db)({
    id: '1', at: new Date(), room: 'channels', kind: 'mail.sent', case: scene.caseNumber, subject: `outgoingMail:${first.id}`, actor: { kind: 'system', id: 'email.send' }, data: {},
  })
  expect(audience).toEqual({ permission: 'outbox.read', space: scene.queueId, refs: [`case:${scene.caseNumber}`, `outgoingMail:${first.id}`, 'outgoing-mails'] })
})
