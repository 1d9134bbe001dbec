import pino from 'pino'

export type Logger = pino.Logger

/** Structured lines on standard error: what happened, never what people wrote. Secrets and personal text are cut out by path. */
export const openLogger = (level: string, out: pino.DestinationStream = pino.destination({ dest: 2, sync: false })): Logger => pino({
  level,
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: { paths: ['*.password', '*.authorization', '*.cookie', '*.token', '*.text', '*.body', '*.subject', 'req.headers', 'err.detail', 'err.parameters'], censor: '[left out]' },
  serializers: { err: (error: unknown) => faultLine(error) },
}, out)

/** A database's message can quote the row that it refused, so only its code and constraint are kept beside our own stack. */
function faultLine(error: unknown) {
  if (!(error instanceof Error)) return { type: typeof error }
  const fromDatabase = 'severity' in error
  return {
    type: error.name, code: 'code' in error ? error.code : undefined, constraint: 'constraint' in error ? error.constraint : undefined,
    message: fromDatabase ? error.message.replace(/"[^"]*"|'[^']*'/g, '…') : error.message, stack: error.stack?.split('\n').slice(1, 12).map((line) => line.trim()),
  }
}
