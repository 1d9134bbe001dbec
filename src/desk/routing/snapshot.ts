import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { oneOf, type Db, type Tx } from '#platform'
import { priorities } from '../cases/model.ts'
import type { Staffing } from '../ports.ts'
import { gatherNeeds, inOrder, languageSkillKey, type CandidateAgent, type RoutingRules, type RoutingSettings, type SkillNeed, type WaitingCase } from './model.ts'
import { readCaseNeeds, readQueues, readRules, readTopicNeeds, skillsInUse, withSource, type QueueRoutingRow } from './store.ts'

/** Everything that a round is decided on, read at once. */
export interface Snapshot {
  waiting: Waiting[]
  agents: CandidateAgent[]
  queues: QueueRoutingRow[]
  rules: RoutingRules
  settings: RoutingSettings
}

/** A case that waits, with the outlook that was written of it last when nobody could take it. */
export interface Waiting extends WaitingCase {
  outlook: string | null
}

interface WaitingRow {
  id: string
  number: number
  version: number
  queueId: string
  priority: string
  channel: string
  topic: string | null
  language: string | null
  dueAt: number | null
  waitingSince: number
  queuedAt: number
  outlook: string | null
  needs: { skillId: string; level: number; dropAfterMinutes: number | null }[] | null
  missed: { agentId: string; at: number }[] | null
}

/** Work at hand of that order is the most that a round looks at: the longest waiting. */
const WAITING_MAX = 20_000
/** So many of the first in order are asked after who answered their customer last; a round seldom comes further. */
const OWNERS_MAX = 1_000
/** How many of a customer's last cases are looked through for who answered last. */
const CASES_LOOKED_BACK = 5

const ms = (column: RawBuilder<unknown>) => sql`(extract(epoch from ${column}) * 1000)::float8`

/** By whom the customers of these cases were answered last. */
async function ownersOf(db: Db | Tx, caseIds: readonly string[]): Promise<Map<string, string>> {
  if (caseIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; ownerId: string }>`select c.id, answered.author_id as "ownerId" from "case" c cross join lateral (
      select m.author_id from (select o.id from "case" o where o.customer_id = c.customer_id order by o.opened_at desc, o.id desc limit ${sql.lit(CASES_LOOKED_BACK)}) o
        join message m on m.case_id = o.id and m.direction = 'out' and m.visibility = 'public' and m.author_kind = 'agent' and m.delivery is distinct from 'recalled' order by m.at desc, m.id desc limit 1) answered
    where c.id = any(${[...caseIds]}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, ownerId }) => [id, ownerId]))
}

/** Cases that nobody has and that wait for us, in these queues. */
async function readWaiting(db: Db | Tx, queueIds: readonly string[], which: RawBuilder<SqlBool>): Promise<WaitingRow[]> {
  if (queueIds.length === 0) return []
  const { rows } = await sql<WaitingRow>`select c.id, c.number, c.version, c.queue_id as "queueId", c.priority, c.channel, c.topic, cu.language, ${ms(sql`c.due_at`)} as "dueAt",
      ${ms(sql`coalesce(c.waiting_since, c.queued_at, c.opened_at)`)} as "waitingSince", ${ms(sql`coalesce(c.queued_at, c.waiting_since, c.opened_at)`)} as "queuedAt", 
      (select d.outlook from routing_decision d where d.case_id = c.id and d.latest and d.agent_id is null) as outlook,
      (select jsonb_agg(jsonb_build_object('skillId', s.skill_id, 'level', s.level, 'dropAfterMinutes', s.drop_after_minutes) order by s.place) from case_skill s where s.case_id = c.id) as needs,
      (select jsonb_agg(jsonb_build_object('agentId', x.agent_id, 'at', ${ms(sql`x.at`)})) from routing_missed x where x.case_id = c.id) as missed
    from "case" c join customer cu on cu.id = c.customer_id
    where c.queue_id = any(${[...queueIds]}::uuid[]) and c.assignee_id is null and c.status in ('new', 'open') and c.removed is null and c.snoozed_until is null and ${which}
    order by c.queued_at limit ${WAITING_MAX}`.execute(db)
  return rows
}

interface AgentRow {
  id: string
  teamId: string | null
  roles: string[]
  presence: string
  presenceAt: number
  capacity: number
  lastAssignedAt: number | null
  skills: Record<string, number> | null
  load: number
}

const presences = ['available', 'busy', 'away', 'off'] as const

/** Everybody who could be given cases, with what they hold now. */
export async function readAgents(db: Db | Tx, staffing: Staffing, at: Date, { countWaiting }: Pick<RoutingRules, 'countWaiting'>, which: RawBuilder<SqlBool> = sql<SqlBool>`true`): Promise<CandidateAgent[]> {
  const held = countWaiting ? sql`c.status in ('new', 'open', 'pending', 'on_hold')` : sql`c.status in ('new', 'open')`
  const { rows } = await sql<AgentRow>`with held as (
      select c.assignee_id, sum(coalesce((r.weights ->> c.channel)::int, 1))::int as load from "case" c left join queue_routing r on r.queue_id = c.queue_id
      where c.assignee_id is not null and ${held} and c.status in ('new', 'open', 'pending', 'on_hold') and c.removed is null and c.snoozed_until is null group by c.assignee_id)
    select a.id, a.team_id as "teamId", array(select o.role from agent_role o where o.agent_id = a.id) as roles, a.presence, ${ms(sql`a.presence_at`)} as "presenceAt", a.capacity, ${ms(sql`t.assigned_at`)} as "lastAssignedAt",
      (select jsonb_object_agg(s.skill_id, s.level) from agent_skill s where s.agent_id = a.id) as skills, coalesce(h.load, 0) as load
    from agent a left join routing_turn t on t.agent_id = a.id left join held h on h.assignee_id = a.id
    where a.deactivated_at is null and ${which} and exists (select from agent_role o where o.agent_id = a.id and o.role in ('agent', 'lead')) order by a.id`.execute(db)
  const present = await staffing.onShift(db, rows.map(({ id }) => id), at)
  return rows.map(({ roles, skills, presence, ...row }) =>
    ({ ...row, admin: roles.includes('admin'), presence: oneOf(presences, presence), onShift: present.has(row.id), skills: new Map(Object.entries(skills ?? {})) }))
}

export interface SnapshotAsked {
  staffing: Staffing
  at: Date
  assignmentsMax: number
  /** Which queues' cases. */
  queues: (queue: QueueRoutingRow) => boolean
  /** Which cases of those. */
  which?: RawBuilder<SqlBool>
  /** Which agents. Without it everybody, and nobody where nothing waits. */
  agents?: RawBuilder<SqlBool>
}

export async function readSnapshot(db: Db | Tx, asked: SnapshotAsked): Promise<Snapshot> {
  const [rules, queues] = [await readRules(db), await readQueues(db)]
  const settings = { queues: new Map(queues.map((queue) => [queue.queueId, queue])), patienceMinutes: rules.patienceMinutes, assignmentsMax: asked.assignmentsMax }
  const rows = await readWaiting(db, queues.filter(asked.queues).map(({ queueId }) => queueId), asked.which ?? sql<SqlBool>`true`)
  const needsOf = await needsReader(db, queues, rules)
  const waiting = rows.map((row): Waiting => ({
    id: row.id, number: row.number, version: row.version, queueId: row.queueId, priority: oneOf(priorities, row.priority), channel: row.channel, dueAt: row.dueAt, waitingSince: row.waitingSince, queuedAt: row.queuedAt,
    needs: needsOf(row), ownerId: null, missed: row.missed ?? [], outlook: row.outlook,
  }))
  const agents = rows.length === 0 && !asked.agents ? [] : await readAgents(db, asked.staffing, asked.at, rules, asked.agents)
  return { waiting: await withOwners(db, waiting, agents, settings), agents, queues, rules, settings }
}

/** While nobody has room, whose the customers are makes no difference. */
async function withOwners(db: Db | Tx, waiting: Waiting[], agents: readonly CandidateAgent[], settings: RoutingSettings): Promise<Waiting[]> {
  if (!agents.some(({ presence, load, capacity }) => presence === 'available' && load < capacity)) return waiting
  const first = inOrder(waiting.filter(({ queueId }) => settings.queues.get(queueId)?.stickyMinutes !== null), settings).slice(0, OWNERS_MAX)
  const owners = await ownersOf(db, first.map(({ id }) => id))
  return waiting.map((found) => ({ ...found, ownerId: owners.get(found.id) ?? null }))
}

/** What a case asks for: its queue, its topic, its customer's language, and whoever said so by hand. */
async function needsReader(db: Db | Tx, queues: readonly QueueRoutingRow[], rules: RoutingRules): Promise<(row: Pick<WaitingRow, 'queueId' | 'topic' | 'language' | 'needs'>) => SkillNeed[]> {
  const [topics, skills] = [await readTopicNeeds(db), new Map((await skillsInUse(db)).map(({ id, key }) => [key, id]))]
  const [ofQueue, known] = [new Map(queues.map(({ queueId, needs }) => [queueId, needs])), new Set(skills.values())]
  const languages = new Map<string, SkillNeed[]>()
  const ofLanguage = (language: string): SkillNeed[] => {
    const kept = languages.get(language)
    if (kept) return kept
    const skillId = skills.get(languageSkillKey(rules.languageSkill, language) ?? '')
    const needs: SkillNeed[] = skillId === undefined ? [] : [{ skillId, level: rules.languageLevel, dropAfterMinutes: rules.languageDropMinutes, source: 'language' }]
    languages.set(language, needs)
    return needs
  }
  return ({ queueId, topic, language, needs }) => gatherNeeds([
    ...(ofQueue.get(queueId) ?? []), ...(topic === null ? [] : topics.get(topic) ?? []), ...ofLanguage(language ?? ''), ...withSource('case', needs ?? []).filter(({ skillId }) => known.has(skillId)),
  ])
}

/** What one case asks for, whether or not it waits. */
export async function needsOfCase(db: Db | Tx, caseId: string): Promise<SkillNeed[]> {
  const [rules, queues] = [await readRules(db), await readQueues(db)]
  const { rows: [row] } = await sql<Pick<WaitingRow, 'queueId' | 'topic' | 'language'>>`select c.queue_id as "queueId", c.topic, cu.language from "case" c join customer cu on cu.id = c.customer_id where c.id = ${caseId}::uuid`.execute(db)
  return row ? (await needsReader(db, queues, rules))({ ...row, needs: await readCaseNeeds(db, caseId) }) : []
}
