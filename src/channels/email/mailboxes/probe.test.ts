import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openImapServer, type ImapTestServer } from '../intake/testing/imap-server.ts'
import { SMTPServer } from 'smtp-server'
import type { ImapSettings } from './model.ts'
import { probeImap, probeSmtp } from './probe.ts'
import { openSecrets } from './secret.ts'

let server: ImapTestServer
beforeAll(async () => { server = await openImapServer({ user: 'shop', password: 'right' }) })
afterAll(() => server.close())
const settings = (more: Partial<ImapSettings> = {}): ImapSettings => ({ host: '127.0.0.1', port: server.port, security: 'none', user: 'shop', folder: 'INBOX', markSeen: true, ...more })

/** A port on which nobody listens any more. */
async function closedPort(): Promise<number> {
  const listener = createServer()
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  await new Promise((resolve) => listener.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

test('a mailbox that works: it says what it saw', async () => {
  server.deliver('Subject: x\r\n\r\nx\r\n')
  expect(await probeImap(settings(), 'right')).toEqual({ works: true, problem: null, says: 'Signed in; INBOX holds 1 mails' })
})

test.each<[string, () => Promise<Partial<ImapSettings>>, string, string]>([
  ['a wrong password', async () => ({}), 'wrong', 'signInRefused'],
  ['a folder that is not there', async () => ({ folder: 'Elsewhere' }), 'right', 'folderMissing'],
  ['nobody at the port', async () => ({ port: await closedPort() }), 'right', 'nobodyAnswers'],
  ['a name that is none', async () => ({ host: 'no-such-host.invalid' }), 'right', 'nameUnknown'],
  ['TLS where there is none', async () => ({ security: 'tls' }), 'right', 'notTls'],
  ['STARTTLS where there is none', async () => ({ security: 'starttls' }), 'right', 'noStartTls'],
])('what failed is said in words: %s', async (_name, more, password, problem) => {
  const probe = await probeImap(settings(await more()), password)
  expect([probe.works, probe.problem]).toEqual([false, problem])
  expect(probe.says.length).toBeGreaterThan(10)
})

test('the sending server: none, one that answers, one that does not, one that refuses', async () => {
  expect(await probeSmtp(null)).toMatchObject({ works: true, says: expect.stringContaining('local outbox') })
  expect(await probeSmtp(`smtp://127.0.0.1:${await closedPort()}`)).toMatchObject({ works: false, problem: 'nobodyAnswers' })
  const smtp = new SMTPServer({ authOptional: true, allowInsecureAuth: true, onAuth: (_auth, _session, done) => done(new Error('no')) })
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', () => resolve()))
  const address = smtp.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  expect(await probeSmtp(`smtp://127.0.0.1:${port}?ignoreTLS=true`)).toMatchObject({ works: true })
  expect(await probeSmtp(`smtp://me:wrong@127.0.0.1:${port}?ignoreTLS=true`)).toMatchObject({ works: false, problem: 'signInRefused' })
  await new Promise<void>((resolve) => smtp.close(() => resolve()))
})

test('passwords rest encrypted, and open only with the key of this installation', () => {
  const secrets = openSecrets('key one')
  const sealed = secrets.seal('pässword')
  expect(sealed.toString('latin1')).not.toContain('ssword')
  expect(secrets.open(sealed)).toBe('pässword')
  expect(secrets.seal('pässword').equals(sealed)).toBe(false)
  expect(() => openSecrets('key two').open(sealed)).toThrow()
  sealed[sealed.length - 20]! ^= 1
  expect(() => secrets.open(sealed)).toThrow()
})
