import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { discardEmbedded } from '../../src/platform/embedded/launcher.ts'

const READY_WITHIN_MS = 120_000
const LINK_WITHIN_MS = 10_000
const STOP_WITHIN_MS = 12_000

const main = join(import.meta.dirname, '../../src/main.ts')

/** The real program in its own process, as a user starts it. */
export interface Program {
  url: string
  smtpPort: number
  dataDir: string
  /** Everything printed so far, standard output and standard error together. */
  stdout(): string
  /** The one-time link of the first administrator. @throws when none was printed. */
  signInLink(): Promise<string>
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>
  /** Any signal, without waiting. */
  signal(name: NodeJS.Signals): void
  /** Resolves with the exit code, null when a signal ended it. */
  ended: Promise<number | null>
  /** SIGKILL, as a power cut would: the database stays behind, the data too, for the next start in the same folder. */
  kill9(): Promise<void>
  /** Ends what is left and removes the data. */
  discard(): Promise<void>
}

/**
 * Starts src/main.ts on free ports of its own and waits for its `ready` line. `env` adds to and overrides (DATA_DIR of an earlier run,
 * DEMO=1, SMTP_URL of a sink, DATABASE_URL); an empty text removes a variable.
 */
export async function startProgram(env: Record<string, string> = {}): Promise<Program> {
  const dataDir = env['DATA_DIR'] ?? mkdtempSync(join(tmpdir(), 'meridian-program-'))
  const [port, smtpPort] = [env['PORT'] ?? String(await freePort()), env['SMTP_PORT'] ?? String(await freePort())]
  const child = spawn(process.execPath, [main], {
    env: { ...withoutEmpty({ ...process.env, DEMO: '0', ...env }), DATA_DIR: dataDir, PORT: port, SMTP_PORT: smtpPort },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = collect(child)
  const ended = new Promise<number | null>((resolve) => { child.once('exit', resolve) })
  const url = await firstMatch(child, output, /^ready (\S+)/m, READY_WITHIN_MS)
  const program = {
    url: url.replace(/\/$/, ''), smtpPort: Number(smtpPort), dataDir, stdout: output,
    signInLink: () => firstMatch(child, output, /^(?!ready ).*?(https?:\/\/\S*sign-in\S+)/m, LINK_WITHIN_MS),
    stop: () => endWith(child, ended, 'SIGTERM'), signal: (name: NodeJS.Signals) => void child.kill(name), ended,
    kill9: async () => void (await endWith(child, ended, 'SIGKILL')),
    discard: async () => {
      await endWith(child, ended, 'SIGTERM')
      await discardEmbedded(join(dataDir, 'postgres'))
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  return program
}

/** A start that is expected to fail: everything that it printed, and its exit code. */
export async function failedStart(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [main], { env: withoutEmpty({ ...process.env, DEMO: '0', PORT: '0', SMTP_PORT: '0', ...env }), stdio: ['ignore', 'pipe', 'pipe'] })
  const output = collect(child)
  const late = setTimeout(() => child.kill('SIGKILL'), READY_WITHIN_MS)
  const code = await new Promise<number | null>((resolve) => { child.once('close', resolve) })
  clearTimeout(late)
  return { code, output: output() }
}

function collect(child: ChildProcess): () => string {
  let text = ''
  child.stdout?.on('data', (chunk: Buffer) => { text += chunk.toString() })
  child.stderr?.on('data', (chunk: Buffer) => { text += chunk.toString() })
  return () => text
}

async function firstMatch(child: ChildProcess, output: () => string, pattern: RegExp, withinMs: number): Promise<string> {
  for (const until = Date.now() + withinMs; Date.now() < until; await sleep(20)) {
    const found = pattern.exec(output())?.[1]
    if (found) return found
    if (child.exitCode !== null || child.signalCode !== null) break
  }
  const state = child.exitCode === null ? 'still runs' : `ended with ${child.exitCode}`
  if (child.exitCode === null) child.kill('SIGTERM')
  throw new Error(`the program ${state} and never printed ${pattern}:\n${output().slice(-4_000)}`)
}

async function endWith(child: ChildProcess, ended: Promise<number | null>, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  child.kill(signal)
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS)
  const code = await ended
  clearTimeout(late)
  return code
}

const withoutEmpty = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))

/** A port that nobody listens on right now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const address = server.address()
  await new Promise<void>((resolve) => { server.close(() => resolve()) })
  if (address === null || typeof address === 'string') throw new Error('the system gave no port')
  return address.port
}
