import type { TSchema } from 'typebox'
import { refusalCodes } from '../refusal.ts'
import type { AnyRoute, Routes } from './route.ts'

const PROBLEM = { type: 'object', required: ['type', 'title', 'status', 'code'], properties: {
  type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, code: { type: 'string' },
  errors: { type: 'array', items: { type: 'object', properties: { path: { type: 'string' }, code: { type: 'string' } } } },
} }

/** The OpenAPI 3.1 description, made from the same data that serves: it cannot drift. */
export function describeApi(routes: Routes, publicUrl: string) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [address, route] of Object.entries(routes)) {
    const [method = '', path = ''] = address.split(' ')
    const place = path.replace(/:(\w+)/g, '{$1}')
    paths[place] = { ...paths[place], [method.toLowerCase()]: operation(method, path, route) }
  }
  const problem = { ...PROBLEM, properties: { ...PROBLEM.properties, code: { type: 'string', enum: [...refusalCodes().keys()].sort() } } }
  return {
    openapi: '3.1.0',
    info: { title: 'Meridian', version: '1', description: 'The API that the screens themselves use.' },
    servers: [{ url: publicUrl }],
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' }, session: { type: 'apiKey', in: 'cookie', name: 'meridian_session' } },
      schemas: { Problem: problem },
    },
  }
}

function operation(method: string, path: string, route: AnyRoute) {
  const success = route.does === 'raw' ? 200 : route.does === 'change' ? route.status ?? (method === 'POST' ? 201 : 200) : 200
  const body: TSchema | undefined = route.does === 'change' ? route.body : undefined
  const content = route.does === 'raw' ? { [route.produces ?? 'application/octet-stream']: {} } : { 'application/json': { schema: route.answer } }
  return {
    summary: route.summary,
    operationId: `${method.toLowerCase()}${path.replace(/[^A-Za-z0-9]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
    tags: route.tags ?? [path.split('/')[3] ?? 'platform'],
    'x-permission': route.permission,
    parameters: [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query'), ...headersOf(method, route)],
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    responses: { [success]: { description: 'done', content }, default: { description: 'refused', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } } },
  }
}

function parametersOf(schema: { properties?: Record<string, unknown>; required?: string[] } | undefined, place: 'path' | 'query') {
  return Object.entries(schema?.properties ?? {}).map(([name, part]) => ({
    name, in: place, required: place === 'path' || (schema?.required ?? []).includes(name), schema: part,
  }))
}

function headersOf(method: string, route: AnyRoute) {
  if (route.does !== 'change' || 'alone' in route) return []
  const key = { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 200 }, description: 'The same key gives the same answer.' }
  const match = { name: 'If-Match', in: 'header', required: false, schema: { type: 'string' }, description: 'The version seen; 412 when it is stale.' }
  return method === 'POST' ? [key, match] : [match]
}
