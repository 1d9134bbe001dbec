import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '#platform'
import { throwAwayServer } from '../test/support/cluster.ts'

const root = join(import.meta.dirname, '..')
export const tablesFile = join(root, 'migrations/tables.ts')

/** As the pool reads them: every int8 of ours is below 2^53 and parsed to a number. */
const TYPES = { int8: 'number' }

/** The types of all tables of a migrated database, as migrations/tables.ts holds them. */
export function tablesSource(ownerUrl: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-tables-'))
  const out = join(folder, 'tables.ts')
  try {
    const run = spawnSync(process.execPath, [
      join(root, 'node_modules/kysely-codegen/dist/cli/bin.js'), '--dialect=postgres', `--url=${ownerUrl}`, `--out-file=${out}`, '--default-schema=public',
      '--include-pattern=public.*', `--type-mapping=${JSON.stringify(TYPES)}`, '--log-level=error',
    ], { encoding: 'utf8', cwd: folder })
    if (run.status !== 0) throw new Error(`kysely-codegen failed: ${run.stderr || run.stdout}`)
    return readFileSync(out, 'utf8')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

if (import.meta.main) {
  const server = await throwAwayServer()
  try {
    await migrate(server.ownerUrl)
    writeFileSync(tablesFile, tablesSource(server.ownerUrl))
    console.log('wrote migrations/tables.ts')
  } finally {
    await server.stop()
  }
}
