import { newId, type Role, type Work } from '#platform'
import { normaliseName } from '../agents/model.ts'
import { hashOf, randomSecret } from '../keys.ts'
import { refuse } from '../refusals.ts'
import { TOKEN_PREFIX, type ApiToken } from './model.ts'
import { insertToken, revokeRow } from './store.ts'

export interface TokenWords {
  name: string
  roles: readonly Role[]
  expiresAt?: Date | null
}

/** Makes an API token; its secret is given this once and kept as a hash. @throws name.invalid, agent.roleNeeded, token.expiryPast */
export async function createToken(work: Work, words: TokenWords): Promise<{ token: ApiToken; secret: string }> {
  const name = normaliseName(words.name)
  if (name === '') throw refuse('name.invalid', { errors: [{ path: '/name', code: 'name.invalid' }] })
  if (words.roles.length === 0) throw refuse('agent.roleNeeded', { errors: [{ path: '/roles', code: 'agent.roleNeeded' }] })
  if (words.expiresAt && words.expiresAt <= work.at) throw refuse('token.expiryPast', { errors: [{ path: '/expiresAt', code: 'token.expiryPast' }] })
  const secret = `${TOKEN_PREFIX}${randomSecret()}`
  const token: ApiToken = {
    id: newId(), name, roles: [...new Set(words.roles)], createdBy: `${work.actor.kind}:${work.actor.id}`, createdAt: work.at, lastUsedAt: null,
    expiresAt: words.expiresAt ?? null, revokedAt: null,
  }
  await insertToken(work.tx, token, hashOf(secret))
  work.tell('people', { kind: 'token.created', subject: `token:${token.id}`, data: { roles: token.roles } })
  return { token, secret }
}

/** The token opens nothing any more. @throws token.notFound */
export async function revokeToken(work: Work, id: string): Promise<void> {
  if (!await revokeRow(work.tx, id, work.at)) throw refuse('token.notFound')
  work.tell('people', { kind: 'token.revoked', subject: `token:${id}` })
}
