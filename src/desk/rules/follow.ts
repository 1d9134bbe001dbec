import type { Follower, JobHandler, Perform, SealedFact, Tick, Work } from '#platform'
import { conditionOf } from '../query/sql.ts'
import { holds, needsTexts, parseQuery, type Query, type QuerySubject } from '../query/model.ts'
import { subjectsOf } from '../query/store.ts'
import type { Reply } from '../replies/service.ts'
import { applyRule } from './apply.ts'
import { isCalledBy, ruleOfActor, type Told } from './model.ts'
import { activeRules, casesDue, type Rule } from './store.ts'

/** What calls rules: facts of the log, and the clock. */

/** Facts that fit no rule cost one look at their case; for the others there is a job, so that what rules do holds nobody up. */
export const ruleFollower: Follower = {
  name: 'desk.rules',
  wants: (fact) => fact.room === 'desk' && fact.case !== null && ruleOfActor(fact.actor) === null,
  handle: async (work, facts) => {
    const rules = (await activeRules(work.tx)).filter(({ trigger }) => 'on' in trigger).map(({ trigger, condition }) => ({ trigger, query: parseQuery(condition).query }))
    const called = facts.filter((fact) => rules.some(({ trigger }) => isCalledBy(trigger, fact)))
    if (called.length === 0) return
    const subjects = await subjectsOf(work.tx, [...new Set(called.flatMap((fact) => fact.case ?? []))])
    for (const fact of called) {
      const subject = subjects.get(fact.case ?? 0)
      if (subject && rules.some(({ trigger, query }) => isCalledBy(trigger, fact) && mayFit(query, subject, work.at))) enqueue(work, fact)
    }
  },
}

/** Whether a rule may fit, without reading what was written: the job reads that. */
const mayFit = (query: Query, subject: QuerySubject, now: Date): boolean => needsTexts(query) || holds(query, subject, { now })

const enqueue = (work: Work, { position, case: number, kind, actor, data }: SealedFact) => work.enqueue({
  name: 'desk.rules', key: `desk.rules ${position}`, payload: { number, cause: `fact ${position}`, told: { kind, actor, data } },
})

const isTold = (value: unknown): value is Told => typeof value === 'object' && value !== null && 'kind' in value && 'actor' in value && 'data' in value

/** Lets the rules that a fact calls look at its case, one after the other; each sees the case as those before it left it. */
export const ruleJob = (reply: Reply): JobHandler => async ({ number, cause, told }, { db, perform }) => {
  if (typeof number !== 'number' || typeof cause !== 'string' || !isTold(told)) return
  for (const rule of await activeRules(db)) {
    if (!isCalledBy(rule.trigger, told)) continue
    const outcome = await applyRule({ perform, reply, rule, number, cause })
    if (rule.last && (outcome === 'applied' || outcome === 'unchanged')) return
  }
}

const TICK_MS = 15_000
const BATCH = 100

/** Looks for cases whose time with a rule has come. Every instance looks; a rule acts once for one cause, whoever comes first. */
export const ruleTick = (reply: Reply): Tick => ({
  name: 'desk.rulesAfter', everyMs: TICK_MS,
  run: async ({ db, perform, actor }) => {
    const at = new Date()
    for (const rule of await activeRules(db)) {
      if (!('after' in rule.trigger)) continue
      const { where } = await conditionOf(db, actor, parseQuery(rule.condition).query, { now: at })
      const { since, after: minutes } = rule.trigger
      for (let found = BATCH; found === BATCH;) found = await lookAt(perform, reply, rule, await casesDue(db, { rule, since, minutes, where, at }, BATCH))
    }
  },
})

/** @returns how many there were; 0 when none of them can be done now, so that they are not looked at again and again. */
async function lookAt(perform: Perform, reply: Reply, rule: Rule, due: Awaited<ReturnType<typeof casesDue>>): Promise<number> {
  let done = 0
  for (const { number, cause } of due) if ((await applyRule({ perform, reply, rule, number, cause })) !== 'passed') done += 1
  return done === 0 ? 0 : due.length
}
