import { sql } from 'kysely'
import type { Actor, Db } from '#platform'
import type { Static } from 'typebox'
import { deskPolicy } from '../policy.ts'
import type { Staffing } from '../ports.ts'
import { inOrder } from './model.ts'
import { needsOfCase, readSnapshot } from './snapshot.ts'
import { readCaseNeeds, readQueues, skillsInUse } from './store.ts'
import type { BoardView, CaseRoutingView, DecisionView, ReasonsView } from './views.ts'

/** What the board shows of the cases; the most urgent come first, and each queue says how many there are. */
const BOARD_CASES_MAX = 400
const DECISIONS_OF_CASE = 10

const readers: readonly string[] = deskPolicy['case.read']

/** Everything that the board shows and decides on: the same snapshot that the router takes. Behind a wall nothing is shown. */
export async function readBoard(db: Db, actor: Actor, staffing: Staffing, at: Date): Promise<Static<typeof BoardView>> {
  const seen = (queueId: string) => !actor.barred.includes(queueId)
  const { waiting, agents, queues, rules, settings } = await readSnapshot(db, { staffing, at, assignmentsMax: BOARD_CASES_MAX, queues: ({ queueId }) => seen(queueId), agents: sql`true` })
  const cases = inOrder(waiting, settings).slice(0, BOARD_CASES_MAX)
  const subjects = actor.roles.some((role) => readers.includes(role)) ? await subjectsOf(db, cases.map(({ id }) => id)) : new Map<string, string>()
  const people = new Map((await peopleOf(db, agents.map(({ id }) => id))).map((person) => [person.id, person]))
  const counts = new Map<string, number>()
  for (const { queueId } of waiting) counts.set(queueId, (counts.get(queueId) ?? 0) + 1)
  return {
    at, rules, skills: await skillsInUse(db), queues: queues.filter(({ queueId }) => seen(queueId)).map((queue) => ({ ...presentQueue(queue, actor), waiting: counts.get(queue.queueId) ?? 0 })),
    agents: agents.map(({ skills, ...agent }) => ({ ...agent, name: people.get(agent.id)?.name ?? '', team: people.get(agent.id)?.team ?? null, skills: Object.fromEntries(skills) })),
    cases: cases.map(({ outlook: _, needs, missed, ...found }) => ({ ...found, needs: [...needs], missed: [...missed], subject: subjects.get(found.id) ?? null })),
  }
}

type QueueRow = Awaited<ReturnType<typeof readQueues>>[number]

/** A queue as a reader sees it; where it goes on to behind a wall is not told. */
export const presentQueue = (queue: QueueRow, actor: Actor) =>
  ({ ...queue, teams: [...queue.teams], weights: { ...queue.weights }, overflow: queue.overflow && actor.barred.includes(queue.overflow.queueId) ? null : queue.overflow })

async function subjectsOf(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; subject: string }>`select id, subject from "case" where id = any(${[...ids]}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, subject }) => [id, subject]))
}

async function peopleOf(db: Db, ids: readonly string[]): Promise<{ id: string; name: string; team: string | null }[]> {
  const { rows } = await sql<{ id: string; name: string; team: string | null }>`select a.id, a.name, t.name as team from agent a left join team t on t.id = a.team_id where a.id = any(${[...ids]}::uuid[])`.execute(db)
  return rows
}

type Kept = Static<typeof DecisionView>

const decisionColumns = sql`d.id, c.number as "caseNumber", d.at, d.queue_id as "queueId", d.agent_id as "agentId", d.why, d.waited_ms::float8 as "waitedMs", d.reasons`

/** Why a case went to whom, the newest decision first, and what it asks for. */
export async function readCaseRouting(db: Db, found: { id: string; queueId: string }): Promise<Static<typeof CaseRoutingView>> {
  const { rows: decisions } = await sql<Kept>`select ${decisionColumns} from routing_decision d join "case" c on c.id = d.case_id where d.case_id = ${found.id}::uuid order by d.at desc, d.id desc limit ${DECISIONS_OF_CASE}`.execute(db)
  const [needs, asked, queue] = [await needsOfCase(db, found.id), await readCaseNeeds(db, found.id), (await readQueues(db, found.queueId))[0]]
  const agents = await peopleOf(db, [...new Set(decisions.flatMap(({ agentId, reasons }) => [agentId, ...namedIn(reasons)]))].filter((id) => id !== null))
  return { needs, asked, decisions, agents: agents.map(({ id, name }) => ({ id, name })), skills: await skillsInUse(db), mode: queue?.mode ?? 'pull' }
}

const namedIn = ({ best, others, ownerId }: Static<typeof ReasonsView>): (string | null)[] => [ownerId, ...best.map(({ agentId }) => agentId), ...others.flatMap(({ some }) => some)]

/** The newest decisions in all queues that the reader may look into. */
export async function lastDecisions(db: Db, barred: readonly string[], limit: number): Promise<Kept[]> {
  const { rows } = await sql<Kept>`select ${decisionColumns} from routing_decision d join "case" c on c.id = d.case_id
    where d.agent_id is not null and d.queue_id <> all(${[...barred]}::uuid[]) and c.queue_id <> all(${[...barred]}::uuid[]) order by d.at desc, d.id desc limit ${limit}`.execute(db)
  return rows
}
