import { join } from 'node:path'
import {
  ConfigProblem, EmbeddedProblem, openEnds, openPlatform, portProblem, prepareDataDir, requireFreePort, StartProblem, type Config, type Ends,
} from '#platform'
import { builtScreens, ScreensProblem } from '../scripts/web.ts'
import { openRooms, type Rooms } from './wire.ts'

export { readConfig } from '#platform'

/** The whole program, running. */
export interface Program {
  url: string
  smtpPort: number
  lmtpPort: number | null
  app: Rooms['app']
  /** Takes no more work, finishes what is under way, then ends everything that was started. */
  stop(): Promise<void>
}

export interface ProgramOptions {
  /** Gets one line for each step that takes time or that an operator wants to know. */
  say(line: string): void
  /** Without screens there is only the API. */
  screens?: boolean
  /** Told to stop while still starting. */
  signal?: AbortSignal
}

/**
 * Starts everything that Meridian is: database, log, mail, jobs, web server.
 * @throws StartProblem, ConfigProblem or EmbeddedProblem with one sentence for the operator; nothing is left running then.
 */
export async function openProgram(config: Config, options: ProgramOptions): Promise<Program> {
  const ends = openEnds()
  const onAbort = () => void ends.all()
  options.signal?.addEventListener('abort', onAbort, { once: true })
  try {
    const program = await open(config, options, ends)
    options.signal?.throwIfAborted()
    return program
  } catch (error) {
    await ends.all()
    throw error
  } finally {
    options.signal?.removeEventListener('abort', onAbort)
  }
}

async function open(config: Config, { say, screens = true }: ProgramOptions, ends: Ends): Promise<Program> {
  prepareDataDir(config.dataDir)
  await requireFreePort('PORT', config.host, config.port)
  await requireFreePort('SMTP_PORT', config.mailHost, config.smtpPort)
  if (config.lmtpPort !== null) await requireFreePort('LMTP_PORT', config.mailHost, config.lmtpPort)
  const building = screens ? timed(say, 'built the screens', () => builtScreens(join(config.dataDir, 'web'), say)) : null
  // Whichever of the two fails first says so; the other one's failure must not end the process unheard.
  building?.catch(() => {})
  const platform = await timed(say, 'the database is up', () => openPlatform(config, say, ends))
  const rooms = await openRooms({ config, platform, ends, screens: (await building)?.folder ?? null })
  if (config.demo) await timed(say, 'the sample centre is there', () => rooms.loadSampleCentre(say))
  const ports = await rooms.start()
  const url = await listen(rooms.app, config)
  say(`mail comes in on ${config.mailHost}:${ports.smtpPort}; ${config.smtpUrl ? `mail goes out by ${new URL(config.smtpUrl).host}` : `mail that goes out stays in the outbox, ${url}/outbox`}`)
  say(`ready ${url}`)
  const link = await rooms.firstSignInLink()
  if (link) say(`nobody has signed in as administrator yet; this link does it, once: ${link}`)
  return { url, ...ports, app: rooms.app, stop: () => ends.all() }
}

async function listen(app: Rooms['app'], { host, port }: Config): Promise<string> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    throw portProblem('PORT', host, port, error)
  }
  const address = app.server.address()
  const taken = typeof address === 'object' && address ? address.port : port
  return `http://${host === '127.0.0.1' || host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${taken}`
}

const WORTH_SAYING_MS = 1_000

/** Says how long a step took, when that was long enough to wonder. */
async function timed<T>(say: (line: string) => void, what: string, step: () => Promise<T>): Promise<T> {
  const began = performance.now()
  const result = await step()
  const took = performance.now() - began
  if (took > WORTH_SAYING_MS) say(`${what} (${(took / 1000).toFixed(1)} s)`)
  return result
}

/** Whether the message is one sentence for whoever started the program, and a stack would only hide it. */
export const isForOperator = (error: unknown): error is Error => [StartProblem, ConfigProblem, EmbeddedProblem, ScreensProblem].some((kind) => error instanceof kind)
