import type { Work } from '#platform'
import { count, type Counted } from './model.ts'
import { alone, factsOf, findBuild, lockBuild, numbersAfter, saveBuild, subjectsOf, writeMoments, writeSpans, type MomentRow, type SpanRow, type Subject } from './store.ts'
import { businessHours, type BusinessHours } from './hours.ts'

/** Goes up with every change of what a moment is; all that was kept is then made anew from the log. */
export const MEASURES_VERSION = 1

/** Makes the moments of these cases what their facts say. Done twice it changes nothing. */
export async function measureCases(work: Work, numbers: readonly number[]): Promise<void> {
  if (numbers.length === 0) return
  await alone(work.tx)
  const subjects = await subjectsOf(work.tx, numbers)
  const counting = subjects.filter(({ counts }) => counts)
  const earliest = counting.reduce((first, { openedAt }) => (openedAt < first ? openedAt : first), work.at)
  const facts = await factsOf(work.tx, counting.map(({ number }) => number), earliest)
  const hours = await businessHours(work.tx)
  const counted = counting.flatMap((subject) => {
    const found = count(facts.get(subject.number) ?? [])
    return found ? [{ subject, found }] : []
  })
  const there = subjects.map(({ number }) => number)
  await writeMoments(work.tx, there, counted.flatMap(({ subject, found }) => momentRows(subject, found, hours)))
  await writeSpans(work.tx, there, counted.flatMap(({ subject, found }) => spanRows(subject, found)))
}

const about = ({ number, topic, accountId, channel, priority, queueId }: Subject) => ({ case_number: number, topic, account_id: accountId, channel, priority, space_id: queueId })

const momentRows = (subject: Subject, { moments }: Counted, hours: BusinessHours): MomentRow[] => moments.map(({ moment, turn, at, from, hit, queueId, teamId, agentId }) => ({
  ...about(subject), moment, turn, at, hit, queue_id: queueId, team_id: teamId, agent_id: agentId,
  ms: from === null ? null : Math.max(0, at.getTime() - from.getTime()), business_ms: from === null ? null : hours(teamId, from, at),
}))

const spanRows = (subject: Subject, { openedAt, spans }: Counted): SpanRow[] => spans.map(({ turn, from, until, queueId, teamId, agentId }) => ({
  ...about(subject), turn, opened_at: openedAt, from, until, queue_id: queueId, team_id: teamId, agent_id: agentId,
}))

/** Whether what is kept is of this version of the measures. */
export const isBuilt = async (work: Pick<Work, 'tx'>): Promise<boolean> => {
  const { built, building } = await findBuild(work.tx)
  return built === MEASURES_VERSION && building === null
}

/** Asks for all moments to be made anew from the log. What is there stays in use meanwhile. */
export async function rebuildMeasures(work: Work): Promise<void> {
  await saveBuild(work.tx, { ...(await lockBuild(work.tx)), building: MEASURES_VERSION, upto: 0 })
  work.enqueue({ name: 'insights.build', payload: {}, key: 'insights.build', queue: 'insights' })
  work.tell('insights', { kind: 'measures.rebuildBegun', subject: 'measures:all', data: { version: MEASURES_VERSION } })
}

/** One step of making all moments from the log: the next cases by number. Goes on where the last step ended, whoever made it. @returns whether there is more. */
export async function buildStep(work: Work, cases: number): Promise<boolean> {
  const before = await lockBuild(work.tx)
  if (before.built === MEASURES_VERSION && before.building === null) return false
  const upto = before.building === MEASURES_VERSION ? before.upto : 0
  const numbers = await numbersAfter(work.tx, upto, cases)
  await measureCases(work, numbers)
  const last = numbers.at(-1)
  if (last !== undefined) {
    await saveBuild(work.tx, { ...before, building: MEASURES_VERSION, upto: last })
    return true
  }
  await saveBuild(work.tx, { built: MEASURES_VERSION, building: null, upto, at: work.at })
  work.tell('insights', { kind: 'measures.built', subject: 'measures:all', data: { version: MEASURES_VERSION, upto } })
  return false
}
