/** A refusal is an answer, not a fault: it has a stable code, a sentence for people, and an HTTP status for routes. */

export interface RefusalDetail {
  /** The fields at fault, as JSON pointers with a code each. */
  errors?: { path: string; code: string }[]
  /** What the reader needs to act on it: what changed, which limit, how long to wait. */
  [name: string]: unknown
}

/** Thrown by verbs and routes, answered as problem+json; never recorded as a fault. */
export class Refusal extends Error {
  readonly code: string
  readonly status: number
  readonly detail: RefusalDetail
  constructor(code: string, status: number, title: string, detail: RefusalDetail = {}) {
    super(title)
    this.name = 'Refusal'
    this.code = code
    this.status = status
    this.detail = detail
  }
}

export type Catalogue = Readonly<Record<string, readonly [status: number, title: string]>>

const known = new Map<string, number>()

/** Every code of every room with its status: what the documentation lists. */
export const refusalCodes = (): ReadonlyMap<string, number> => known

/** Declares a room's refusals and gives the function that makes them: `throw refuse('case.notFound', { number })`. */
export function refusals<C extends Catalogue>(catalogue: C) {
  for (const [code, entry] of Object.entries(catalogue)) known.set(code, entry[0])
  return (code: keyof C & string, detail?: RefusalDetail): Refusal => {
    const [status, title] = catalogue[code]!
    return new Refusal(code, status, title, detail)
  }
}

/** Refusals that any route can give. */
export const refuse = refusals({
  'request.invalid': [400, 'Some fields are not right'],
  'request.unreadable': [400, 'The request could not be read'],
  'request.tooLarge': [413, 'The request is too large'],
  'request.unsupportedType': [415, 'This content type is not understood here'],
  'cursor.invalid': [400, 'The cursor is not one that this list gave'],
  'signIn.needed': [401, 'Sign in first'],
  'permission.missing': [403, 'Your role does not allow this'],
  'request.foreign': [403, 'The request did not come from this site'],
  'route.notFound': [404, 'There is nothing at this address'],
  'file.notFound': [404, 'There is no such file'],
  'idempotency.reused': [422, 'This Idempotency-Key was used for another request'],
  'version.stale': [412, 'Somebody changed this in the meantime'],
  'rate.exceeded': [429, 'Too many requests; wait a moment'],
  'program.fault': [500, 'Something went wrong on our side; it has been recorded'],
  'program.stopping': [503, 'The program is about to stop; try again in a moment'],
  'database.unreachable': [503, 'The database cannot be reached; try again in a moment'],
})
