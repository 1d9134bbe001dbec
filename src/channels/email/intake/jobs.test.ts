import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId, system } from '#platform'
import { discardSender, releaseSender } from '../quarantine/service.ts'
import { listHeld } from '../quarantine/store.ts'
import { prepare } from './accept.ts'
import { unknownSender } from './model.ts'
import { replayMail } from './replay.ts'
import { asSystem, mailOf, openGround, rawMails, type Ground } from './testing/ground.ts'

let ground: Ground
beforeAll(async () => { ground = await openGround({ breaker: { mailsMax: 5, sameSubjectMax: 3, minutes: 10 } }) })
afterAll(() => ground.close())
beforeEach(async () => {
  for (const table of ['sender_arrival', 'sender_breaker', 'raw_mail', 'outgoing_mail'] as const) await ground.db.deleteFrom(table).execute()
  ground.received.clear()
  ground.bounces.length = 0
  ground.desk.fail = null
})

const takeIn = async (raw: string, envelope: { from?: string | null; to?: string[] } = {}) => {
  const standard = (await ground.email.mailboxes.now()).standard
  const [accepted] = await ground.email.gate.accept(prepare(Buffer.from(raw), { way: 'smtp', mailboxIds: [standard?.id ?? null], envelopeFrom: envelope.from === undefined ? 'ana@example.com' : envelope.from, envelopeTo: () => envelope.to ?? ['support@meridian.test'] }))
  return accepted?.rawMailId ?? ''
}
const rowOf = async (id: string) => (await rawMails(ground.db)).find((row) => row.id === id)
const parse = (id: string, attempt = 1, more: Record<string, unknown> = {}) =>
  ground.email.jobs['email.parse']!({ rawMailId: id, ...more }, { db: ground.db, perform: ground.perform, actor: system('email.parse'), attempt, attemptsMax: 12, signal: new AbortController().signal })
const factsOf = async (id: string) => (await ground.db.selectFrom('event').select('kind').where('subject', '=', `rawMail:${id}`).orderBy('id').execute()).map(({ kind }) => kind)

test('a mail becomes what the desk makes of it, with what points to its case', async () => {
  const id = await takeIn(mailOf({
    Subject: 'Re: parcel [#10482-k3f9qz]', 'Message-ID': '<answer@example.com>', 'In-Reply-To': '<ours@meridian.test>', References: '<first@example.com> <ours@meridian.test>',
    To: 'Shop <support+c.tokenintofield@meridian.test>, other@example.com', Cc: 'boss@example.com, support@meridian.test',
  }, 'where is it?'), { to: ['support+c.secrettoken12@meridian.test'] })
  await ground.workOff()
  expect(await rowOf(id)).toMatchObject({ state: 'done', case_number: expect.any(Number), message_id: expect.any(String), settled_at: expect.any(Date), outcome: { became: 'case' }, error: null })
  expect(ground.received.get(id)).toMatchObject({
    channel: 'email', from: { address: 'ana@example.com', name: 'Ana' }, internetId: '<answer@example.com>', automatic: null, rawMailId: id,
    inReplyTo: ['<ours@meridian.test>', '<first@example.com>'], replyTokens: ['secrettoken12', 'tokenintofield'], subjectTokens: ['[#10482-k3f9qz]'],
    to: [{ address: 'support@meridian.test', name: 'Shop' }, { address: 'other@example.com' }], cc: [{ address: 'boss@example.com' }],
  })
  expect(await factsOf(id)).toEqual(['mail.accepted', 'mail.settled'])
})

test('a second run finds the mail settled, also when both run at once', async () => {
  const id = await takeIn(mailOf({ Subject: 'once' }, 'x'))
  await Promise.all([parse(id), parse(id), parse(id)])
  await parse(id)
  expect(await factsOf(id)).toEqual(['mail.accepted', 'mail.settled'])
  expect(ground.received.size).toBe(1)
})

test('attachments are kept under their hash, once, and the desk gets their names', async () => {
  const raw = (subject: string) => `${mailOf({ Subject: subject, 'MIME-Version': '1.0', 'Content-Type': 'multipart/mixed; boundary=b' }, '--b\r\n\r\nsee file\r\n--b\r\nContent-Type: text/csv; name=list.csv\r\nContent-Disposition: attachment; filename=list.csv\r\n\r\na,b\r\n--b--')}`
  const [one, two] = [await takeIn(raw('one')), await takeIn(raw('two'))]
  await ground.workOff()
  const [first, second] = [ground.received.get(one)?.attachments[0], ground.received.get(two)?.attachments[0]]
  expect(first).toMatchObject({ name: 'list.csv', sha256: second?.sha256, size: 3 })
  expect(await ground.db.selectFrom('file').selectAll().where('sha256', '=', first?.sha256 ?? '').execute()).toHaveLength(1)
})

test('a mail that cannot be read fails alone, is shown with its error, and comes in when it is replayed', async () => {
  ground.desk.fail = (incoming) => { if (incoming.subject === 'poison') throw new Error('cannot be swallowed') }
  const [poison, plain] = [await takeIn(mailOf({ Subject: 'poison' }, 'x')), await takeIn(mailOf({ Subject: 'plain' }, 'x'))]
  for (const attempt of [1, 2, 3]) await expect(parse(poison, attempt)).rejects.toThrow('cannot be swallowed')
  await expect(parse(poison, 4)).resolves.toBeUndefined()
  await parse(plain)
  expect(await rowOf(poison)).toMatchObject({ state: 'failed', error: 'Error: cannot be swallowed', case_number: null })
  expect(await rowOf(plain)).toMatchObject({ state: 'done' })
  expect(await factsOf(poison)).toEqual(['mail.accepted', 'mail.failed'])
  ground.desk.fail = null
  await ground.perform(asSystem, (work) => replayMail(work, poison))
  await ground.workOff()
  expect(await rowOf(poison)).toMatchObject({ state: 'done', error: null })
  await expect(ground.perform(asSystem, (work) => replayMail(work, poison))).rejects.toMatchObject({ code: 'rawMail.settled' })
  await expect(ground.perform(asSystem, (work) => replayMail(work, newId()))).rejects.toMatchObject({ code: 'rawMail.settled' })
})

test('nothing is lost for want of a sender', async () => {
  const id = await takeIn('Subject: who am I\r\n\r\nx\r\n', { from: '' })
  const nothing = await takeIn('\r\n', { from: null })
  await ground.workOff()
  expect(ground.received.get(id)).toMatchObject({ from: { address: unknownSender }, automatic: 'nullReturnPath' })
  expect(ground.received.get(nothing)).toMatchObject({ from: { address: unknownSender } })
})

test('characters that the database keeps none of hold no mail up', async () => {
  const id = await takeIn(`From: "A\0na" <ana@example.com>\r\nSubject: nul \0 here\r\nMessage-ID: <a\0b@example.com>\r\n\r\nte\0xt\r\n`)
  await ground.workOff()
  expect(await rowOf(id)).toMatchObject({ state: 'done' })
  expect(JSON.stringify(ground.received.get(id))).not.toContain('\\u0000')
})

test('our own mail coming back is put aside where one can see it, and a person can take it in', async () => {
  const fromUs = await takeIn(mailOf({ From: 'Shop <support+c.abcdef123@meridian.test>', Subject: 'from us' }, 'x'))
  await ground.workOff()
  expect(await rowOf(fromUs)).toMatchObject({ state: 'discarded', outcome: { became: 'loop', reason: 'ownMailbox' } })
  expect(await factsOf(fromUs)).toEqual(['mail.accepted', 'mail.discarded'])
  expect(ground.received.size).toBe(0)
  await ground.perform(asSystem, (work) => replayMail(work, fromUs))
  await ground.workOff()
  expect(await rowOf(fromUs)).toMatchObject({ state: 'done' })
})

test('a bounce goes to the outgoing side; one that is not ours is put aside', async () => {
  const report = (address: string) => `${mailOf({ From: 'MAILER-DAEMON@example.com', 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b' }, `--b\r\n\r\nfailed\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; ${address}\r\nAction: failed\r\nStatus: 5.1.1\r\n--b--`)}`
  const [ours, other] = [await takeIn(report('gone@example.com'), { from: '', to: ['support+b.0123@meridian.test'] }), await takeIn(report('x@elsewhere.test'), { from: '' })]
  await ground.workOff()
  expect(await rowOf(ours)).toMatchObject({ state: 'done', outcome: { became: 'bounce', reason: 'hard' } })
  expect(await rowOf(other)).toMatchObject({ state: 'discarded', outcome: { became: 'bounce', reason: 'notOurs' } })
  expect(ground.bounces.find(({ rawMailId }) => rawMailId === ours)).toMatchObject({ outcome: 'hard', envelopeTo: ['support+b.0123@meridian.test'] })
  expect(ground.received.size).toBe(0)
})

test('too many of one sender wait, others go on; release takes them in, and the count begins anew', async () => {
  const flood = await Promise.all(Array.from({ length: 9 }, (_, index) => takeIn(mailOf({ From: 'Flood@example.com', Subject: `number ${index}` }, 'x'))))
  const calm = await takeIn(mailOf({ Subject: 'calm' }, 'x'))
  await ground.workOff()
  const rows = await Promise.all(flood.map(rowOf))
  expect(rows.filter((row) => row?.state === 'done')).toHaveLength(5)
  expect(rows.filter((row) => row?.state === 'quarantined')).toHaveLength(4)
  expect(await rowOf(calm)).toMatchObject({ state: 'done' })
  expect(await listHeld(ground.db, [], 10, null)).toEqual([{ sender: 'flood@example.com', reason: 'mails', trippedAt: expect.any(Date), mails: 4, lastAt: expect.any(Date) }])
  expect(await ground.perform(asSystem, (work) => releaseSender(work, 'flood@example.com'))).toEqual({ mails: 4 })
  await ground.workOff()
  expect((await Promise.all(flood.map(rowOf))).every((row) => row?.state === 'done')).toBe(true)
  expect(await listHeld(ground.db, [], 10, null)).toEqual([])
  await expect(ground.perform(asSystem, (work) => releaseSender(work, 'flood@example.com'))).rejects.toMatchObject({ code: 'quarantine.notFound' })
  const later = await takeIn(mailOf({ From: 'flood@example.com', Subject: 'later' }, 'x'))
  await ground.workOff()
  expect(await rowOf(later)).toMatchObject({ state: 'done' })
})

test('equal subjects trip sooner, whoever they say they answer; discarding puts them aside', async () => {
  const loop: string[] = []
  for (let index = 0; index < 6; index++) loop.push(await takeIn(mailOf({ From: 'robot@example.com', Subject: index % 2 ? 'Out of office' : ' out of OFFICE' , 'X-N': String(index) }, `x${index}`)))
  await ground.workOff()
  const states = async () => (await Promise.all(loop.map(rowOf))).map((row) => row?.state).sort()
  expect(await states()).toEqual(['done', 'done', 'done', 'quarantined', 'quarantined', 'quarantined'])
  expect(await ground.perform(asSystem, (work) => discardSender(work, 'robot@example.com'))).toEqual({ mails: 3 })
  expect(await states()).toEqual(['discarded', 'discarded', 'discarded', 'done', 'done', 'done'])
})

test('mails without a subject are not equal by it', async () => {
  const bare: string[] = []
  for (let index = 0; index < 5; index++) bare.push(await takeIn(mailOf({ From: 'terse@example.com' }, `x${index}`)))
  await ground.workOff()
  expect((await Promise.all(bare.map(rowOf))).map((row) => row?.state)).toEqual(Array.from({ length: 5 }, () => 'done'))
})

test('a mail that was accepted and whose job was lost is found again', async () => {
  const id = await takeIn(mailOf({ Subject: 'forgotten' }, 'x'))
  await ground.db.updateTable('raw_mail').set({ received_at: new Date(Date.now() - 3_600_000) }).where('id', '=', id).execute()
  await ground.workOff()
  await ground.db.updateTable('raw_mail').set({ state: 'received' }).where('id', '=', id).execute()
  await ground.email.jobs['email.sweep']!({}, { db: ground.db, perform: ground.perform, actor: asSystem, attempt: 1, attemptsMax: 1, signal: new AbortController().signal })
  await ground.workOff()
  expect(await rowOf(id)).toMatchObject({ state: 'done' })
})

test('an attachment of a real mail program, end to end', async () => {
  const transport = createTransport({ host: '127.0.0.1', port: ground.smtpPort, ignoreTLS: true })
  await transport.sendMail({ from: 'Żółć <zolc@example.com>', to: 'support@meridian.test', subject: 'Zażółć', text: 'gęślą jaźń', attachments: [{ filename: 'zdjęcie.png', content: Buffer.from([137, 80, 78, 71]) }] })
  transport.close()
  await ground.workOff()
  expect([...ground.received.values()][0]).toMatchObject({ subject: 'Zażółć', from: { name: 'Żółć' }, attachments: [{ name: 'zdjęcie.png', size: 4 }] })
})
