import { expect, test } from 'vitest'
import { ConfigProblem, readConfig } from './config.ts'

test('without any setting: this machine only, everything below .data, the sample centre', () => {
  expect(readConfig({}, '/srv/meridian')).toEqual({
    port: 3000, host: '127.0.0.1', dataDir: '/srv/meridian/.data', filesDir: '/srv/meridian/.data/files', databaseUrl: null, smtpPort: 2525, lmtpPort: null, mailHost: '127.0.0.1',
    mailDomain: 'meridian.localhost', smtpUrl: null, smtpTls: null, dkim: null, publicUrl: 'http://localhost:3000', demo: true, logLevel: 'warn', secretKey: null,
    mailBytesMax: 26_214_400, undoSendSeconds: 10, closeAfterDays: 7, jobsAtOnce: 6, oidc: null, trustProxy: [],
  })
})

test('what is set holds; an empty text is as good as nothing', () => {
  const config = readConfig({
    PORT: '8080', HOST: '0.0.0.0', DATA_DIR: 'kept', DATABASE_URL: 'postgres://x/y', SMTP_PORT: '25', LMTP_PORT: '24', SMTP_URL: 'smtps://u:p@mail.example', PUBLIC_URL: 'https://desk.shop.example/',
    DEMO: '0', SMTP_TLS_CERT: 'c', SMTP_TLS_KEY: 'k', DKIM_DOMAIN: 'shop.example', DKIM_KEY_FILE: 'd', OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_ID: 'desk', TRUST_PROXY: '10.0.0.1, 10.0.0.2,', SECRET_KEY: '',
  }, '/srv')
  expect(config).toMatchObject({
    port: 8080, host: '0.0.0.0', mailHost: '0.0.0.0', dataDir: '/srv/kept', smtpPort: 25, lmtpPort: 24, publicUrl: 'https://desk.shop.example', mailDomain: 'desk.shop.example', demo: false, secretKey: null,
    smtpTls: { certificate: 'c', key: 'k' }, dkim: { domain: 'shop.example', selector: 'meridian', keyFile: 'd' }, oidc: { issuer: 'https://id.example', clientId: 'desk', clientSecret: '' },
    trustProxy: ['10.0.0.1', '10.0.0.2'],
  })
})

test.each([
  ['http://localhost:3000', 'meridian.localhost'], ['http://10.1.2.3', 'meridian.localhost'], ['http://[::1]:3000', 'meridian.localhost'], ['https://desk', 'meridian.localhost'],
  ['https://desk.example:8443/app', 'desk.example'], ['https://xn--bcher-kva.example', 'xn--bcher-kva.example'],
])('the domain of mail under %s is %s', (url, domain) => {
  expect(readConfig({ PUBLIC_URL: url }, '/').mailDomain).toBe(domain)
  expect(readConfig({ PUBLIC_URL: url, MAIL_DOMAIN: 'mail.example' }, '/').mailDomain).toBe('mail.example')
})

test.each<[Record<string, string>, string]>([
  [{ PORT: '80a' }, 'PORT is "80a"; it must be a whole number from 0 to 65535'], [{ PORT: '65536' }, 'PORT is "65536"'], [{ SMTP_PORT: '-1' }, 'SMTP_PORT is "-1"'], [{ PORT: '1.5' }, 'PORT is "1.5"'],
  [{ SMTP_URL: 'mail.example:25' }, 'SMTP_URL must be an address that begins with smtp:// or smtps://'], [{ PUBLIC_URL: 'ftp://x' }, 'PUBLIC_URL must be'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud"; it must be one of fatal, error'], [{ SMTP_TLS_CERT: 'c' }, 'SMTP_TLS_CERT and SMTP_TLS_KEY go together'], [{ DKIM_KEY_FILE: 'k' }, 'go together'], [{ OIDC_ISSUER: 'x' }, 'go together'],
])('%j is refused in one line', (env, sentence) => {
  const read = () => readConfig(env, '/')
  expect(read).toThrow(ConfigProblem)
  expect(read).toThrow(sentence)
  expect(read).not.toThrow('\n')
})
