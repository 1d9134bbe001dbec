import { ApiProblem, inWords } from '#web'
import { signInWords } from '../words.ts'

export const isCode = (error: unknown, code: string): boolean => error instanceof ApiProblem && error.code === code

/** Why somebody does not get in, in words. An error of the screen's own carries its words itself. */
export function inDoorWords(error: unknown): string {
  if (error instanceof ApiProblem) return signInWords(error.code, error.detail) ?? error.title
  return error instanceof Error ? error.message : inWords(error)
}
