import type { Work } from '#platform'
import { normaliseEmail } from '../agents/model.ts'
import { findAgentByEmail, lockAgent } from '../agents/store.ts'
import { beginSession, type Sender } from '../sessions/service.ts'
import type { Session } from '../sessions/model.ts'
import { admit, type Claims } from './model.ts'
import { agentOfIdentity, hasIdentity, insertIdentity } from './store.ts'

/** Begins a session for whoever the provider vouches for; a second factor is the provider's affair. The refusal is a value: the browser is on its way. */
export async function signInByIdentity(work: Work, claims: Claims, sender: Sender): Promise<{ session: Session; secret: string } | { refused: string }> {
  const known = await agentOfIdentity(work.tx, claims.issuer, claims.subject)
  const email = claims.email === null ? null : normaliseEmail(claims.email)
  const found = known || email === null ? null : await findAgentByEmail(work.tx, email)
  const byEmail = found && await lockAgent(work.tx, found.id)
  const admission = admit(claims, { known, byEmail, hasOther: byEmail !== null && await hasIdentity(work.tx, byEmail.id, claims.issuer) })
  if ('refused' in admission) return admission
  if (admission.link) {
    if (!await insertIdentity(work.tx, claims.issuer, claims.subject, admission.agentId)) return { refused: 'signIn.oidcTaken' }
    work.tell('people', { kind: 'identity.linked', subject: `agent:${admission.agentId}` })
  }
  return beginSession(work, admission.agentId, 'oidc', sender)
}
