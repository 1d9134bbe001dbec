import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { runSql } from '../../../../test/support/cluster.ts'
import { createMailbox } from '../mailboxes/service.ts'
import { certificate, certificateKey } from './testing/certificate.ts'
import { asSystem, mailOf, openGround, rawMails, until, type Ground } from './testing/ground.ts'
import { talkSmtp } from './testing/smtp-client.ts'

let ground: Ground
beforeAll(async () => { ground = await openGround() })
afterAll(() => ground.close())
beforeEach(async () => {
  await ground.db.deleteFrom('raw_mail').execute()
  await ground.db.deleteFrom('mailbox').where('made_by_program', '=', false).execute()
  ground.email.mailboxes.forget()
})

const setUp = async (...addresses: string[]) => {
  for (const address of addresses) await ground.perform(asSystem, (work) => createMailbox(work, ground.email.secrets, { address, name: '', queueId: null, standard: false, imap: null }))
  ground.email.mailboxes.forget()
}
const talk = () => talkSmtp(ground.smtpPort)
/** Greets and names sender and recipients; what is left is DATA. */
const begin = async (to = ['support@meridian.test'], from = 'ana@example.com') => {
  const smtp = await talk()
  await smtp.ask('EHLO client.example.com')
  await smtp.ask(`MAIL FROM:<${from}>`)
  for (const recipient of to) await smtp.ask(`RCPT TO:<${recipient}>`)
  return smtp
}

test('a mail program delivers; 250 means that the row and its job are there', async () => {
  const transport = createTransport({ host: '127.0.0.1', port: ground.smtpPort, ignoreTLS: true })
  const sent = await transport.sendMail({ from: 'Ana <ana@example.com>', to: 'anybody@anywhere.example', subject: 'Grüße', text: 'hello', messageId: '<one@example.com>' })
  expect(sent.response).toMatch(/^250 .*taken in as [0-9a-f-]{36}$/)
  const [row] = await rawMails(ground.db)
  expect(row).toMatchObject({ way: 'smtp', envelope_from: 'ana@example.com', envelope_to: ['anybody@anywhere.example'], internet_id: '<one@example.com>', state: 'received', masked_cards: 0 })
  const { rows } = await sql`select payload from graphile_worker._private_jobs where payload ->> 'rawMailId' = ${row?.id}`.execute(ground.db)
  expect(rows).toHaveLength(1)
  const facts = await ground.db.selectFrom('event').select(['kind', 'data']).where('subject', '=', `rawMail:${row?.id}`).execute()
  expect(facts).toEqual([{ kind: 'mail.accepted', data: { way: 'smtp', mailbox: row?.mailbox_id, bytes: row?.size } }])
  transport.close()
})

test('what the server says that it can', async () => {
  const smtp = await talk()
  const greeting = await smtp.ask('EHLO client.example.com')
  expect(greeting).toContain('SIZE 1000000')
  for (const feature of ['PIPELINING', '8BITMIME', 'SMTPUTF8']) expect(greeting).toContain(feature)
  expect(greeting).not.toMatch(/AUTH|STARTTLS|VRFY/)
  expect(await smtp.ask('AUTH PLAIN AGEAYg==')).toMatch(/^50[02]/)
  smtp.end()
})

test('the same mail again gives nothing, also when many deliver it at once', async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, async (_, hop) => {
    const smtp = await begin()
    await smtp.ask('DATA')
    smtp.write(`Received: by hop ${hop}\r\nX-Scanned: ${hop}\r\n${mailOf({ 'Message-ID': '<same@example.com>', Subject: 'same' }, 'hello')}.\r\n`)
    const answer = await smtp.reply()
    smtp.end()
    return answer
  }))
  expect(answers.every((answer) => answer.startsWith('250'))).toBe(true)
  expect(answers.filter((answer) => answer.includes('taken in'))).toHaveLength(1)
  expect(new Set(answers.map((answer) => answer.split(' as ')[1])).size).toBe(1)
  expect(await rawMails(ground.db)).toHaveLength(1)
})

test('another body under the same Message-ID is another mail', async () => {
  for (const body of ['one', 'two']) {
    const smtp = await begin()
    await smtp.ask('DATA')
    smtp.write(`${mailOf({ 'Message-ID': '<same@example.com>' }, body)}.\r\n`)
    expect(await smtp.reply()).toContain('taken in')
    smtp.end()
  }
  expect(await rawMails(ground.db)).toHaveLength(2)
})

test('mailboxes: any address until one is set up, then 550 for the unknown, one row for each mailbox', async () => {
  const before = await begin(['who@knows.example'])
  before.end()
  await setUp('help@shop.example', 'billing@shop.example')
  const smtp = await begin([])
  expect(await smtp.ask('RCPT TO:<who@knows.example>')).toMatch(/^550 5\.1\.1 /)
  for (const known of ['HELP@shop.example', 'help+c.k3f9qz7h2m@shop.example', 'billing+anything@shop.example', 'support@meridian.test']) expect(await smtp.ask(`RCPT TO:<${known}>`)).toMatch(/^250/)
  await smtp.ask('DATA')
  smtp.write(`${mailOf({ Subject: 'for three' }, 'hello')}.\r\n`)
  expect(await smtp.reply()).toMatch(/^250/)
  const rows = await rawMails(ground.db)
  expect(rows.map((row) => row.envelope_to).sort()).toEqual([['HELP@shop.example', 'help+c.k3f9qz7h2m@shop.example'], ['billing+anything@shop.example'], ['support@meridian.test']])
  expect(new Set(rows.map((row) => row.mailbox_id)).size).toBe(3)
  smtp.end()
})

test('LMTP answers for each recipient', async () => {
  await setUp('help@shop.example')
  const lmtp = await talkSmtp(ground.lmtpPort)
  expect(await lmtp.ask('EHLO client')).toMatch(/^500/)
  await lmtp.ask('LHLO client')
  await lmtp.ask('MAIL FROM:<>')
  expect(await lmtp.ask('RCPT TO:<help@shop.example>')).toMatch(/^250/)
  expect(await lmtp.ask('RCPT TO:<nobody@shop.example>')).toMatch(/^550/)
  expect(await lmtp.ask('RCPT TO:<support@meridian.test>')).toMatch(/^250/)
  await lmtp.ask('DATA')
  lmtp.write(`${mailOf({ Subject: 'lmtp' }, 'hello')}.\r\n`)
  const [first, second] = [await lmtp.reply(), await lmtp.reply()]
  expect([first, second].every((answer) => answer.startsWith('250'))).toBe(true)
  expect(first.split(' as ')[1]).not.toBe(second.split(' as ')[1])
  expect((await rawMails(ground.db)).map(({ way, envelope_from }) => [way, envelope_from])).toEqual([['lmtp', ''], ['lmtp', '']])
  lmtp.end()
})

test('too large: refused at MAIL FROM when it is said, and after the data when it is not; nothing of it stays', async () => {
  const said = await talk()
  await said.ask('EHLO client')
  expect(await said.ask('MAIL FROM:<a@example.com> SIZE=1000001')).toMatch(/^552 /)
  said.end()
  for (const listen of [begin, async () => {
    const lmtp = await talkSmtp(ground.lmtpPort)
    for (const line of ['LHLO client', 'MAIL FROM:<a@example.com>', 'RCPT TO:<support@meridian.test>']) await lmtp.ask(line)
    return lmtp
  }]) {
    const smtp = await listen()
    await smtp.ask('DATA')
    for (let sent = 0; sent < 1_100_000; sent += 10_000) smtp.write(`${'x'.repeat(998)}\r\n`.repeat(10))
    smtp.write('\r\n.\r\n')
    expect(await smtp.reply()).toMatch(/^552 5\.3\.4 .*1000000/)
    expect(await smtp.ask('RSET')).toMatch(/^250/)
    smtp.end()
  }
  expect(await rawMails(ground.db)).toEqual([])
})

test.each([
  ['bare line feeds around the dot', 'a\n.\nMAIL FROM:<evil@example.com>\nRCPT TO:<support@meridian.test>\nDATA\nsmuggled\n.\n'],
  ['a line feed before, a full end after', 'a\n.\r\nMAIL FROM:<evil@example.com>\r\nRCPT TO:<support@meridian.test>\r\nDATA\r\nSubject: smuggled\r\n\r\nx\n.\r\n'],
  ['a carriage return alone', 'a\r.\rMAIL FROM:<evil@example.com>\rDATA\rsmuggled\r.\r'],
  ['a full end before, a line feed after', 'a\r\n.\nMAIL FROM:<evil@example.com>\nDATA\nsmuggled\n'],
])('a second mail cannot be smuggled in: %s', async (_name, body) => {
  const smtp = await begin()
  await smtp.ask('DATA')
  smtp.write(`Subject: outer\r\n\r\n${body}\r\n.\r\n`)
  expect(await smtp.reply()).toMatch(/^250/)
  expect(await smtp.ask('NOOP')).toMatch(/^250/)
  const rows = await rawMails(ground.db)
  expect(rows).toHaveLength(1)
  expect(rows[0]?.envelope_from).toBe('ana@example.com')
  expect(rows[0]?.content.toString('latin1')).toContain('evil@example.com')
  smtp.end()
})

test('dots at the beginning of lines come through as they were written', async () => {
  const smtp = await begin()
  await smtp.ask('DATA')
  for (const piece of ['Subject: dots\r\n', '\r\n.', '.one\r\n..', '.two\r\n', '...\r\nend\r', '\n', '.', '\r\n']) {
    smtp.write(piece)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  expect(await smtp.reply()).toMatch(/^250/)
  expect((await rawMails(ground.db))[0]?.content.toString()).toBe('Subject: dots\r\n\r\n.one\r\n..two\r\n..\r\nend\r\n')
  smtp.end()
})

test('pipelined commands and several mails in one conversation; RSET forgets what was said', async () => {
  const smtp = await talk()
  await smtp.ask('EHLO client')
  smtp.write('MAIL FROM:<wrong@example.com>\r\nRCPT TO:<support@meridian.test>\r\nRSET\r\nMAIL FROM:<one@example.com>\r\nRCPT TO:<support@meridian.test>\r\nDATA\r\n')
  for (const expected of [/^250/, /^250/, /^250/, /^250/, /^250/, /^354/]) expect(await smtp.reply()).toMatch(expected)
  smtp.write('Subject: one\r\n\r\n1\r\n.\r\nMAIL FROM:<two@example.com>\r\nRCPT TO:<support@meridian.test>\r\nDATA\r\n')
  for (const expected of [/^250/, /^250/, /^250/, /^354/]) expect(await smtp.reply()).toMatch(expected)
  smtp.write('Subject: two\r\n\r\n2\r\n.\r\nQUIT\r\n')
  for (const expected of [/^250/, /^221/]) expect(await smtp.reply()).toMatch(expected)
  expect((await rawMails(ground.db)).map((row) => row.envelope_from)).toEqual(['one@example.com', 'two@example.com'])
})

test('a line that breaks in the middle of the data leaves nothing, and the next mail comes in', async () => {
  const broken = await begin()
  await broken.ask('DATA')
  broken.write('Subject: half\r\n\r\nhalf a ma')
  broken.end()
  await broken.closed
  const smtp = await begin()
  await smtp.ask('DATA')
  smtp.write('Subject: whole\r\n\r\nx\r\n.\r\n')
  expect(await smtp.reply()).toMatch(/^250/)
  expect((await rawMails(ground.db)).map((row) => row.content.toString())).toEqual(['Subject: whole\r\n\r\nx\r\n'])
  smtp.end()
})

test('at most a hundred recipients; nothing without recipients; no talk before the greeting', async () => {
  const smtp = await begin([])
  expect(await smtp.ask('DATA')).toMatch(/^503/)
  for (let index = 0; index < 100; index++) expect(await smtp.ask(`RCPT TO:<r${index}@example.com>`)).toMatch(/^250/)
  expect(await smtp.ask('RCPT TO:<r100@example.com>')).toMatch(/^452/)
  smtp.end()
})

test('a card number is masked before anything of the mail is written', async () => {
  const smtp = await begin()
  await smtp.ask('DATA')
  smtp.write(`${mailOf({ Subject: 'my card 4111 1111 1111 1111' }, 'pay with 5500-0000-0000-0004')}.\r\n`)
  await smtp.reply()
  const [row] = await rawMails(ground.db)
  expect(row?.masked_cards).toBe(2)
  const rest = await sql<{ all: string }>`select row_to_json(r)::text || convert_from(content, 'utf8') as all from raw_mail r`.execute(ground.db)
  expect(JSON.stringify(rest.rows)).not.toMatch(/4111[ -]?1111[ -]?1111|5500[ -]?0000[ -]?0000/)
  smtp.end()
})

test('the database is away: 451 for recipients and mails, nothing lost, and it goes on when the database is back', async () => {
  const own = await openGround()
  const smtp = await talkSmtp(own.smtpPort)
  await smtp.ask('EHLO client')
  await smtp.ask('MAIL FROM:<ana@example.com>')
  expect(await smtp.ask('RCPT TO:<support@meridian.test>')).toMatch(/^250/)
  const { serverUrl } = inject('world')
  const name = new URL(own.ownerUrl).pathname.slice(1)
  await runSql(serverUrl, `alter database ${name} allow_connections false`)
  await runSql(serverUrl, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`)
  await smtp.ask('DATA')
  smtp.write(`${mailOf({ Subject: 'outage' }, 'hello')}.\r\n`)
  expect(await smtp.reply()).toMatch(/^451/)
  own.email.mailboxes.forget()
  await smtp.ask('MAIL FROM:<ana@example.com>')
  expect(await smtp.ask('RCPT TO:<support@meridian.test>')).toMatch(/^451/)
  await runSql(serverUrl, `alter database ${name} allow_connections true`)
  await until(async () => (await smtp.ask('RCPT TO:<support@meridian.test>')).startsWith('250'))
  await smtp.ask('DATA')
  smtp.write(`${mailOf({ Subject: 'outage' }, 'hello')}.\r\n`)
  expect(await smtp.reply()).toMatch(/^250/)
  expect(await rawMails(own.db)).toHaveLength(1)
  smtp.end()
  await own.close()
})

test('with a certificate STARTTLS is offered, and what was said before it does not count', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-tls-'))
  const tls = { certificate: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
  writeFileSync(tls.certificate, certificate)
  writeFileSync(tls.key, certificateKey)
  const own = await openGround({ tls })
  const transport = createTransport({ host: '127.0.0.1', port: own.smtpPort, requireTLS: true, tls: { ca: certificate, servername: 'mail.test', checkServerIdentity: () => undefined } })
  expect((await transport.sendMail({ from: 'ana@example.com', to: 'support@meridian.test', subject: 'sealed', text: 'x' })).response).toMatch(/^250/)
  transport.close()
  const smtp = await talkSmtp(own.smtpPort)
  expect(await smtp.ask('EHLO client')).toContain('STARTTLS')
  smtp.write('STARTTLS\r\nMAIL FROM:<injected@example.com>\r\n')
  expect(await smtp.reply()).toMatch(/^220/)
  smtp.end()
  expect(await rawMails(own.db)).toHaveLength(1)
  await own.close()
  rmSync(folder, { recursive: true })
})
