import { join, resolve } from 'node:path'

/** Everything that the environment decides, read once. docs/guides/operators.md says what each is for. */
export interface Config {
  port: number
  host: string
  dataDir: string
  filesDir: string
  databaseUrl: string | null
  smtpPort: number
  lmtpPort: number | null
  mailHost: string
  /** The domain of our Message-IDs and of the mailbox that takes everything until a person sets one up. */
  mailDomain: string
  smtpUrl: string | null
  smtpTls: { certificate: string; key: string } | null
  dkim: { domain: string; selector: string; keyFile: string } | null
  publicUrl: string
  demo: boolean
  logLevel: string
  secretKey: string | null
  mailBytesMax: number
  undoSendSeconds: number
  closeAfterDays: number
  jobsAtOnce: number
  oidc: { issuer: string; clientId: string; clientSecret: string } | null
  trustProxy: string[]
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

/** What the environment says wrongly: one clear line. */
export class ConfigProblem extends Error {}

/** Reads the settings. `cwd` is where relative folders begin. @throws ConfigProblem with one line for whoever wrote them. */
export function readConfig(env: Readonly<Record<string, string | undefined>>, cwd: string): Config {
  const port = wholeNumber(env, 'PORT', 3000, 0, 65_535)
  const dataDir = resolve(cwd, env['DATA_DIR'] || '.data')
  const host = env['HOST'] || '127.0.0.1'
  const publicUrl = (env['PUBLIC_URL'] ? url(env, 'PUBLIC_URL', ['http:', 'https:']) : `http://localhost:${port}`).replace(/\/+$/, '')
  return {
    port, host, dataDir,
    filesDir: resolve(cwd, env['FILES_DIR'] || join(dataDir, 'files')),
    databaseUrl: env['DATABASE_URL'] || null,
    smtpPort: wholeNumber(env, 'SMTP_PORT', 2525, 0, 65_535),
    lmtpPort: env['LMTP_PORT'] ? wholeNumber(env, 'LMTP_PORT', 0, 0, 65_535) : null,
    mailHost: env['MAIL_HOST'] || host,
    smtpUrl: env['SMTP_URL'] ? url(env, 'SMTP_URL', ['smtp:', 'smtps:']) : null,
    smtpTls: both(env, 'SMTP_TLS_CERT', 'SMTP_TLS_KEY', (certificate, key) => ({ certificate, key })),
    dkim: both(env, 'DKIM_DOMAIN', 'DKIM_KEY_FILE', (domain, keyFile) => ({ domain, keyFile, selector: env['DKIM_SELECTOR'] || 'meridian' })),
    publicUrl, mailDomain: env['MAIL_DOMAIN'] || mailDomainOf(publicUrl),
    demo: (env['DEMO'] ?? '1') !== '0',
    logLevel: oneWord(env, 'LOG_LEVEL', 'warn', LOG_LEVELS),
    secretKey: env['SECRET_KEY'] || null,
    mailBytesMax: wholeNumber(env, 'MAIL_BYTES_MAX', 25 * 1024 * 1024, 1024, 200 * 1024 * 1024),
    undoSendSeconds: wholeNumber(env, 'UNDO_SEND_SECONDS', 10, 0, 300),
    closeAfterDays: wholeNumber(env, 'CLOSE_AFTER_DAYS', 7, 1, 365),
    jobsAtOnce: wholeNumber(env, 'JOBS_AT_ONCE', 6, 1, 64),
    oidc: both(env, 'OIDC_ISSUER', 'OIDC_CLIENT_ID', (issuer, clientId) => ({ issuer, clientId, clientSecret: env['OIDC_CLIENT_SECRET'] || '' })),
    trustProxy: (env['TRUST_PROXY'] || '').split(',').map((address) => address.trim()).filter(Boolean),
  }
}

/** A bare host name or a number is no domain that a mail server would take. */
function mailDomainOf(publicUrl: string): string {
  const { hostname } = new URL(publicUrl)
  return /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*$/i.test(hostname) ? hostname : 'meridian.localhost'
}

type Env = Readonly<Record<string, string | undefined>>

function wholeNumber(env: Env, name: string, fallback: number, smallest: number, largest: number): number {
  const text = env[name]
  if (text === undefined || text === '') return fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value < smallest || value > largest) {
    throw new ConfigProblem(`${name} is "${text}"; it must be a whole number from ${smallest} to ${largest}`)
  }
  return value
}

function oneWord(env: Env, name: string, fallback: string, words: readonly string[]): string {
  const word = env[name] || fallback
  if (!words.includes(word)) throw new ConfigProblem(`${name} is "${word}"; it must be one of ${words.join(', ')}`)
  return word
}

function url(env: Env, name: string, protocols: string[]): string {
  const text = env[name] ?? ''
  const parsed = URL.canParse(text) ? new URL(text) : null
  if (!parsed || !protocols.includes(parsed.protocol)) throw new ConfigProblem(`${name} must be an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`)
  return text
}

function both<T>(env: Env, first: string, second: string, make: (a: string, b: string) => T): T | null {
  const [a, b] = [env[first], env[second]]
  if (!a && !b) return null
  if (!a || !b) throw new ConfigProblem(`${first} and ${second} go together; one of them is missing`)
  return make(a, b)
}
