import { newId, type Db, type JobHandler, type Work } from '#platform'
import { previewOf, type PreviewContext } from '../actions/preview.ts'
import { previewContext } from '../actions/store.ts'
import { actionSubjectOf } from '../actions/subject.ts'
import { deskPolicy } from '../policy.ts'
import { holds, needsTexts, parseQuery, type Query, type QuerySubject } from '../query/model.ts'
import { subjectsOf } from '../query/store.ts'
import { refuse } from '../refusals.ts'
import { kindsOf, sinces, type Definition } from './model.ts'
import { asItWas, momentsOf, type Names, type PastFact } from './past.ts'
import { requireSound } from './service.ts'
import { emptyTally, tallyCase, type Tally } from './tally.ts'
import { casesTold, endTrial, findTrial, insertTrial, noteProgress, pastOf, readNames, type Trial } from './trial-store.ts'

const DAY_MS = 86_400_000
const BATCH = 500
/** More cases than this are not looked at: the newest tell what a rule would do. */
const CASES_MAX = 50_000

/** Asks what a rule would have done in the last days, without doing any of it. */
export async function askTrial(work: Work, given: { definition: Definition; days: number; ruleId: string | null }): Promise<Trial> {
  await requireSound(work, given.definition)
  const { actor } = work
  const trial = { id: newId(), ...given, askedBy: actor.kind === 'agent' ? actor.id : null, barred: [...actor.barred], at: work.at }
  await insertTrial(work.tx, trial)
  work.enqueue({ name: 'desk.tryRule', payload: { trial: trial.id }, key: `desk.tryRule ${trial.id}`, attemptsMax: 3 })
  work.tell('desk', { kind: 'rule.tried', subject: `ruleTrial:${trial.id}`, data: { rule: given.ruleId, days: given.days } })
  return { ...trial, state: 'waiting', looked: 0, total: null, result: null, endedAt: null }
}

export async function cancelTrial(work: Work, id: string): Promise<void> {
  if (!(await findTrial(work.tx, id))) throw refuse('trial.notFound')
  if (await endTrial(work.tx, id, 'cancelled', work.at, null)) work.tell('desk', { kind: 'rule.trialCancelled', subject: `ruleTrial:${id}` })
}

/** Works a trial off. A second run begins anew: nothing was done. */
export const trialJob: JobHandler = async ({ trial: id }, { db, perform, actor, attempt, attemptsMax }) => {
  if (typeof id !== 'string') return
  const trial = await findTrial(db, id)
  if (!trial || trial.state === 'done' || trial.state === 'cancelled') return
  const end = (state: 'done' | 'failed', result: Tally | null) => perform(actor, async (work) => {
    if (await endTrial(work.tx, id, state, work.at, result)) work.tell('desk', { kind: 'rule.trialEnded', subject: `ruleTrial:${id}`, data: { state } })
  })
  try {
    const tally = await runTrial(db, trial)
    if (tally) await end('done', tally)
  } catch (error) {
    if (attempt >= attemptsMax) await end('failed', null)
    throw error
  }
}

/** @returns null when it was cancelled meanwhile. */
async function runTrial(db: Db, trial: Trial): Promise<Tally | null> {
  const span = { from: new Date(trial.at.getTime() - trial.days * DAY_MS), until: trial.at }
  const { trigger } = trial.definition
  const kinds = 'on' in trigger ? [...kindsOf([trigger])] : sinces[trigger.since].begins
  const numbers = await casesTold(db, kinds, span, trial.barred, CASES_MAX)
  const [tally, names] = [emptyTally(), await readNames(db)]
  for (let at = 0; at < numbers.length; at += BATCH) {
    if (!(await noteProgress(db, trial.id, { looked: at, total: numbers.length }))) return null
    await tryBatch(db, trial, { numbers: numbers.slice(at, at + BATCH), span, names, tally })
  }
  return (await noteProgress(db, trial.id, { looked: numbers.length, total: numbers.length })) ? tally : null
}

interface Batch {
  numbers: number[]
  span: { from: Date; until: Date }
  names: Names
  tally: Tally
}

async function tryBatch(db: Db, { definition, at, barred }: Trial, { numbers, span, names, tally }: Batch) {
  const { query } = parseQuery(definition.condition)
  const [subjects, past] = [await subjectsOf(db, numbers, { texts: needsTexts(query) }), await pastOf(db, numbers)]
  const context = await previewContext(db, { kind: 'system', id: 'desk.tryRule', name: '', roles: [], teamId: null, barred }, at, {
    actions: definition.actions, subjects: [...subjects.values()].map(actionSubjectOf), readers: deskPolicy['case.read'],
  })
  for (const [number, subject] of subjects) tallyCase(tally, number, tryCase(definition, query, { subject, facts: past.get(number) ?? [], span, names, context }))
}

interface Tried {
  subject: QuerySubject
  facts: PastFact[]
  span: Batch['span']
  names: Names
  context: PreviewContext
}

/** Each moment by itself: what the rule would have changed before is not there at the next. */
function tryCase({ trigger, actions }: Definition, query: Query, { subject, facts, span, names, context }: Tried) {
  return momentsOf(trigger, facts, span.until).filter(({ at }) => at >= span.from).flatMap(({ at, after }) => {
    const then = asItWas(subject, facts.filter(({ id }) => id > after), names)
    return holds(query, then, { now: at }) ? [{ at, preview: previewOf(actionSubjectOf(then), actions, { ...context, now: at }) }] : []
  })
}
