import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import type { Logger } from '../logger.ts'
import { refuse } from '../refusal.ts'
import { guardOf, handlerOf, type Ground } from './handle.ts'
import { describeApi } from './openapi.ts'
import { answerBrokenRequest, answerProblem } from './problems.ts'
import type { Routes } from './route.ts'
import { asksForPage, sendPage, serveScreens } from './screens.ts'

const BODY_BYTES_MAX = 2 * 1024 * 1024
/** Within this a request has come whole. The server's framework would wait for ever; uploads on slow lines take minutes. */
const REQUEST_WITHIN_MS = 300_000

/** Nothing but our own files runs; frames (mail) come from us and bring a stricter policy of their own. */
const CONTENT_POLICY = [
  `default-src 'none'`, `script-src 'self'`, `style-src 'self' 'unsafe-inline'`, `img-src 'self' data: blob:`, `font-src 'self'`, `connect-src 'self'`,
  `frame-src 'self'`, `worker-src 'self'`, `manifest-src 'self'`, `base-uri 'none'`, `form-action 'self'`, `frame-ancestors 'none'`,
].join('; ')

export interface ServerOptions {
  routes: Routes
  ground: Ground
  publicUrl: string
  logger: Logger
  bodyBytesMax?: number
  /** Addresses of proxies whose X-Forwarded-For is believed. */
  trustProxy?: string[]
  /** The folder of the built screens; without it there is only the API. */
  screens?: string | null
  /** Is told of every answer, for the metrics: the route's pattern, never the address with its ids. */
  answered?(route: string, method: string, status: number, seconds: number): void
}

/** The web server with every room's routes, each behind the same sign-in, permission, validation and error answers. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = options.logger
  const app: FastifyInstance = Fastify({
    loggerInstance, logController: new LogController({ disableRequestLogging: true }), bodyLimit: options.bodyBytesMax ?? BODY_BYTES_MAX, trustProxy: options.trustProxy ?? false,
    routerOptions: { maxParamLength: 500, ignoreTrailingSlash: true }, forceCloseConnections: 'idle', requestTimeout: REQUEST_WITHIN_MS,
    frameworkErrors: answerProblem, clientErrorHandler: answerBrokenRequest,
  })
  app.setValidatorCompiler(({ schema, httpPart }) => (httpPart === 'body' ? strictAjv : lenientAjv).compile(schema))
  app.setErrorHandler(answerProblem)
  app.setNotFoundHandler((request, reply) => (options.screens && asksForPage(request) ? sendPage(reply) : answerProblem(refuse('route.notFound'), request, reply)))
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'content-security-policy': CONTENT_POLICY, 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin',
    })
  })
  const { answered } = options
  if (answered) app.addHook('onResponse', async (request, reply) => answered(request.routeOptions.url ?? 'none', request.method, reply.statusCode, reply.elapsedTime / 1000))
  await app.register(cookie)
  await app.register(multipart, { limits: { fileSize: 26_214_400, files: 10, fields: 20 } })
  await app.register(rateLimit, { global: false })
  readJson(app)
  // Only routes that read streams get one: to the others it would pass for a body, beyond every limit.
  app.addContentTypeParser('message/rfc822', (request, payload, done) => ('raw' in request.routeOptions.config ? done(null, payload) : done(refuse('request.unsupportedType'))))
  if (options.screens) await serveScreens(app, options.screens)
  addRoutes(app, options)
  const description = describeApi(options.routes, options.publicUrl)
  app.get('/api/openapi.json', async (_request, reply) => reply.header('cache-control', 'no-cache').send(description))
  return app
}

/** Many clients name the type of a body that they do not send, with DELETE above all: then there is none. */
function readJson(app: FastifyInstance) {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (text === '') done(null, undefined)
    else void parse(request, text, done)
  })
}

function addRoutes(app: FastifyInstance, { routes, ground }: ServerOptions) {
  for (const [address, route] of Object.entries(routes)) {
    const [method = '', url = ''] = address.split(' ')
    app.route({
      method, url, onRequest: guardOf(route, ground), handler: handlerOf(route, ground),
      schema: { ...(route.params ? { params: route.params } : {}), ...(route.query ? { querystring: { additionalProperties: false, ...route.query } } : {}),
        ...(route.does === 'change' && route.body ? { body: route.body } : {}) },
      ...(route.does === 'raw' && route.bodyLimit ? { bodyLimit: route.bodyLimit } : {}),
      config: { ...(route.does === 'raw' ? { raw: true } : {}), ...(route.perMinuteMax ? { rateLimit: { max: route.perMinuteMax, timeWindow: 60_000 } } : {}) },
    })
  }
}

// A body says what it means; a query string can only say text, so numbers and flags are read from it.
const strictAjv = formats.default(new Ajv({ allErrors: true, useDefaults: true, strict: false }))
const lenientAjv = formats.default(new Ajv({ allErrors: true, useDefaults: true, coerceTypes: true, strict: false }))
