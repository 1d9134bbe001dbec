/** A refusal of the server, as problem+json (RFC 9457) carries it; or, with status 0, that the server could not be reached. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  /** The fields at fault, as JSON pointers into the body with a code each. */
  readonly errors: { path: string; code: string }[]
  /** What else the answer says: what changed, which limit. */
  readonly detail: Record<string, unknown>
  constructor(problem: { status: number; code: string; title: string; errors?: { path: string; code: string }[]; detail?: Record<string, unknown> }) {
    super(problem.title)
    this.name = 'ApiProblem'
    this.status = problem.status
    this.code = problem.code
    this.title = problem.title
    this.errors = problem.errors ?? []
    this.detail = problem.detail ?? {}
  }
}

/** The server could not be reached at all: a lost network, a restart. */
export const unreachable = () => new ApiProblem({ status: 0, code: 'network.lost', title: 'The server cannot be reached right now' })

/** Reads the body of a refusal; a proxy in between may have answered with something else. */
export function problemFrom(status: number, body: unknown): ApiProblem {
  if (!isRecord(body) || typeof body['code'] !== 'string' || typeof body['title'] !== 'string') {
    return new ApiProblem({ status, code: 'answer.unreadable', title: status >= 502 && status <= 504 ? 'The server is not ready yet; try again in a moment' : 'The server gave an answer that makes no sense here' })
  }
  const { type: _type, title, status: _status, code, errors, ...detail } = body
  return new ApiProblem({ status, code: String(code), title: String(title), errors: Array.isArray(errors) ? errors.filter(isFieldError) : [], detail })
}

/** What to tell the reader about anything that was thrown. */
export function inWords(error: unknown): string {
  if (error instanceof ApiProblem) return error.title
  return 'Something went wrong in this window; reload it if it goes on'
}

/** Worth another try by itself: the network, a restart, too many at once. */
export const mayPass = (error: unknown): boolean => error instanceof ApiProblem && (error.status === 0 || error.status === 429 || error.status >= 502)

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const isFieldError = (value: unknown): value is { path: string; code: string } => isRecord(value) && typeof value['path'] === 'string' && typeof value['code'] === 'string'
