import { newId, type Work } from '#platform'
import { requireActive } from '../agents/service.ts'
import { hashOf, randomSecret } from '../keys.ts'
import { adminHasWayIn, passwordHashOf } from '../sign-in/store.ts'
import { linkExpiry, type Purpose, type SignInLink } from './model.ts'
import { dropResetRequest, insertLink, revokeFirstLinks, revokeLinksOf } from './store.ts'

/** A link for an agent: an invitation, or a reset for who has a password. An older one dies. @throws agent.notFound, agent.deactivated */
export async function issueLink(work: Work, agentId: string): Promise<{ link: SignInLink; secret: string }> {
  const agent = await requireActive(work, agentId)
  const purpose: Purpose = await passwordHashOf(work.tx, agent.id) === null ? 'invite' : 'reset'
  await revokeLinksOf(work.tx, agent.id, work.at)
  await dropResetRequest(work.tx, agent.id)
  return issue(work, purpose, agent.id)
}

/** A link for the first administrator; the one before dies. @returns null once an administrator can sign in. */
export async function issueFirstLink(work: Work): Promise<string | null> {
  if (await adminHasWayIn(work.tx)) return null
  await revokeFirstLinks(work.tx, work.at)
  return (await issue(work, 'first', null)).secret
}

async function issue(work: Work, purpose: Purpose, agentId: string | null): Promise<{ link: SignInLink; secret: string }> {
  const secret = randomSecret()
  const link: SignInLink = {
    id: newId(), purpose, agentId, issuedBy: `${work.actor.kind}:${work.actor.id}`, issuedAt: work.at, expiresAt: linkExpiry(purpose, work.at), usedAt: null, revokedAt: null,
  }
  await insertLink(work.tx, link, hashOf(secret))
  work.tell('people', { kind: 'link.issued', ...(agentId === null ? {} : { subject: `agent:${agentId}` }), data: { link: link.id, purpose } })
  return { link, secret }
}
