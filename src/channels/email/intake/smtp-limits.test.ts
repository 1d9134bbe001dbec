import { afterAll, beforeAll, expect, test } from 'vitest'
import { listenForMail } from './smtp.ts'
import { mailOf, openGround, until, type Ground } from './testing/ground.ts'
import { talkSmtp } from './testing/smtp-client.ts'

// How much strangers may have of the program at once.

let ground: Ground
beforeAll(async () => { ground = await openGround() })
afterAll(() => ground.close())

test('more conversations than the limit are asked to come again', async () => {
  const own = await openGround({ clientsMax: 2 })
  const [first, second] = [await talkSmtp(own.smtpPort), await talkSmtp(own.smtpPort)]
  const third = await talkSmtp(own.smtpPort)
  expect(await third.reply()).toBe('closed')
  expect(await first.ask('NOOP')).toMatch(/^250/)
  for (const smtp of [first, second, third]) smtp.end()
  await own.close()
})

/** A listener of its own on the same ground, with small limits. */
const crowded = (crowd: { conversationsOfOneMax: number; heldBytesMax: number }) => listenForMail(
  { host: '127.0.0.1', port: 0, name: 'mail.test', lmtp: false, tls: null, bytesMax: 1_000_000, crowd },
  { gate: ground.email.gate, mailboxes: ground.email.mailboxes, metrics: { count: () => {} }, logger: { error: () => {}, warn: () => {} } },
)

test('mails that a stranger leaves unfinished take memory up to a limit: larger ones are asked to come again, letters still come in', async () => {
  const listener = await crowded({ conversationsOfOneMax: 9, heldBytesMax: 500_000 })
  const toData = async () => {
    const smtp = await talkSmtp(listener.port)
    for (const line of ['EHLO x', 'MAIL FROM:<ana@example.com>', 'RCPT TO:<support@meridian.test>', 'DATA']) await smtp.ask(line)
    return smtp
  }
  const large = 'x'.repeat(76).concat('\r\n').repeat(9_000)
  const [unfinished, second, letter] = [await toData(), await toData(), await toData()]
  unfinished.write(large)
  await until(async () => unfinished.socket.writableLength === 0)
  second.write(`${mailOf({ Subject: 'large' }, large)}.\r\n`)
  expect(await second.reply()).toMatch(/^451/)
  letter.write(`${mailOf({ Subject: 'letter' }, 'hello')}.\r\n`)
  expect(await letter.reply()).toMatch(/^250/)
  unfinished.end()
  await until(async () => {
    const again = await toData()
    again.write(`${mailOf({ Subject: 'large again' }, large)}.\r\n`)
    const answer = await again.reply()
    again.end()
    return answer.startsWith('250')
  })
  for (const smtp of [second, letter]) smtp.end()
  await listener.close()
})

test('one address has so many conversations at once and no more, and others as soon as one ends', async () => {
  const listener = await crowded({ conversationsOfOneMax: 2, heldBytesMax: 1_000_000 })
  const open = [await talkSmtp(listener.port), await talkSmtp(listener.port)]
  expect(await (await talkSmtp(listener.port)).ask('EHLO x')).toBe('closed')
  open[0]?.end()
  await until(async () => {
    const next = await talkSmtp(listener.port)
    const answer = await next.ask('EHLO x')
    next.end()
    return answer.startsWith('250')
  })
  open[1]?.end()
  await listener.close()
})
