import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { oneOf, type Db, type Tx } from '#platform'
import { modes, pulled, rulesStandard, takeBacks, type NeedSource, type QueueRouting, type RoutingRules, type SkillNeed } from './model.ts'

/** How queues give out, and what they, topics and cases ask for. */

export interface QueueRoutingRow extends QueueRouting {
  key: string
  name: string
  needs: SkillNeed[]
  version: number
}

interface Row {
  id: string
  key: string
  name: string
  walled: boolean
  teams: string[]
  mode: string | null
  weights: Record<string, number> | null
  capacity_percent: number | null
  sticky_minutes: number | null
  accept_minutes: number | null
  away_when_missed: boolean | null
  overflow_queue_id: string | null
  overflow_minutes: number | null
  take_back: string | null
  version: number | null
  needs: KeptNeed[] | null
}

interface KeptNeed {
  skillId: string
  level: number
  dropAfterMinutes: number | null
}

const gathered = sql`coalesce(jsonb_agg(jsonb_build_object('skillId', s.skill_id, 'level', s.level, 'dropAfterMinutes', s.drop_after_minutes) order by s.place), '[]')`
/** Skills that were put away are not asked for any more. */
const inUse = sql`exists (select from skill k where k.id = s.skill_id and k.archived_at is null)`

/** The queues in use, by name, each with how it gives out; of those only one where an id is given. */
export async function readQueues(db: Db | Tx, id: string | null = null): Promise<QueueRoutingRow[]> {
  const { rows } = await sql<Row>`select q.id, q.key, q.name, q.walled, array(select team_id from queue_team t where t.queue_id = q.id order by team_id) as teams, r.mode, r.weights, r.capacity_percent, r.sticky_minutes,
      r.accept_minutes, r.away_when_missed, r.overflow_queue_id, r.overflow_minutes, r.take_back, r.version, (select ${gathered} from queue_skill s where s.queue_id = q.id and ${inUse}) as needs
    from queue q left join queue_routing r on r.queue_id = q.id where q.archived_at is null and (${id}::uuid is null or q.id = ${id}::uuid) order by q.name, q.id`.execute(db)
  return rows.map(fromRow)
}

function fromRow(row: Row): QueueRoutingRow {
  const known = { ...pulled(row.id), key: row.key, name: row.name, walled: row.walled, teams: row.teams, needs: withSource('queue', row.needs ?? []), version: row.version ?? 0 }
  if (row.mode === null) return known
  return {
    ...known, mode: oneOf(modes, row.mode), weights: row.weights ?? {}, capacityPercent: row.capacity_percent ?? 100, stickyMinutes: row.sticky_minutes, acceptMinutes: row.accept_minutes,
    awayWhenMissed: row.away_when_missed ?? true, takeBack: oneOf(takeBacks, row.take_back ?? 'unbegun'),
    overflow: row.overflow_queue_id !== null && row.overflow_minutes !== null ? { queueId: row.overflow_queue_id, afterMinutes: row.overflow_minutes } : null,
  }
}

export const withSource = (source: NeedSource, needs: readonly KeptNeed[]): SkillNeed[] =>
  needs.map(({ skillId, level, dropAfterMinutes }) => ({ skillId, level, dropAfterMinutes, source }))

/** Begins a change: others who change the same queue wait behind it. @returns the version before; 0 for a queue about which nothing was said yet. */
export async function lockQueueRouting(tx: Tx, queueId: string): Promise<number> {
  const { rows } = await sql<{ version: number }>`insert into queue_routing as r (queue_id) values (${queueId}) on conflict (queue_id) do update set version = r.version + 1 returning version`.execute(tx)
  return (rows[0]?.version ?? 1) - 1
}

export async function saveQueueRouting(tx: Tx, next: QueueRouting): Promise<void> {
  await tx.updateTable('queue_routing').set({
    mode: next.mode, weights: JSON.stringify(next.weights), capacity_percent: next.capacityPercent, sticky_minutes: next.stickyMinutes, accept_minutes: next.acceptMinutes, away_when_missed: next.awayWhenMissed,
    overflow_queue_id: next.overflow?.queueId ?? null, overflow_minutes: next.overflow?.afterMinutes ?? null, take_back: next.takeBack,
  }).where('queue_id', '=', next.queueId).execute()
}

const placed = (needs: readonly KeptNeed[]) => needs.map(({ skillId, level, dropAfterMinutes }, place) => ({ skill_id: skillId, level, drop_after_minutes: dropAfterMinutes, place }))

export async function saveQueueNeeds(tx: Tx, queueId: string, needs: readonly KeptNeed[]): Promise<void> {
  await tx.deleteFrom('queue_skill').where('queue_id', '=', queueId).execute()
  if (needs.length > 0) await tx.insertInto('queue_skill').values(placed(needs).map((need) => ({ queue_id: queueId, ...need }))).execute()
}

export async function saveTopicNeeds(tx: Tx, topic: string, needs: readonly KeptNeed[]): Promise<void> {
  await tx.deleteFrom('topic_skill').where('topic', '=', topic).execute()
  if (needs.length > 0) await tx.insertInto('topic_skill').values(placed(needs).map((need) => ({ topic, ...need }))).execute()
}

export async function saveCaseNeeds(tx: Tx, caseId: string, needs: readonly KeptNeed[]): Promise<void> {
  await tx.deleteFrom('case_skill').where('case_id', '=', caseId).execute()
  if (needs.length > 0) await tx.insertInto('case_skill').values(placed(needs).map((need) => ({ case_id: caseId, ...need }))).execute()
}

/** Two who let queues overflow into each other wait for each other. */
export const lockOverflows = (tx: Tx) => sql`select pg_advisory_xact_lock(73055)`.execute(tx)

/** The condition on an agent to be this one. */
export const byId = (id: string): RawBuilder<SqlBool> => sql<SqlBool>`a.id = ${id}::uuid`

export async function lockTopic(tx: Tx, key: string): Promise<boolean> {
  return (await tx.selectFrom('topic').select('key').where('key', '=', key).forUpdate().executeTakeFirst()) !== undefined
}

/** Whether this queue may overflow into that one: going on from there must not lead back. */
export async function leadsBack(tx: Tx, from: string, to: string): Promise<boolean> {
  const { rows } = await sql<{ back: boolean }>`with recursive way (id) as (select ${to}::uuid union select r.overflow_queue_id from way join queue_routing r on r.queue_id = way.id where r.overflow_queue_id is not null)
    select exists (select from way where id = ${from}::uuid) as back`.execute(tx)
  return rows[0]?.back === true
}

/** What topics ask for; those that ask for nothing are left out. */
export async function readTopicNeeds(db: Db | Tx): Promise<Map<string, SkillNeed[]>> {
  const { rows } = await sql<{ topic: string; needs: KeptNeed[] }>`select s.topic, ${gathered} as needs from topic_skill s where ${inUse} group by s.topic order by s.topic`.execute(db)
  return new Map(rows.map(({ topic, needs }) => [topic, withSource('topic', needs)]))
}

export async function readCaseNeeds(db: Db | Tx, caseId: string): Promise<SkillNeed[]> {
  const { rows } = await sql<{ needs: KeptNeed[] }>`select ${gathered} as needs from case_skill s where s.case_id = ${caseId}::uuid and ${inUse}`.execute(db)
  return withSource('case', rows[0]?.needs ?? [])
}

/** The skills in use, by name. */
export const skillsInUse = (db: Db | Tx): Promise<{ id: string; key: string; name: string }[]> => db.selectFrom('skill').select(['id', 'key', 'name']).where('archived_at', 'is', null).orderBy('name').execute()

export async function anyPushes(db: Db | Tx): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select exists (select from queue_routing where mode = 'push' or overflow_queue_id is not null) as there`.execute(db)
  return rows[0]?.there === true
}

const KEY = 'routing'

export async function readRules(db: Db | Tx): Promise<RoutingRules> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', KEY).executeTakeFirst()
  const kept: Record<string, unknown> = typeof row?.value === 'object' && row.value !== null ? { ...row.value } : {}
  const number = (name: string, standard: number) => (typeof kept[name] === 'number' ? kept[name] : standard)
  const patience: Record<string, unknown> = typeof kept['patienceMinutes'] === 'object' && kept['patienceMinutes'] !== null ? { ...kept['patienceMinutes'] } : {}
  const patient = (name: keyof RoutingRules['patienceMinutes']) => (typeof patience[name] === 'number' ? patience[name] : rulesStandard.patienceMinutes[name])
  return {
    patienceMinutes: { low: patient('low'), normal: patient('normal'), high: patient('high'), urgent: patient('urgent') },
    languageSkill: typeof kept['languageSkill'] === 'string' || kept['languageSkill'] === null ? kept['languageSkill'] : rulesStandard.languageSkill,
    languageLevel: number('languageLevel', rulesStandard.languageLevel), countWaiting: kept['countWaiting'] === true,
    languageDropMinutes: kept['languageDropMinutes'] === null ? null : number('languageDropMinutes', rulesStandard.languageDropMinutes ?? 0),
  }
}

export async function saveRules(tx: Tx, rules: RoutingRules, by: string, at: Date): Promise<void> {
  const values = { value: JSON.stringify(rules), updated_at: at, updated_by: by }
  await tx.insertInto('setting').values({ key: KEY, ...values }).onConflict((conflict) => conflict.column('key').doUpdateSet(values)).execute()
}
