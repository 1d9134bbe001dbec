import { Type } from 'typebox'
import { change, decodeCursor, Instant, Line, Nothing, Nullable, pageOf, PageOf, PageQuery, read, roles, strict, Uuid } from '#platform'
import { RoleWord } from '../agents/views.ts'
import type { People } from '../open.ts'
import { createToken, revokeToken } from './service.ts'
import { listTokens } from './store.ts'

const fields = {
  id: Uuid, name: Type.String(), roles: Type.Array(RoleWord), createdBy: Type.String(), createdAt: Instant, lastUsedAt: Nullable(Instant), expiresAt: Nullable(Instant), revokedAt: Nullable(Instant),
}
const TokenView = Type.Object(fields)
const tags = ['tokens']

export const tokenRoutes = (people: People) => ({
  'GET /api/v1/tokens': read({
    summary: 'API tokens, the newest first', permission: 'token.read', tags, query: Type.Object(PageQuery, strict), answer: PageOf(TokenView),
    handle: async ({ db, query: { limit = 50, cursor } }) => {
      const before = cursor === undefined ? null : String(decodeCursor(cursor, 1)[0])
      return pageOf(await listTokens(db, before, limit + 1), limit, ({ id }) => [id])
    },
  }),
  'POST /api/v1/tokens': change({
    summary: 'Make an API token; its secret is in this answer and nowhere else', permission: 'token.change', tags, secret: true,
    body: Type.Object({
      name: Line(200), roles: Type.Array(RoleWord, { minItems: 1, maxItems: roles.length, uniqueItems: true }), expiresAt: Type.Optional(Nullable(Type.String({ format: 'date-time' }))),
    }, strict),
    answer: Type.Object({ ...fields, token: Type.String() }),
    handle: async ({ work, body }) => {
      const { token, secret } = await createToken(work, { ...body, expiresAt: body.expiresAt ? new Date(body.expiresAt) : null })
      return { ...token, token: secret }
    },
  }),
  'DELETE /api/v1/tokens/:id': change({
    summary: 'Revoke an API token', permission: 'token.change', tags, params: Type.Object({ id: Uuid }), answer: Nothing,
    handle: async ({ work, params }) => {
      await revokeToken(work, params.id)
      people.forgetAfter(work)
      return {}
    },
  }),
})
