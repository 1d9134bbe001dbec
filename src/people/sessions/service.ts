import { newId, type Work } from '#platform'
import { hashOf, randomSecret } from '../keys.ts'
import { refuse } from '../refusals.ts'
import { expiryOf, type Method, type Session } from './model.ts'
import { insertSession, revokeSession, revokeSessions } from './store.ts'

/** Where a request comes from, as the list of sessions shows it. */
export interface Sender {
  address: string
  browser: string
}

const BROWSER_MAX = 300

/** Begins a session with a secret nobody has seen before, whatever cookie the browser sent: a planted one never becomes a session. */
export async function beginSession(work: Work, agentId: string, method: Method, sender: Sender): Promise<{ session: Session; secret: string }> {
  const secret = randomSecret()
  const session: Session = {
    id: newId(), agentId, method, createdAt: work.at, lastSeenAt: work.at, expiresAt: expiryOf(work.at), revokedAt: null,
    address: sender.address, browser: sender.browser.replaceAll('\u0000', '').slice(0, BROWSER_MAX),
  }
  await insertSession(work.tx, session, hashOf(secret))
  work.tell('people', { kind: 'session.begun', subject: `agent:${agentId}`, data: { session: session.id, method } })
  return { session, secret }
}

/** Ends the session of a browser in which somebody signs in anew or out, whosever it was. */
export async function leaveSession(work: Work, sessionId: string): Promise<void> {
  const agentId = await revokeSession(work.tx, sessionId, work.at)
  if (agentId !== null) work.tell('people', { kind: 'session.ended', subject: `agent:${agentId}`, data: { session: sessionId } })
}

/** Ends one session of an agent. @throws session.notFound when it is another's, or ended already */
export async function endSession(work: Work, agentId: string, sessionId: string): Promise<void> {
  const ended = await revokeSessions(work.tx, agentId, work.at, { ids: [sessionId] })
  if (ended.length === 0) throw refuse('session.notFound')
  tellRevoked(work, agentId, ended)
}

/** Ends the agent's sessions, all but the one that asks. @returns how many ended. */
export async function endSessions(work: Work, agentId: string, except: string | null = null): Promise<number> {
  const ended = await revokeSessions(work.tx, agentId, work.at, { except })
  if (ended.length > 0) tellRevoked(work, agentId, ended)
  return ended.length
}

const tellRevoked = (work: Work, agentId: string, sessions: string[]) => work.tell('people', { kind: 'session.revoked', subject: `agent:${agentId}`, data: { sessions } })
