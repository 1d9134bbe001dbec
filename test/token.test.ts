import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPeople, type People } from '#people'
import { openDatabase, performer, startEmbedded, systemClock } from '#platform'
import { cloneDatabase, type Clone } from './support/world.ts'

let clone: Clone
const dataDir = mkdtempSync(join(tmpdir(), 'meridian-token-'))
beforeAll(async () => { clone = await cloneDatabase() })
afterAll(async () => {
  await clone.drop()
  rmSync(dataDir, { recursive: true, force: true })
})

interface Told {
  status: number
  /** The last line of the standard output. */
  last: string
  complaint: string
}

const token = (env: Record<string, string>, ...args: string[]) => new Promise<Told>((resolve) => {
  const child = execFile(process.execPath, [join(import.meta.dirname, '../src/token.ts'), ...args], { env: { PATH: process.env['PATH'], ...env }, timeout: 60_000 }, (_error, stdout, stderr) =>
    resolve({ status: child.exitCode ?? -1, last: stdout.trimEnd().split('\n').at(-1) ?? '', complaint: stderr.trim() }))
})

async function actorOf(ownerUrl: string, secret: string) {
  const { db, close } = openDatabase(ownerUrl, 2)
  const people: People = await openPeople({ db, perform: performer(db, systemClock, () => {}), secretKey: 'a key of this test', publicUrl: 'http://localhost', oidc: null, walls: { barredFor: async () => [] } })
  const found = await people.authenticate.byToken(secret)
  await close()
  return found?.actor
}

test('a token of a given database, with the roles asked for', async () => {
  const told = await token({ DATABASE_URL: clone.ownerUrl, DATA_DIR: dataDir }, '--name', 'importer', '--role', 'agent,lead', '--role', 'analyst')
  expect([told.status, told.complaint]).toEqual([0, ''])
  expect(await actorOf(clone.ownerUrl, told.last)).toMatchObject({ kind: 'token', name: 'importer', roles: ['agent', 'lead', 'analyst'] })
})

test('of the database that comes along: before the program ever ran, and while it holds the folder', async () => {
  const before = await token({ DATA_DIR: dataDir }, '--name', 'early', '--role', 'admin')
  expect([before.status, before.last]).toEqual([0, expect.stringMatching(/^mrd_[\w-]{43}$/)])
  const running = await startEmbedded({ dir: join(dataDir, 'postgres'), log: () => {} })
  const beside = await token({ DATA_DIR: dataDir }, '--name', 'beside', '--role', 'planner')
  expect([beside.status, beside.complaint]).toEqual([0, ''])
  expect(await actorOf(running.ownerUrl, before.last)).toMatchObject({ name: 'early', roles: ['admin'] })
  expect(await actorOf(running.ownerUrl, beside.last)).toMatchObject({ name: 'beside', roles: ['planner'] })
  await running.stop()
})

test.each([
  ['a role that is none', ['--name', 'x', '--role', 'boss'], /^no token was made: "boss" is not a role; the roles are admin, lead, agent, analyst, planner, partner$/],
  ['no role', ['--name', 'x'], /^no token was made: the token needs a role \(.*$/],
  ['no name', ['--role', 'agent'], /^no token was made: the token needs a name.*$/],
  ['a word it does not know', ['--nam', 'x'], /^no token was made: Unknown option '--nam'.*$/],
  ['a name of nothing visible', ['--name', '\u200b', '--role', 'agent'], /^no token was made: A name has at least one visible character$/],
])('%s: one clear line and exit code 1', async (_name, args, complaint) => {
  const told = await token({ DATABASE_URL: clone.ownerUrl, DATA_DIR: dataDir }, ...args)
  expect(told).toEqual({ status: 1, last: '', complaint: expect.stringMatching(complaint) })
})

test('a database that nobody answers at: one clear line and exit code 1', async () => {
  const told = await token({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', DATA_DIR: dataDir }, '--name', 'x', '--role', 'agent')
  expect([told.status, told.last, told.complaint.split('\n')]).toEqual([1, '', [expect.stringMatching(/^no token was made: .*ECONNREFUSED/)]])
})
