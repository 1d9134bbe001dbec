import { spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

// with-postgres VERSION COMMAND ...: runs the command with TEST_DATABASE_URL on a throw-away server of an installed (Debian) PostgreSQL.

const [version, command, ...args] = process.argv.slice(2)
if (!version || !command) fail('usage: with-postgres VERSION COMMAND ...')
const bin = `/usr/lib/postgresql/${version}/bin`
if (!existsSync(join(bin, 'postgres'))) fail(`PostgreSQL ${version} is not installed (on Debian: apt-get install postgresql-${version})`)

const dir = mkdtempSync(join(tmpdir(), `meridian-pg${version}-`))
const account = serverAccount()
if (account) chownSync(dir, account.uid, account.gid)
const options = { ...account, cwd: '/' }

const made = spawnSync(join(bin, 'initdb'), ['-D', join(dir, 'data'), '-U', 'owner', '--auth=trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync', '--no-instructions'], { ...options, encoding: 'utf8' })
if (made.status !== 0) fail(`initdb failed: ${made.stderr}`)
const volatile = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=120', 'listen_addresses=', `unix_socket_directories=${dir}`]
const server = spawn(join(bin, 'postgres'), ['-D', join(dir, 'data'), ...volatile.flatMap((setting) => ['-c', setting])], { ...options, stdio: 'ignore', detached: true })

// Whoever may enter the folder (mode 0700) may connect; nobody else can.
process.exitCode = await until(() => existsSync(join(dir, '.s.PGSQL.5432'))) ? await runCommand(`postgres://owner@localhost/postgres?host=${encodeURIComponent(dir)}`) : 1
const ended = new Promise((resolve) => { server.once('exit', resolve) })
server.kill('SIGINT')
await ended
rmSync(dir, { recursive: true, force: true })

async function runCommand(url: string): Promise<number> {
  const child = spawn(command ?? '', args, { stdio: 'inherit', env: { ...process.env, TEST_DATABASE_URL: url } })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => { child.once('error', () => resolve(1)).once('exit', (code) => resolve(code ?? 1)) })
}

async function until(condition: () => boolean): Promise<boolean> {
  for (const end = Date.now() + 20_000; Date.now() < end && server.exitCode === null; await sleep(50)) if (condition()) return true
  console.error(`PostgreSQL ${version} did not start`)
  return false
}

/** PostgreSQL refuses to run as root. */
function serverAccount(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const entries = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'))
  const entry = ['postgres', 'nobody'].map((name) => entries.find(([candidate]) => candidate === name)).find((found) => found !== undefined)
  return entry ? { uid: Number(entry[2]), gid: Number(entry[3]) } : fail('there is no account under which root may run PostgreSQL')
}

function fail(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
