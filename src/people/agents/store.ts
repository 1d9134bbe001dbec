import { sql, type SelectQueryBuilder } from 'kysely'
import { oneOf, roles, violatedConstraint, type Db, type Role, type Tx } from '#platform'
import type { DB } from '#tables'
import { refuse } from '../refusals.ts'
import { presences, type Administrator, type Agent, type SkillLevel } from './model.ts'

export interface AgentRow {
  id: string
  name: string
  email: string
  site_id: string | null
  team_id: string | null
  time_zone: string | null
  roles: string[]
  capacity: number
  presence: string
  presence_at: Date
  deactivated_at: Date | null
  created_at: Date
  version: number
  demo: boolean
}

const columns = [
  'agent.id', 'agent.name', 'email', 'site_id', 'team_id', 'time_zone', 'capacity', 'presence', 'presence_at', 'deactivated_at', 'agent.created_at', 'version', 'demo',
] as const
export const rolesOfAgent = sql<string[]>`array(select r.role from agent_role r where r.agent_id = agent.id order by r.role)`

export const rolesFrom = (words: readonly string[]): Role[] => words.map((word) => oneOf(roles, word))

export const agentFrom = (row: AgentRow): Agent => ({
  id: row.id, name: row.name, email: row.email, siteId: row.site_id, teamId: row.team_id, timeZone: row.time_zone, roles: rolesFrom(row.roles), capacity: row.capacity,
  presence: oneOf(presences, row.presence), presenceAt: row.presence_at, deactivated: row.deactivated_at !== null, deactivatedAt: row.deactivated_at,
  createdAt: row.created_at, version: row.version, demo: row.demo,
})

const withColumns = <O>(query: SelectQueryBuilder<DB, 'agent', O>) => query.select([...columns, rolesOfAgent.as('roles')])

/** The agent, also a deactivated one; null when there is none. */
export async function findAgent(db: Db | Tx, id: string): Promise<Agent | null> {
  const row = await withColumns(db.selectFrom('agent').where('id', '=', id)).executeTakeFirst()
  return row ? agentFrom(row) : null
}

/** Those of the ids that are agents, deactivated ones among them, by name. */
export async function agentsByIds(db: Db | Tx, ids: readonly string[]): Promise<Agent[]> {
  if (ids.length === 0) return []
  const rows = await withColumns(db.selectFrom('agent').where('id', '=', sql<string>`any(${[...new Set(ids)]}::uuid[])`)).orderBy('name').orderBy('id').execute()
  return rows.map(agentFrom)
}

/** Who is in a team and at work here, by name. */
export async function agentsOfTeam(db: Db | Tx, teamId: string): Promise<Agent[]> {
  const rows = await withColumns(db.selectFrom('agent').where('team_id', '=', teamId).where('deactivated_at', 'is', null)).orderBy('name').orderBy('id').execute()
  return rows.map(agentFrom)
}

/** The agent with this address (lower case), also a deactivated one. */
export async function findAgentByEmail(db: Db | Tx, email: string): Promise<Agent | null> {
  const row = await withColumns(db.selectFrom('agent').where('email', '=', email)).executeTakeFirst()
  return row ? agentFrom(row) : null
}

export async function lockAgent(tx: Tx, id: string): Promise<Agent | null> {
  const row = await withColumns(tx.selectFrom('agent').where('id', '=', id)).forUpdate().executeTakeFirst()
  return row ? agentFrom(row) : null
}

/** @throws agent.emailTaken, email.invalid, site.unknown, team.unknown */
export async function saveAgent(tx: Tx, agent: Agent): Promise<void> {
  const values = {
    name: agent.name, email: agent.email, site_id: agent.siteId, team_id: agent.teamId, time_zone: agent.timeZone, capacity: agent.capacity, presence: agent.presence,
    presence_at: agent.presenceAt, deactivated_at: agent.deactivatedAt, version: agent.version,
  }
  try {
    await tx.insertInto('agent').values({ id: agent.id, created_at: agent.createdAt, demo: agent.demo, ...values })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(values)).execute()
    await saveRoles(tx, agent)
  } catch (error) {
    throw refusalOf(error)
  }
}

async function saveRoles(tx: Tx, agent: Agent): Promise<void> {
  await tx.deleteFrom('agent_role').where('agent_id', '=', agent.id).where('role', 'not in', agent.roles).execute()
  await tx.insertInto('agent_role').values(agent.roles.map((role) => ({ agent_id: agent.id, role }))).onConflict((conflict) => conflict.doNothing()).execute()
}

function refusalOf(error: unknown): unknown {
  const constraint = violatedConstraint(error)
  if (constraint === 'agent_email') return refuse('agent.emailTaken', { errors: [{ path: '/email', code: 'agent.emailTaken' }] })
  if (constraint === 'agent_email_check') return refuse('email.invalid', { errors: [{ path: '/email', code: 'email.invalid' }] })
  if (constraint === 'agent_site_id_fkey') return refuse('site.unknown', { errors: [{ path: '/siteId', code: 'site.unknown' }] })
  if (constraint === 'agent_team_id_fkey') return refuse('team.unknown', { errors: [{ path: '/teamId', code: 'team.unknown' }] })
  return error
}

/** Active administrators, locked: two who remove each other at once wait for each other. */
export async function lockAdministrators(tx: Tx): Promise<Administrator[]> {
  await sql`select from agent_role where role = 'admin' order by agent_id for update`.execute(tx)
  const { rows } = await sql<Administrator>`
    select agent.id, exists (select from password p where p.agent_id = agent.id) or exists (select from identity i where i.agent_id = agent.id) as "canSignIn"
    from agent join agent_role r on r.agent_id = agent.id and r.role = 'admin' where agent.deactivated_at is null`.execute(tx)
  return rows
}

export interface HeldSkill extends SkillLevel {
  agentId: string
  key: string
  name: string
}

/** What the agents can, by the name of the skill; skills that were put away are left out. */
export async function skillsOf(db: Db | Tx, agentIds: readonly string[]): Promise<HeldSkill[]> {
  if (agentIds.length === 0) return []
  const rows = await db.selectFrom('agent_skill').innerJoin('skill', 'skill.id', 'agent_skill.skill_id').select(['agent_id', 'skill_id', 'level', 'key', 'name'])
    .where('agent_id', '=', sql<string>`any(${[...agentIds]}::uuid[])`).where('archived_at', 'is', null).orderBy('name').execute()
  return rows.map((row) => ({ agentId: row.agent_id, skillId: row.skill_id, level: row.level, key: row.key, name: row.name }))
}

/** @throws skill.unknown */
export async function saveSkills(tx: Tx, agentId: string, skills: readonly SkillLevel[]): Promise<void> {
  await tx.deleteFrom('agent_skill').where('agent_id', '=', agentId).execute()
  if (skills.length === 0) return
  try {
    await tx.insertInto('agent_skill').values(skills.map(({ skillId, level }) => ({ agent_id: agentId, skill_id: skillId, level }))).execute()
  } catch (error) {
    throw violatedConstraint(error) === 'agent_skill_skill_id_fkey' ? refuse('skill.unknown') : error
  }
}

/** Takes agents of the sample centre out. @returns false for one whom something still refers to. */
export async function deleteAgent(tx: Tx, id: string): Promise<boolean> {
  await sql`savepoint one_agent`.execute(tx)
  try {
    await tx.deleteFrom('agent').where('id', '=', id).execute()
    await sql`release savepoint one_agent`.execute(tx)
    return true
  } catch (error) {
    if (violatedConstraint(error) === null) throw error
    await sql`rollback to savepoint one_agent`.execute(tx)
    return false
  }
}

export const demoAgents = async (tx: Tx): Promise<Agent[]> => (await withColumns(tx.selectFrom('agent').where('demo', '=', true)).orderBy('id').execute()).map(agentFrom)
