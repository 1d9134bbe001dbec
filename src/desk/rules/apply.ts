import { Refusal, system, type Perform, type Work } from '#platform'
import { applyActions } from '../actions/service.ts'
import { changesBetween } from '../actions/preview.ts'
import { actionSubjects } from '../actions/store.ts'
import { holds, needsTexts, parseQuery } from '../query/model.ts'
import { subjectsOf } from '../query/store.ts'
import type { Reply } from '../replies/service.ts'
import { tellCase } from '../cases/tell.ts'
import { actorOfRule, RUNS_AN_HOUR_MAX } from './model.ts'
import { causeNow, insertRun, lockForRule, recentRuns, runOf, type Outcome, type Rule } from './store.ts'

const HOUR_MS = 3_600_000

export interface Applying {
  perform: Perform
  reply: Reply
  rule: Rule
  number: number
  /** Why the rule looks at this case now; it acts once for one cause. */
  cause: string
}

/** `passed` when the case does not fit, is gone, or was put off again. */
export type Applied = Outcome | 'passed'

/** Lets one rule look at one case, in a unit of work of its own. What a verb refuses is noted and holds up no other rule. */
export async function applyRule(applying: Applying): Promise<Applied> {
  const { perform, rule, number, cause } = applying
  try {
    return await perform(system(actorOfRule(rule.id)), (work) => act(work, applying))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return perform(system(actorOfRule(rule.id)), async (work) => {
      const found = await lockForRule(work.tx, number)
      if (!found) return 'passed'
      await insertRun(work.tx, { ruleId: rule.id, caseId: found.id, cause, edition: rule.edition, at: work.at, outcome: 'refused', refusal: error.code })
      tellCase(work, { number, version: found.version }, 'rule.refused', { rule: rule.id, code: error.code })
      return 'refused'
    })
  }
}

async function act(work: Work, { rule, number, cause, reply }: Applying): Promise<Applied> {
  const found = await lockForRule(work.tx, number)
  if (!found) return 'passed'
  const before = await runOf(work.tx, rule.id, found.id, cause)
  if (before) return before
  if ('after' in rule.trigger && (await causeNow(work.tx, found.id, rule.trigger.since)) !== cause) return 'passed'
  const { query } = parseQuery(rule.condition)
  const subject = (await subjectsOf(work.tx, [number], { texts: needsTexts(query) })).get(number)
  if (!subject || !holds(query, subject, { now: work.at })) return 'passed'
  const note = (outcome: Outcome, changes: ReturnType<typeof changesBetween> = []) =>
    insertRun(work.tx, { ruleId: rule.id, caseId: found.id, cause, edition: rule.edition, at: work.at, outcome, changes })
  const recent = await recentRuns(work.tx, rule.id, found.id, new Date(work.at.getTime() - HOUR_MS))
  if (recent.applied >= RUNS_AN_HOUR_MAX) {
    await note('looped')
    // Once an hour is enough to see it.
    if (recent.looped === 0) tellCase(work, { number, version: found.version }, 'rule.looped', { rule: rule.id })
    return 'looped'
  }
  const [was] = await actionSubjects(work.tx, [number], [])
  const saved = await applyActions(work, number, rule.actions, { reply })
  const [became] = await actionSubjects(work.tx, [number], [])
  const outcome = saved.version === found.version ? 'unchanged' : 'applied'
  await note(outcome, was && became ? changesBetween(was, became) : [])
  return outcome
}
