import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createToken } from '#people'
import { openDatabase, performer, system, systemClock } from '#platform'
import { runningEmbedded, startEmbedded } from '../src/platform/embedded/launcher.ts'
import { processesOf } from '../src/platform/embedded/processes.ts'
import { readLive } from '../src/platform/testing/reader.ts'
import { failedStart, startProgram, type Program } from './support/program.ts'
import { cloneDatabase } from './support/world.ts'

// Whole programs start here, several at once; a loaded machine takes its time.
vi.setConfig({ testTimeout: 120_000 })

async function started(env: Record<string, string> = {}): Promise<Program> {
  const program = await startProgram(env)
  onTestFinished(() => program.discard())
  return program
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'meridian-program-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

async function database() {
  const clone = await cloneDatabase()
  onTestFinished(() => clone.drop())
  return { DATABASE_URL: clone.ownerUrl, SECRET_KEY: 'the key of both instances' }
}

async function tokenIn(ownerUrl: string): Promise<string> {
  const { db, close } = openDatabase(ownerUrl, 1)
  try {
    return (await performer(db, systemClock, () => {})(system('test'), (work) => createToken(work, { name: 'test', roles: ['admin'] }))).secret
  } finally {
    await close()
  }
}

const statusOf = async (program: Program, path: string, token?: string) =>
  (await fetch(`${program.url}${path}`, { headers: token ? { authorization: `Bearer ${token}` } : {} })).status
const postgresOf = (program: Pick<Program, 'dataDir'>) => (existsSync(join(program.dataDir, 'postgres/data')) ? processesOf(join(program.dataDir, 'postgres/data')) : [])
const send = (program: Program, subject: string) =>
  createTransport({ host: '127.0.0.1', port: program.smtpPort, secure: false, ignoreTLS: true }).sendMail({ from: 'Ana <ana@shop.example>', to: 'support@desk.example', subject, text: 'Hello' })
async function subjects(program: Program, token: string): Promise<string[]> {
  const answer: { items: { subject: string }[] } = await (await fetch(`${program.url}/api/v1/cases?sort=oldest`, { headers: { authorization: `Bearer ${token}` } })).json()
  return answer.items.map(({ subject }) => subject)
}

test('starts, says so, takes mail in, ends whole; starts again with everything, also after a kill', async () => {
  const first = await started()
  const lines = first.stdout().split('\n')
  expect(lines.filter((line) => line.startsWith('ready '))).toEqual([`ready ${first.url}`])
  expect(await first.signInLink()).toMatch(new RegExp(`^http://localhost:${new URL(first.url).port}/sign-in`))
  const key = join(first.dataDir, 'secret-key')
  expect([statSync(key).mode & 0o777, readFileSync(key, 'utf8').length > 40]).toEqual([0o600, true])
  for (const path of ['/healthz', '/readyz', '/metrics', '/api/openapi.json']) expect(await statusOf(first, path)).toBe(200)
  const page = await fetch(`${first.url}/cases/10001`, { headers: { accept: 'text/html' } })
  expect([page.status, page.headers.get('content-type'), page.headers.get('cache-control')]).toEqual([200, 'text/html; charset=utf-8', 'no-cache'])
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())?.[1] ?? ''
  const code = await fetch(`${first.url}${script}`, { headers: { 'accept-encoding': 'br' } })
  expect([code.status, code.headers.get('cache-control'), code.headers.get('content-encoding')]).toEqual([200, 'public, max-age=31536000, immutable', 'br'])
  expect((await fetch(`${first.url}/assets/old.js`)).status).toBe(404)
  await send(first, 'the first mail')
  expect(await first.stop()).toBe(0)
  expect(postgresOf(first)).toEqual([])

  const second = await started({ DATA_DIR: first.dataDir })
  expect(second.stdout()).not.toMatch(/building the screens|made a new database|brought the database/)
  expect(readFileSync(key, 'utf8')).toMatch(/\S{40}/)
  await send(second, 'the second mail')
  await second.kill9()
  const third = await started({ DATA_DIR: first.dataDir })
  const token = await tokenIn(ownerUrlOf(third))
  await expect.poll(() => subjects(third, token), { timeout: 15_000 }).toEqual(['the first mail', 'the second mail'])
  expect(await third.stop()).toBe(0)
  expect(postgresOf(third)).toEqual([])
})

const ownerUrlOf = ({ dataDir }: Program) => runningEmbedded(join(dataDir, 'postgres')) ?? ''

test('two side by side with their own folders and ports', async () => {
  const [one, two] = await Promise.all([started(), started()])
  expect([await statusOf(one, '/readyz'), await statusOf(two, '/readyz'), one.url === two.url]).toEqual([200, 200, false])
  const failed = await failedStart({ DATA_DIR: one.dataDir })
  expect([failed.code, failed.output.trim().split('\n').at(-1)]).toEqual([1, expect.stringContaining(join(one.dataDir, 'postgres'))])
  expect(await statusOf(one, '/readyz')).toBe(200)
})

test('several on one database share the work, and the key', async () => {
  const env = await database()
  const [one, two] = [await started(env), await started(env)]
  const token = await tokenIn(env.DATABASE_URL)
  const reader = await readLive(two.url, token)
  await send(one, 'for both')
  await expect.poll(() => reader.events.filter(({ data }) => data?.includes('"case.opened"')), { timeout: 10_000 }).toHaveLength(1)
  expect([await subjects(one, token), await subjects(two, token)]).toEqual([['for both'], ['for both']])
  const other = await failedStart({ ...env, DATA_DIR: folder(), SECRET_KEY: 'another key than the others' })
  expect([other.code, other.output.trim()]).toEqual([1, expect.stringMatching(/^the installation key is not the one of this database; .*SECRET_KEY[^\n]*$/)])
  expect(await one.stop()).toBe(0)
  await send(two, 'for the one that stayed')
  await expect.poll(() => subjects(two, token), { timeout: 10_000 }).toHaveLength(2)
})

test('what cannot be started says so in one line, ends with 1, and leaves nothing running', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => { taken.listen(0, '127.0.0.1', resolve) })
  onTestFinished(() => void taken.close())
  const address = taken.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  const file = join(folder(), 'file')
  writeFileSync(file, '')
  const cases: [Record<string, string>, RegExp][] = [
    [{ PORT: port }, new RegExp(`^port ${port} on 127.0.0.1 is taken by another program; choose another with PORT$`)],
    [{ SMTP_PORT: port }, new RegExp(`^port ${port} on 127.0.0.1 is taken by another program; choose another with SMTP_PORT$`)],
    [{ LMTP_PORT: port }, new RegExp(`^port ${port} on 127.0.0.1 is taken by another program; choose another with LMTP_PORT$`)],
    [{ HOST: '203.0.113.7', PORT: '4000' }, /^port 4000 on 203.0.113.7 cannot be opened: this machine does not have that address; choose another with PORT$/],
    [{ DATA_DIR: join(file, 'data') }, /^DATA_DIR \S+ cannot be written \(ENOTDIR\); /],
    [{ PORT: 'web' }, /^PORT is "web"; it must be a whole number/],
    [{ DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/none' }, /^the database of DATABASE_URL cannot be used: (?!.*secret)/],
  ]
  for (const [env, sentence] of cases) {
    const dataDir = folder()
    const { code, output } = await failedStart({ DATA_DIR: dataDir, ...env })
    expect([code, output.trim().split('\n')]).toEqual([1, [expect.stringMatching(sentence)]])
    expect(postgresOf({ dataDir })).toEqual([])
  }
})

test('a mail server that is set up wrongly after the database is up leaves no database behind', async () => {
  const dataDir = folder()
  const { code, output } = await failedStart({ DATA_DIR: dataDir, SMTP_TLS_CERT: '/nowhere/cert.pem', SMTP_TLS_KEY: '/nowhere/key.pem' })
  expect([code, output.trim().split('\n').at(-1)]).toEqual([1, 'SMTP_TLS_CERT names /nowhere/cert.pem, which cannot be read (ENOENT)'])
  expect(postgresOf({ dataDir })).toEqual([])
})

/** A case by HTTP whose body is sent in two halves. */
function halfRequest(program: Program, token: string): { finish(): Promise<number> } {
  const body = JSON.stringify({ subject: 'under way', body: 'x', customer: { email: 'ana@shop.example' } })
  const sending = request(`${program.url}/api/v1/cases`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } })
  const status = new Promise<number>((resolve, reject) => { sending.once('response', (response) => { response.resume(); resolve(response.statusCode ?? 0) }).once('error', reject) })
  sending.write(body.slice(0, 20))
  return { finish: async () => { sending.end(body.slice(20)); return status } }
}

test('told to stop: live streams end, what is under way is finished, nothing new is taken', async () => {
  const env = await database()
  const program = await started(env)
  const token = await tokenIn(env.DATABASE_URL)
  const reader = await readLive(program.url, token)
  const half = halfRequest(program, token)
  await expect.poll(async () => (await fetch(`${program.url}/metrics`)).status).toBe(200)
  program.signal('SIGINT')
  await reader.ended
  await expect(fetch(`${program.url}/readyz`)).rejects.toThrow('fetch failed')
  expect(await half.finish()).toBe(201)
  expect(await program.ended).toBe(0)
  const { db, close } = openDatabase(env.DATABASE_URL, 1)
  expect(await db.selectFrom('case').select('subject').execute()).toEqual([{ subject: 'under way' }])
  expect(await db.selectFrom('instance').select('id').execute()).toEqual([])
  await close()
})

test('a second Ctrl-C does not wait for what is under way', async () => {
  const program = await started()
  const socket = await slowMail(program)
  onTestFinished(() => void socket.destroy())
  program.signal('SIGINT')
  await expect.poll(() => program.stdout()).toContain('stopping')
  program.signal('SIGINT')
  await sleep(500)
  expect(postgresOf(program).length).toBeGreaterThan(0)
  program.signal('SIGINT')
  expect(await program.ended).toBe(130)
  await expect.poll(() => postgresOf(program), { timeout: 8_000 }).toEqual([])
})

/** A mail whose sender stops in the middle of it. */
async function slowMail(program: Program): Promise<Socket> {
  const socket = connect(program.smtpPort, '127.0.0.1')
  let said = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => { said += chunk }).on('error', () => {})
  for (const [line, answer] of [['EHLO slow', '250 '], ['MAIL FROM:<ana@shop.example>', '250 '], ['RCPT TO:<support@desk.example>', '250 '], ['DATA', '354']] as const) {
    await expect.poll(() => said).toMatch(/^\d\d\d /m)
    said = ''
    socket.write(`${line}\r\n`)
    await expect.poll(() => said).toContain(answer)
  }
  socket.write('Subject: half\r\n')
  return socket
}

test('without its database it says so, and comes back by itself', async () => {
  const dir = join(folder(), 'postgres')
  const first = await startEmbedded({ dir, volatile: true, log: () => {} })
  const program = await started({ DATABASE_URL: first.ownerUrl })
  const token = await tokenIn(first.ownerUrl)
  expect(await statusOf(program, '/readyz')).toBe(200)
  await first.stop()
  expect([await statusOf(program, '/readyz'), await statusOf(program, '/healthz'), await statusOf(program, '/metrics')]).toEqual([503, 200, 200])
  const refused = await fetch(`${program.url}/api/v1/cases`, { headers: { authorization: `Bearer ${token}` } })
  expect([refused.status, refused.headers.get('content-type')?.split(';')[0], (await refused.json()).code]).toEqual([503, 'application/problem+json', 'database.unreachable'])
  await expect(send(program, 'too early')).rejects.toMatchObject({ responseCode: 451 })
  const again = await startEmbedded({ dir, volatile: true, log: () => {} })
  onTestFinished(() => again.stop())
  expect(again.ownerUrl).toBe(first.ownerUrl)
  await expect.poll(() => statusOf(program, '/readyz'), { timeout: 10_000 }).toBe(200)
  await send(program, 'in time')
  await expect.poll(() => subjects(program, token), { timeout: 15_000 }).toEqual(['in time'])
  expect(await program.stop()).toBe(0)
})
