import { createServer } from 'node:net'
import { errno } from '../embedded/problem.ts'
import { StartProblem } from './problem.ts'

const REASONS: Record<string, string> = {
  EADDRINUSE: 'is taken by another program', EACCES: 'may not be opened by this account', EADDRNOTAVAIL: 'cannot be opened: this machine does not have that address',
}

/** One sentence about a port that could not be opened, for whoever set it. */
export const portProblem = (setting: string, host: string, port: number, cause: unknown): StartProblem => {
  const code = errno(cause)
  return new StartProblem(`port ${port} on ${host} ${REASONS[code] ?? `cannot be opened (${code || String(cause)})`}; choose another with ${setting}`, { cause })
}

/** Looks before anything else is started. Between this and the listening the port can still be taken, so listening says the same. @throws StartProblem */
export async function requireFreePort(setting: string, host: string, port: number): Promise<void> {
  if (port === 0) return
  const server = createServer()
  try {
    await new Promise<void>((resolve, reject) => { server.once('error', reject).listen(port, host, resolve) })
    await new Promise<void>((resolve) => { server.close(() => resolve()) })
  } catch (cause) {
    throw portProblem(setting, host, port, cause)
  }
}
