import { randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { renderSVG } from 'uqr'
import type { Work } from '#platform'
import type { Agent } from '../agents/model.ts'
import type { Keys } from '../keys.ts'
import { refuse } from '../refusals.ts'
import { acceptStep, DRIFT_STEPS, normaliseRecoveryCode, RECOVERY_CODES, recoveryCode, STEP_SECONDS } from './model.ts'
import { confirmTotp, deleteTotp, lockTotp, recoveryCodesLeft, saveRecoveryCodes, saveStep, saveTotp, useRecoveryCode, type Totp } from './store.ts'

const SECRET_BYTES = 20

/** A new secret to scan; it counts once a code of it was given. @throws totp.there */
export async function beginTotp(work: Work, keys: Keys, agent: Agent): Promise<{ secret: string; uri: string; svg: string }> {
  if ((await lockTotp(work.tx, agent.id))?.confirmedAt) throw refuse('totp.there')
  const secret = new Secret({ size: SECRET_BYTES })
  await saveTotp(work.tx, agent.id, keys.seal(secret.base32, agent.id))
  work.tell('people', { kind: 'totp.begun', subject: `agent:${agent.id}` })
  const uri = new TOTP({ issuer: 'Meridian', label: agent.email, secret, period: STEP_SECONDS }).toString()
  return { secret: secret.base32, uri, svg: renderSVG(uri, { ecc: 'M', border: 2 }) }
}

/** From now on signing in needs a code. @returns the recovery codes, shown this once. @throws totp.notBegun, totp.there, totp.codeWrong */
export async function confirmSecondFactor(work: Work, keys: Keys, agentId: string, code: string): Promise<string[]> {
  const totp = await lockTotp(work.tx, agentId)
  if (!totp) throw refuse('totp.notBegun')
  if (totp.confirmedAt) throw refuse('totp.there')
  const step = stepOf(work, keys, agentId, totp, code)
  if (step === null) throw refuse('totp.codeWrong', { errors: [{ path: '/code', code: 'totp.codeWrong' }] })
  await confirmTotp(work.tx, agentId, work.at, step)
  const codes = Array.from({ length: RECOVERY_CODES }, () => recoveryCode((limit) => randomInt(limit)))
  await saveRecoveryCodes(work.tx, agentId, codes.map((one) => printOf(keys, agentId, normaliseRecoveryCode(one) ?? one)))
  work.tell('people', { kind: 'totp.confirmed', subject: `agent:${agentId}` })
  return codes
}

/** Without its second factor an agent signs in by password alone. @throws totp.notThere */
export async function removeTotp(work: Work, agentId: string): Promise<void> {
  if (!await deleteTotp(work.tx, agentId)) throw refuse('totp.notThere')
  work.tell('people', { kind: 'totp.removed', subject: `agent:${agentId}` })
}

export type SecondFactor = 'passed' | 'needed' | 'wrong'

/** Checks a code and uses it up: of two who give the same one at once, the second waits for the lock and comes too late. */
export async function passSecondFactor(work: Work, keys: Keys, agentId: string, code: string | undefined): Promise<SecondFactor> {
  const totp = await lockTotp(work.tx, agentId)
  if (!totp?.confirmedAt) return 'passed'
  if (code === undefined || code.trim() === '') return 'needed'
  const recovery = normaliseRecoveryCode(code)
  if (recovery !== null) return await passRecovery(work, keys, agentId, recovery) ? 'passed' : 'wrong'
  const step = stepOf(work, keys, agentId, totp, code)
  if (step === null) return 'wrong'
  await saveStep(work.tx, agentId, step)
  return 'passed'
}

async function passRecovery(work: Work, keys: Keys, agentId: string, code: string): Promise<boolean> {
  if (!await useRecoveryCode(work.tx, agentId, printOf(keys, agentId, code), work.at)) return false
  work.tell('people', { kind: 'recoveryCode.used', subject: `agent:${agentId}`, data: { left: await recoveryCodesLeft(work.tx, agentId) } })
  return true
}

const printOf = (keys: Keys, agentId: string, code: string) => keys.print(`recovery ${agentId} ${code}`)

function stepOf(work: Work, keys: Keys, agentId: string, totp: Totp, code: string): number | null {
  const secret = keys.open(totp.secret, agentId)
  if (secret === null) throw refuse('totp.unreadable')
  const token = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return null
  const drift = new TOTP({ secret: Secret.fromBase32(secret), period: STEP_SECONDS }).validate({ token, timestamp: work.at.getTime(), window: DRIFT_STEPS })
  return acceptStep(drift, work.at, totp.lastStep)
}
