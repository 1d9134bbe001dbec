/** Why the database that comes along cannot run. The message is one sentence for whoever started the program. */
export class EmbeddedProblem extends Error {
  readonly code: 'taken' | 'unwritable' | 'unreachable' | 'unsupported' | 'broken'

  constructor(code: EmbeddedProblem['code'], sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.name = 'EmbeddedProblem'
    this.code = code
  }
}

/** The system's own code of a failed call (ENOENT, EACCES, ...), or the empty text for another kind of fault. */
export function errno(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
