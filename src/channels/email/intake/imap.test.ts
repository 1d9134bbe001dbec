import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openLogger, type Db } from '#platform'
import type { ImapSettings } from '../mailboxes/model.ts'
import { changeMailbox, createMailbox } from '../mailboxes/service.ts'
import { findMailbox } from '../mailboxes/store.ts'
import { watchImap, type ImapWatch } from './imap.ts'
import { openImapServer, type ImapTestServer } from './testing/imap-server.ts'
import { asSystem, mailOf, openGround, rawMails, until, type Ground } from './testing/ground.ts'

let ground: Ground
let server: ImapTestServer
let breakAt: number | null = null
let mailboxId = ''
beforeAll(async () => { ground = await openGround({ imapLookEverySeconds: 30, imapRetrySecondsMax: 0.05 }) })
afterAll(() => ground.close())

const settings = (): ImapSettings => ({ host: '127.0.0.1', port: server.port, security: 'none', user: 'shop', folder: 'INBOX', markSeen: true })
const setUp = async (password = 'open sesame') => {
  const mailbox = await ground.perform(asSystem, (work) => createMailbox(work, ground.email.secrets, { address: `box${Date.now()}@shop.example`, name: '', queueId: null, standard: false, imap: { ...settings(), password } }))
  mailboxId = mailbox.id
  ground.email.mailboxesChanged()
}
const mail = (subject: string) => mailOf({ Subject: subject, 'Message-ID': `<${subject.replaceAll(' ', '-')}@example.com>` }, 'hello')
const subjects = async () => (await rawMails(ground.db)).map((row) => /Subject: (.*)\r\n/.exec(row.content.toString())?.[1]).sort()
const position = (db: Db) => db.selectFrom('imap_position').selectAll().where('mailbox_id', '=', mailboxId).executeTakeFirst()

beforeEach(async () => {
  breakAt = null
  server = await openImapServer({ user: 'shop', password: 'open sesame', onFetch: (uid, socket) => { if (uid === breakAt) socket.destroy() } })
})
afterEach(async () => {
  const found = await findMailbox(ground.db, mailboxId)
  if (found) await ground.perform(asSystem, (work) => changeMailbox(work, ground.email.secrets, mailboxId, { imap: null }, null))
  ground.email.mailboxesChanged()
  await until(() => server.open() === 0)
  await server.close()
  for (const table of ['imap_taken', 'imap_position', 'raw_mail'] as const) await ground.db.deleteFrom(table).execute()
})

test('takes what nobody has read, then what comes while it idles, each once, and marks it as read', async () => {
  server.deliver(mail('read before'))
  server.folder.mails[0]!.seen = true
  server.deliver(mail('waiting'))
  await setUp()
  await until(async () => (await subjects()).length === 1)
  server.deliver(mail('while idle'))
  await until(async () => (await subjects()).length === 2)
  expect(await subjects()).toEqual(['waiting', 'while idle'])
  await until(() => server.folder.mails.every(({ seen }) => seen))
  await until(async () => (await position(ground.db))?.uid === 3)
  expect((await rawMails(ground.db)).map(({ way, mailbox_id }) => [way, mailbox_id])).toEqual([['imap', mailboxId], ['imap', mailboxId]])
  expect((await ground.db.selectFrom('imap_taken').select('uid').orderBy('uid').execute()).map(({ uid }) => uid)).toEqual([2, 3])
  expect(server.begun()).toBe(1)
  expect((await findMailbox(ground.db, mailboxId))?.imapStatus).toMatchObject({ state: 'connected', problem: null })
})

test('a line that breaks in the middle of a mail, and a server that goes and comes back: nothing lost, nothing twice', async () => {
  for (let index = 1; index <= 6; index++) server.deliver(mail(`mail ${index}`))
  breakAt = 4
  await setUp()
  await until(() => server.begun() >= 3)
  expect((await subjects()).length).toBeLessThanOrEqual(5)
  breakAt = null
  await until(async () => (await subjects()).length === 6)
  server.breakAll()
  server.deliver(mail('mail 7'))
  await until(async () => (await subjects()).length === 7)
  expect(await subjects()).toEqual([1, 2, 3, 4, 5, 6, 7].map((index) => `mail ${index}`))
  expect(await ground.db.selectFrom('event').select('id').where('kind', '=', 'mail.accepted').where('subject', 'in', (await rawMails(ground.db)).map(({ id }) => `rawMail:${id}`)).execute()).toHaveLength(7)
})

test('a fall between taking and saying so: the position is behind, the mark stands, nothing comes twice', async () => {
  for (const subject of ['one', 'two']) server.deliver(mail(subject))
  await setUp()
  await until(async () => (await position(ground.db))?.uid === 2)
  await ground.db.deleteFrom('imap_position').execute()
  for (const kept of server.folder.mails) kept.seen = false
  await ground.db.updateTable('raw_mail').set({ internet_id: '<changed@example.com>' }).execute()
  server.breakAll()
  server.deliver(mail('three'))
  await until(async () => (await position(ground.db))?.uid === 3)
  expect(await subjects()).toEqual(['one', 'three', 'two'])
})

test('a new UIDVALIDITY: the old numbers are forgotten, mails that are here already come in no second time', async () => {
  for (const subject of ['one', 'two', 'three']) server.deliver(mail(subject))
  await setUp()
  await until(async () => (await position(ground.db))?.uid === 3)
  server.folder.mails.shift()
  server.renumber()
  server.deliver(mail('four'))
  server.breakAll()
  await until(async () => (await position(ground.db))?.uid_validity === 1_001 && (await position(ground.db))?.uid === 3)
  expect(await subjects()).toEqual(['four', 'one', 'three', 'two'])
})

test('a mail over the limit is shown as failed with its header, and holds nobody up', async () => {
  server.deliver(`${mail('huge')}${'x'.repeat(1_100_000)}`)
  server.deliver(mail('small'))
  await setUp()
  await until(async () => (await subjects()).length === 2)
  const rows = await rawMails(ground.db)
  expect(rows.find((row) => row.state === 'failed')).toMatchObject({ error: expect.stringMatching(/^The mail has 11\d{5} bytes, the limit is 1000000/) })
  expect(rows.find((row) => row.state === 'failed')!.size).toBeLessThan(500)
})

test('of two instances one reads a mailbox; when it goes, the other takes over', async () => {
  await setUp()
  await until(() => server.open() === 1)
  let second: ImapWatch | null = watchImap({
    db: ground.db, perform: ground.perform, ownerUrl: ground.ownerUrl, metrics: { count: () => {} }, logger: openLogger('silent'), bytesMax: 1_000_000, secrets: ground.email.secrets,
    lookEverySeconds: 30, retrySecondsMax: 0.05,
  })
  try {
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect([server.open(), server.begun()]).toEqual([1, 1])
    await ground.email.stop()
    second.wake()
    await until(() => server.begun() === 2)
    server.deliver(mail('to the second'))
    await until(async () => (await subjects()).length === 1)
  } finally {
    await second.stop()
    second = null
    await ground.email.start()
  }
})

test('a wrong password says so, and a change of settings begins anew', async () => {
  await setUp('wrong')
  await until(async () => (await findMailbox(ground.db, mailboxId))?.imapStatus?.state === 'failed')
  expect((await findMailbox(ground.db, mailboxId))?.imapStatus?.problem).toBe('The server refuses this user name and password')
  await ground.perform(asSystem, (work) => changeMailbox(work, ground.email.secrets, mailboxId, { imap: { ...settings(), password: 'open sesame' } }, null))
  ground.email.mailboxesChanged()
  await until(async () => (await findMailbox(ground.db, mailboxId))?.imapStatus?.state === 'connected')
})
