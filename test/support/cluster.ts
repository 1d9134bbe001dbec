import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '#platform'
import { discardEmbedded, startEmbedded } from '../../src/platform/embedded/launcher.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server's address as its owner, and the name of the migrated database to clone. */
    world: { serverUrl: string; template: string }
  }
}

const FOLDER_PREFIX = 'meridian-test-'
const ABANDONED_AFTER_MS = 60_000

/**
 * Once a run: one throw-away server with one migrated template database, which every test file clones.
 * TEST_DATABASE_URL names another server to use instead (its user must be allowed to create databases and roles).
 */
export default async function setup(project: TestProject) {
  const given = process.env['TEST_DATABASE_URL']
  const server = given ? { ownerUrl: given, stop: async () => {} } : await throwAwayServer()
  const template = `meridian_template_${randomBytes(5).toString('hex')}`
  await runSql(server.ownerUrl, `create database ${template}`)
  await migrate(withDatabase(server.ownerUrl, template))
  project.provide('world', { serverUrl: server.ownerUrl, template })
  return async () => {
    await runSql(server.ownerUrl, `drop database ${template} with (force)`)
    await server.stop()
  }
}

/** A fresh server with nothing in it, gone with everything in it when stopped. */
export async function throwAwayServer() {
  await sweepAbandoned()
  const dir = mkdtempSync(join(tmpdir(), FOLDER_PREFIX))
  const server = await startEmbedded({ dir: join(dir, 'postgres'), volatile: true, log: () => {} })
  return {
    ownerUrl: server.ownerUrl,
    stop: async () => {
      await server.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** A run that was killed leaves its server behind; the next run of the same account ends it. */
async function sweepAbandoned() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(FOLDER_PREFIX))) {
    const folder = join(tmpdir(), name)
    const state = statSync(folder, { throwIfNoEntry: false })
    if (!state || state.uid !== process.getuid?.() || Date.now() - state.mtimeMs < ABANDONED_AFTER_MS) continue
    if (await discardEmbedded(join(folder, 'postgres'))) rmSync(folder, { recursive: true, force: true })
  }
}

/** The same server, another database. */
export function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

/** One statement as the server's owner, on a connection of its own. */
export async function runSql(url: string, statement: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
