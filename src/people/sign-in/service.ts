import { refuse as refuseAnything, system, type Actor, type Work } from '#platform'
import { normaliseEmail, type Agent } from '../agents/model.ts'
import { createAgent } from '../agents/service.ts'
import { findAgent, findAgentByEmail } from '../agents/store.ts'
import { forgiveAttempt, takeAttempt, withdrawAttempt } from '../attempts/service.ts'
import { hashOf } from '../keys.ts'
import { fieldsNeeded, isLinkValid, type LinkFields, type SignInLink } from '../links/model.ts'
import { dropResetRequest, findLink, lockLink, revokeFirstLinks, saveResetRequest, useLink } from '../links/store.ts'
import type { People } from '../open.ts'
import { refuse } from '../refusals.ts'
import { beginSession, endSessions, leaveSession, type Sender } from '../sessions/service.ts'
import type { Method, Session } from '../sessions/model.ts'
import { passSecondFactor } from '../totp/service.ts'
import { passwordFault, wordsAbout } from './model.ts'
import { adminHasWayIn, findLogin, replaceHash, savePassword, type Login } from './store.ts'

const program = system('sign-in')

/** Somebody signed in: the secret goes into the cookie and nowhere else. */
export interface Begun {
  agent: Agent
  session: Session
  secret: string
}

export interface Caller extends Sender {
  /** The session of the cookie that came with the request; it ends, so that nobody goes on with one that another planted. */
  sessionId: string | null
}

const nameKey = (text: string) => normaliseEmail(text) ?? text.normalize('NFC').trim().toLowerCase()
const actorOf = (agent: Agent): Actor => ({ kind: 'agent', id: agent.id, name: agent.name, roles: agent.roles, teamId: agent.teamId, barred: [] })

/**
 * Signs in with address, password and, where one is set up, a code. An unknown name, a deactivated agent, one without a password and a wrong
 * password get the same answer after the same work. @throws signIn.limited, signIn.busy, signIn.wrong, signIn.codeNeeded, signIn.codeWrong
 */
export async function signIn(people: People, given: { email: string; password: string; code?: string }, caller: Caller): Promise<Begun> {
  const name = nameKey(given.email)
  const attempt = await people.perform(program, (work) => takeAttempt(work, people.keys, 'signIn', { name, address: caller.address }))
  const login = await findLogin(people.db, name)
  const { right, stale } = await people.passwords.check(given.password, login?.hash ?? null)
  if (!login || !right || login.agent.deactivated) {
    if (login) tellRefused(people, login)
    throw refuse('signIn.wrong')
  }
  const fresh = stale ? await people.passwords.hash(given.password) : null
  const { agent, hash } = login
  const result = await people.perform(actorOf(agent), async (work) => {
    const factor = await passSecondFactor(work, people.keys, agent.id, given.code)
    if (factor === 'wrong') throw refuse('signIn.codeWrong')
    if (factor === 'needed') {
      await withdrawAttempt(work, attempt)
      return null
    }
    await forgiveAttempt(work, attempt)
    if (fresh && hash) await replaceHash(work.tx, agent.id, hash, fresh)
    return begin(people, work, agent, 'password', caller)
  })
  if (!result) throw refuse('signIn.codeNeeded')
  return result
}

/** Written beside the answer, which must not take longer for names that exist. */
function tellRefused({ perform }: People, { agent }: Login) {
  void perform(program, async (work) => work.tell('people', { kind: 'signIn.refused', subject: `agent:${agent.id}` })).catch(() => {})
}

/** The agent is looked at again inside the transaction: a deactivation in the same moment wins. */
async function begin(people: People, work: Work, agent: Agent, method: Method, caller: Caller): Promise<Begun> {
  const now = await findAgent(work.tx, agent.id)
  if (!now || now.deactivated) throw refuse('signIn.wrong')
  if (caller.sessionId !== null) await leaveSession(work, caller.sessionId)
  people.forgetAfter(work)
  return { agent: now, ...await beginSession(work, now.id, method, caller) }
}

/** What a link is for, before it is used. @throws link.invalid */
export async function readLink(people: People, secret: string): Promise<{ link: SignInLink; agent: Agent | null }> {
  const link = await findLink(people.db, hashOf(secret))
  const agent = link?.agentId ? await findAgent(people.db, link.agentId) : null
  if (!link || !isLinkValid(link, people.clock.now()) || agent?.deactivated) throw refuse('link.invalid')
  return { link, agent }
}

/**
 * Uses a link up: makes the first administrator, or sets a password; then signs in. A reset ends the agent's other sessions and still asks
 * for the second factor. @throws link.invalid, link.fieldsNeeded, password.weak, signIn.limited, signIn.codeNeeded, signIn.codeWrong, agent.emailTaken
 */
export async function signInByLink(people: People, given: LinkFields & { token: string; code?: string }, caller: Caller): Promise<Begun> {
  const { link, agent } = await readLink(people, given.token)
  const missing = fieldsNeeded(link.purpose).filter((field) => !given[field]?.trim())
  if (missing.length > 0) throw refuse('link.fieldsNeeded', { errors: missing.map((field) => ({ path: `/${field}`, code: 'required' })) })
  const { name = '', email = '', password = '' } = given
  refuseWeak(password, { name: name || (agent?.name ?? ''), email: agent?.email ?? email })
  // A code may be guessed as well as a password may: the tries are counted alike.
  const attempt = await people.perform(program, (work) => takeAttempt(work, people.keys, 'signIn', { name: agent?.email ?? nameKey(email), address: caller.address }))
  const hash = await people.passwords.hash(password)
  const result = await people.perform(program, async (work) => {
    const locked = await lockLink(work.tx, hashOf(given.token))
    if (!locked || !isLinkValid(locked, work.at)) throw refuse('link.invalid')
    const whose = await whoseLink(work, locked, { name, email })
    const factor = await passSecondFactor(work, people.keys, whose.id, given.code)
    if (factor === 'wrong') throw refuse('signIn.codeWrong')
    await withdrawAttempt(work, attempt)
    if (factor === 'needed') return null
    await useLink(work.tx, locked.id, work.at)
    await settlePassword(work, whose, hash)
    work.tell('people', { kind: 'link.used', subject: `agent:${whose.id}`, data: { link: locked.id, purpose: locked.purpose } })
    return begin(people, work, whose, 'link', caller)
  })
  if (!result) throw refuse('signIn.codeNeeded')
  return result
}

async function whoseLink(work: Work, link: SignInLink, { name, email }: { name: string; email: string }): Promise<Agent> {
  if (link.agentId !== null) {
    const agent = await findAgent(work.tx, link.agentId)
    if (!agent || agent.deactivated) throw refuse('link.invalid')
    return agent
  }
  // Meanwhile an administrator may have come in by another way; then nobody is made one by a link that lay around.
  if (await adminHasWayIn(work.tx)) throw refuse('link.invalid')
  await revokeFirstLinks(work.tx, work.at)
  const known = await findAgentByEmail(work.tx, nameKey(email))
  if (known) throw refuse('agent.emailTaken', { errors: [{ path: '/email', code: 'agent.emailTaken' }] })
  return createAgent(work, { name, email, roles: ['admin'] })
}

async function settlePassword(work: Work, agent: Agent, hash: string) {
  await savePassword(work.tx, agent.id, hash, work.at)
  await dropResetRequest(work.tx, agent.id)
  await endSessions(work, agent.id)
  work.tell('people', { kind: 'password.set', subject: `agent:${agent.id}` })
}

/** Sets one's own password; all other sessions end. @throws password.wrong, password.weak, signIn.limited */
export async function changePassword(people: People, agent: Agent, given: { current?: string; password: string }, caller: Caller): Promise<void> {
  refuseWeak(given.password, agent)
  await confirmPassword(people, agent, given.current, caller)
  const hash = await people.passwords.hash(given.password)
  await people.perform(actorOf(agent), async (work) => {
    await savePassword(work.tx, agent.id, hash, work.at)
    await dropResetRequest(work.tx, agent.id)
    await endSessions(work, agent.id, caller.sessionId)
    people.forgetAfter(work)
    work.tell('people', { kind: 'password.set', subject: `agent:${agent.id}` })
  })
}

/** Whoever found an open browser does not know the password; who has none (signed in through another service) is not asked. @throws password.wrong, signIn.limited */
export async function confirmPassword(people: People, agent: Agent, current: string | undefined, caller: Caller): Promise<void> {
  const hash = (await findLogin(people.db, agent.email))?.hash ?? null
  if (hash === null) return
  const attempt = await people.perform(program, (work) => takeAttempt(work, people.keys, 'password', { name: agent.id, address: caller.address }))
  if (!(await people.passwords.check(current ?? '', hash)).right) throw refuse('password.wrong', { errors: [{ path: '/current', code: 'password.wrong' }] })
  await people.perform(program, (work) => forgiveAttempt(work, attempt))
}

/** Somebody forgot the password. Administrators see it and hand a link on; whether the address is an agent's, the answer does not tell. */
export async function askForReset(people: People, email: string, caller: Caller): Promise<void> {
  const name = nameKey(email)
  await people.perform(program, (work) => takeAttempt(work, people.keys, 'reset', { name, address: caller.address }))
  // After the answer, which therefore takes as long for names that do not exist.
  void people.perform(program, async (work) => {
    const agent = await findAgentByEmail(work.tx, name)
    if (!agent || agent.deactivated) return
    await saveResetRequest(work.tx, agent.id, work.at)
    work.tell('people', { kind: 'reset.asked', subject: `agent:${agent.id}` })
  }).catch(() => {})
}

function refuseWeak(password: string, about: { name: string; email: string }) {
  const fault = passwordFault(password, wordsAbout(about))
  if (fault) throw refuse('password.weak', { reason: fault, errors: [{ path: '/password', code: fault }] })
}

/** @throws signIn.needed when the agent is gone. */
export async function requireMe(people: People, id: string): Promise<Agent> {
  const agent = await findAgent(people.db, id)
  if (!agent) throw refuseAnything('signIn.needed')
  return agent
}
