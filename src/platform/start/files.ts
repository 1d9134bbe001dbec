import { readFileSync } from 'node:fs'
import { errno } from '../embedded/problem.ts'
import { StartProblem } from './problem.ts'

/** What lies in a file that a setting names. @throws StartProblem when it cannot be read. */
export function readNamedFile(setting: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new StartProblem(`${setting} names ${path}, which cannot be read (${errno(cause) || 'no access'})`, { cause })
  }
}
