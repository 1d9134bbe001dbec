import { newId, refuse as refuseAnything, type Work } from '#platform'
import { requireKnown } from '../actions/check.ts'
import { checkQuery } from '../query/check.ts'
import { refuse } from '../refusals.ts'
import { unknownIn } from '../snippets/model.ts'
import type { Definition } from './model.ts'
import { findRule, insertEdition, insertRule, lockRule, orderRules, updateRule, type Rule } from './store.ts'

/** Writes a rule down. It does nothing until it is switched on. */
export async function createRule(work: Work, given: Definition & { name: string }): Promise<Rule> {
  await requireSound(work, given)
  const id = newId()
  await insertRule(work.tx, { id, name: given.name, at: work.at })
  await insertEdition(work.tx, { ...given, id, edition: 1, by: work.actor.id, at: work.at })
  work.tell('desk', { kind: 'rule.created', subject: `rule:${id}`, data: { edition: 1 } })
  return reread(work, id)
}

export interface RuleWords extends Partial<Definition> {
  name?: string
  active?: boolean
  archived?: boolean
}

/** Changes what is given. What a rule says is never rewritten: another saying is another edition. @throws version.stale */
export async function changeRule(work: Work, id: string, given: RuleWords, versionSeen: number | null = null): Promise<Rule> {
  const version = await lockRule(work.tx, id)
  const before = await findRule(work.tx, id)
  if (version === null || !before) throw refuse('rule.notFound')
  if (versionSeen !== null && version !== versionSeen) throw refuseAnything('version.stale', { version, versionSeen })
  const next: Definition = { trigger: given.trigger ?? before.trigger, condition: given.condition ?? before.condition, actions: given.actions ?? before.actions, last: given.last ?? before.last }
  const says = JSON.stringify(next) !== JSON.stringify({ trigger: before.trigger, condition: before.condition, actions: before.actions, last: before.last })
  if (says || (given.active === true && !before.active)) await requireSound(work, next)
  if (says) await insertEdition(work.tx, { ...next, id, edition: before.edition + 1, by: work.actor.id, at: work.at })
  const archived = given.archived !== undefined && given.archived !== before.archived ? given.archived : undefined
  const active = archived ? false : given.active !== undefined && given.active !== before.active ? given.active : undefined
  await updateRule(work.tx, id, {
    ...(given.name === undefined ? {} : { name: given.name }), ...(says ? { edition: before.edition + 1 } : {}), ...(active === undefined ? {} : { active }), ...(archived === undefined ? {} : { archived }),
  }, work.at)
  work.tell('desk', { kind: 'rule.changed', subject: `rule:${id}`, data: { changed: Object.keys(given), edition: before.edition + (says ? 1 : 0) } })
  return reread(work, id)
}

/** Puts rules into an order: they look at a case one after the other. */
export async function reorderRules(work: Work, ids: readonly string[]): Promise<void> {
  await orderRules(work.tx, ids)
  work.tell('desk', { kind: 'rule.ordered', subject: 'rules:all', data: { rules: [...ids] } })
}

/** Checks that a rule can be understood and done by the program, which is nobody: it has no cases of its own and no team. @throws rule.invalid naming the field */
export async function requireSound(work: Work, { condition, actions }: Definition): Promise<void> {
  const { problems } = await checkQuery(work.tx, work.actor, condition, { readerless: true })
  if (problems.length > 0) throw refuse('rule.invalid', { errors: problems.map(({ code }) => ({ path: '/condition', code })), problems })
  const toMe = actions.findIndex((action) => action.do === 'assign' && action.to === 'me')
  if (toMe >= 0) throw refuse('rule.invalid', { errors: [{ path: `/actions/${toMe}/to`, code: 'rule.nobody' }] })
  const unknown = actions.flatMap((action) => (action.do === 'reply' || action.do === 'note' ? unknownIn(action.body) : []))
  if (unknown.length > 0) throw refuse('rule.invalid', { errors: [{ path: '/actions', code: 'macro.unknownVariable' }], names: unknown })
  await requireKnown(work, actions)
}

async function reread(work: Work, id: string): Promise<Rule> {
  const rule = await findRule(work.tx, id)
  if (!rule) throw refuse('rule.notFound')
  return rule
}
