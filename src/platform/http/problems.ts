import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { isConnectionFault } from '../db/database.ts'
import { refuse, Refusal } from '../refusal.ts'

/** Sends problem+json (RFC 9457). Never a stack, never SQL: what is not a refusal is recorded and answered as a fault of ours. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const refusal = isForgedCursor(error, request) ? refuse('cursor.invalid') : refusalFrom(error)
  if (refusal.status >= 500) request.log.error({ err: error, code: refusal.code }, 'request failed')
  const { errors, ...detail } = refusal.detail
  return reply.code(refusal.status).header('cache-control', 'no-store').type('application/problem+json').send({
    type: `urn:meridian:problem:${refusal.code}`, title: refusal.message, status: refusal.status, code: refusal.code,
    ...(errors ? { errors } : {}), ...detail,
  })
}

/** What is no HTTP at all never becomes a request; the sender is told in the same form before the connection is closed. */
export function answerBrokenRequest(_error: Error, socket: Socket): void {
  if (socket.destroyed || !socket.writable) return
  const { code, status, message } = refuse('request.unreadable')
  const body = JSON.stringify({ type: `urn:meridian:problem:${code}`, title: message, status, code })
  socket.end(`HTTP/1.1 ${status} Bad Request\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`)
}

function refusalFrom(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (isFastifyError(error)) {
    if (error.validation) return refuse('request.invalid', { errors: error.validation.map((fault) => fieldFault(fault, error.validationContext)) })
    if (error.statusCode === 413) return refuse('request.tooLarge')
    if (error.statusCode === 415) return refuse('request.unsupportedType')
    if (error.statusCode === 429) return refuse('rate.exceeded')
    if (error.statusCode && error.statusCode < 500) return refuse('request.unreadable')
  }
  if (isUnstorable(error)) return refuse('request.invalid', { errors: [{ path: '', code: 'unstorableCharacter' }] })
  return isConnectionFault(error) ? refuse('database.unreachable') : refuse('program.fault')
}

const isFastifyError = (error: unknown): error is FastifyError => error instanceof Error && 'statusCode' in error

/** PostgreSQL stores no U+0000 and, in jsonb, no lone surrogate: the sender's mistake, not a fault. */
const isUnstorable = (error: unknown): boolean => error instanceof Error && 'code' in error
  && (error.code === '22021' || error.code === '22P05' || (error.code === '22P02' && 'detail' in error && String(error.detail).startsWith('Unicode')))

/** A cursor is ours to read; one whose values are no date, id or number (class 22, data exceptions) was made by somebody else. */
const isForgedCursor = (error: unknown, { query }: FastifyRequest): boolean => error instanceof Error && 'code' in error && typeof error.code === 'string'
  && /^22\d\w\w$/.test(error.code) && typeof query === 'object' && query !== null && 'cursor' in query

interface ValidationFault {
  instancePath: string
  keyword: string
  params: Record<string, unknown>
}

function fieldFault(fault: ValidationFault, context: string | undefined): { path: string; code: string } {
  const missing = fault.params['missingProperty'] ?? fault.params['additionalProperty']
  const path = typeof missing === 'string' ? `${fault.instancePath}/${missing}` : fault.instancePath
  return { path: context && context !== 'body' ? `${context}${path}` : path, code: fault.keyword }
}
