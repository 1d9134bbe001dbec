import { refuse as refuseGround, type Work } from '#platform'
import { refuse } from '../../refusals.ts'
import { calendarById } from '../calendars/store.ts'
import type { Terms } from '../model.ts'
import { rulesChanged } from '../rules-changed.ts'
import { conditionFaults, promisesAnything } from './model.ts'
import { allPolicies, beginPolicyChange, insertPolicy, insertPolicyVersion, lockOrder, orderPolicies, policyById, updatePolicy, type PolicyRow } from './store.ts'

export interface PolicyWords {
  name?: string
  condition?: string
  terms?: Terms
  active?: boolean
  archived?: boolean
}

/** Adds a policy; it is tried after all others. @throws policy.conditionInvalid, policy.promisesNothing, calendar.notFound */
export async function createPolicy(work: Work, words: PolicyWords & { name: string; terms: Terms; demo?: boolean }): Promise<PolicyRow> {
  const next = await valid(work, { condition: words.condition ?? '', terms: words.terms })
  await lockOrder(work.tx)
  const id = await insertPolicy(work.tx, { name: words.name, active: words.active ?? true, demo: words.demo ?? false })
  await insertPolicyVersion(work.tx, id, next, work.at)
  await rulesChanged(work, 'policy')
  work.tell('desk', { kind: 'slaPolicy.created', subject: `slaPolicy:${id}` })
  return reread(work, id)
}

/** Changes what is given: another condition or other terms make another version, which holds for the cases at hand too. @throws policy.notFound, version.stale */
export async function changePolicy(work: Work, id: string, words: PolicyWords, versionSeen: number | null = null): Promise<PolicyRow> {
  const version = await beginPolicyChange(work.tx, id)
  const before = version === null ? null : await policyById(work.tx, id)
  if (!before) throw refuse('policy.notFound')
  if (version !== null && versionSeen !== null && version !== versionSeen) throw refuseGround('version.stale', { version, versionSeen })
  const next = await valid(work, { condition: words.condition ?? before.condition, terms: words.terms ?? before.terms })
  if (next.condition !== before.condition || JSON.stringify(next.terms) !== JSON.stringify(before.terms)) await insertPolicyVersion(work.tx, id, next, work.at)
  await updatePolicy(work.tx, id, {
    ...(words.name === undefined ? {} : { name: words.name }), ...(words.active === undefined ? {} : { active: words.active }),
    ...(words.archived === undefined ? {} : { archivedAt: words.archived ? work.at : null }),
  })
  await rulesChanged(work, 'policy')
  work.tell('desk', { kind: 'slaPolicy.changed', subject: `slaPolicy:${id}`, data: { changed: Object.keys(words) } })
  return reread(work, id)
}

/** Says in which order policies are tried. All that are in use are named, so that nobody orders what they did not see. @throws policy.orderStale */
export async function putPoliciesInOrder(work: Work, ids: readonly string[]): Promise<PolicyRow[]> {
  const now = await lockOrder(work.tx)
  if (now.length !== new Set(ids).size || now.some((id) => !ids.includes(id))) throw refuse('policy.orderStale')
  if (now.some((id, index) => ids[index] !== id)) {
    await orderPolicies(work.tx, ids)
    await rulesChanged(work, 'policy')
    work.tell('desk', { kind: 'slaPolicy.ordered', data: { policies: ids } })
  }
  return allPolicies(work.tx)
}

async function valid(work: Work, { condition, terms }: { condition: string; terms: Terms }) {
  const problems = conditionFaults(condition)
  if (problems.length > 0) throw refuse('policy.conditionInvalid', { problems, errors: problems.map(({ code }) => ({ path: '/condition', code })) })
  if (!promisesAnything(terms)) throw refuse('policy.promisesNothing', { errors: [{ path: '/terms/targets', code: 'policy.promisesNothing' }] })
  const calendar = terms.hours === 'calendar' ? await calendarById(work.tx, terms.calendarId ?? NOWHERE) : null
  if (terms.hours === 'calendar' && (!calendar || calendar.archived)) throw refuse('calendar.notFound', { errors: [{ path: '/terms/calendarId', code: 'calendar.notFound' }] })
  return { condition: condition.trim(), terms: { ...terms, calendarId: terms.hours === 'calendar' ? terms.calendarId : null } }
}

const NOWHERE = '00000000-0000-0000-0000-000000000000'

async function reread(work: Work, id: string): Promise<PolicyRow> {
  const found = await policyById(work.tx, id)
  if (!found) throw refuse('policy.notFound')
  return found
}
