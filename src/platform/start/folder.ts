import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { errno } from '../embedded/problem.ts'
import { StartProblem } from './problem.ts'

/** Makes the folder in which everything is kept, closed to other accounts. @throws StartProblem when it cannot be written. */
export function prepareDataDir(dir: string): void {
  const trial = join(dir, `.writable-${process.pid}`)
  try {
    mkdirSync(dir, { recursive: true, mode: 0o711 })
    writeFileSync(trial, '')
    rmSync(trial)
  } catch (cause) {
    throw new StartProblem(`DATA_DIR ${dir} cannot be written (${errno(cause) || 'no access'}); choose another or give the folder to this account`, { cause })
  }
}
