import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../src/platform/embedded/launcher.ts'
import { startProgram, type Program } from '../test/support/program.ts'

/** The program on the database that comes along, with everything forced to disk as in earnest. */
export interface Ground {
  ownerUrl: string
  program: Program
  token: string
  close(): Promise<void>
}

/** A durable database of the benchmark's own. */
export async function openServer() {
  const dir = mkdtempSync(join(tmpdir(), 'meridian-bench-'))
  const server = await startEmbedded({ dir: join(dir, 'postgres'), log: () => {} })
  return { ownerUrl: server.ownerUrl, stop: async () => { await server.stop(); rmSync(dir, { recursive: true, force: true }) } }
}

export async function openGround(env: Record<string, string> = {}): Promise<Ground> {
  const server = await openServer()
  const program = await startProgram({ DATABASE_URL: server.ownerUrl, SMTP_URL: '', ...env })
  const token = await makeToken({ DATABASE_URL: server.ownerUrl, DATA_DIR: program.dataDir })
  return {
    ownerUrl: server.ownerUrl, program, token,
    close: async () => {
      await program.stop()
      await program.discard()
      await server.stop()
    },
  }
}

/** What `npm run token` prints last. */
export async function makeToken(env: Record<string, string>, role = 'admin'): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../src/token.ts'), '--name', 'bench', '--role', role], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => { output += chunk.toString() })
  const status = await new Promise((resolve) => { child.once('exit', resolve) })
  const token = output.trim().split('\n').at(-1)
  if (status !== 0 || !token) throw new Error(`no token: ${output}`)
  return token
}
