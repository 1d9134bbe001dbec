import { sql, type RawBuilder } from 'kysely'
import { decodeCursor, pageOf, type Db, type Page, type Role } from '#platform'
import type { Agent, Presence } from './model.ts'
import { agentFrom, rolesOfAgent, type AgentRow } from './store.ts'

export interface AgentFilter {
  /** Part of the name or of the address. */
  q?: string
  team?: string
  site?: string
  role?: Role
  presence?: Presence
  skill?: string
  /** Without it the active ones. */
  state?: 'active' | 'deactivated' | 'all'
}

/** Agents by name, byte by byte, so that a page costs its length and not the table's. */
export async function listAgents(db: Db, filter: AgentFilter, { limit, cursor }: { limit: number; cursor?: string }): Promise<Page<Agent>> {
  const conditions = [...conditionsOf(filter), after(cursor)]
  const { rows } = await sql<AgentRow>`select agent.*, ${rolesOfAgent} as roles from agent where ${sql.join(conditions, sql` and `)}
    order by lower(name) using ~<~, id::text limit ${limit + 1}`.execute(db)
  const page = pageOf(rows, limit, (row) => [row.name, row.id])
  return { items: page.items.map(agentFrom), nextCursor: page.nextCursor }
}

function after(cursor: string | undefined): RawBuilder<unknown> {
  if (cursor === undefined) return sql`true`
  const [name, id] = decodeCursor(cursor, 2)
  return sql`lower(name) ~>=~ lower(${String(name)}) and (lower(name) ~>~ lower(${String(name)}) or id::text > ${String(id)})`
}

function conditionsOf({ q, team, site, role, presence, skill, state = 'active' }: AgentFilter): RawBuilder<unknown>[] {
  const wanted: RawBuilder<unknown>[] = []
  if (q?.trim()) {
    const part = `%${q.trim().normalize('NFC').toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
    wanted.push(sql`(lower(name) like ${part} or email like ${part})`)
  }
  if (team) wanted.push(sql`team_id = ${team}`)
  if (site) wanted.push(sql`site_id = ${site}`)
  if (presence) wanted.push(sql`presence = ${presence}`)
  if (role) wanted.push(sql`exists (select from agent_role r where r.agent_id = agent.id and r.role = ${role})`)
  if (skill) wanted.push(sql`exists (select from agent_skill s where s.agent_id = agent.id and s.skill_id = ${skill})`)
  if (state !== 'all') wanted.push(state === 'active' ? sql`deactivated_at is null` : sql`deactivated_at is not null`)
  return wanted
}

/** How an agent gets in: what administrators see. */
export interface WaysIn {
  password: boolean
  totp: boolean
  oidc: boolean
  link: { purpose: string; expiresAt: Date } | null
  /** Since when somebody waits for a new password. */
  resetAskedAt: Date | null
  lastSeenAt: Date | null
}

/** For each agent how it gets in. */
export async function waysInOf(db: Db, agentIds: readonly string[], now: Date): Promise<Map<string, WaysIn>> {
  const { rows } = await sql<Omit<WaysIn, 'link'> & { id: string; purpose: string | null; expiresAt: Date | null }>`
    select agent.id, exists (select from password p where p.agent_id = agent.id) as password,
      exists (select from totp t where t.agent_id = agent.id and t.confirmed_at is not null) as totp, exists (select from identity i where i.agent_id = agent.id) as oidc,
      (select r.asked_at from reset_request r where r.agent_id = agent.id) as "resetAskedAt", (select max(s.last_seen_at) from session s where s.agent_id = agent.id) as "lastSeenAt",
      link.purpose, link.expires_at as "expiresAt"
    from agent left join lateral (select l.purpose, l.expires_at from sign_in_link l where l.agent_id = agent.id and l.used_at is null and l.revoked_at is null
      and l.expires_at > ${now} order by l.issued_at desc limit 1) link on true
    where agent.id = any(${[...agentIds]}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, purpose, expiresAt, ...ways }) => [id, { ...ways, link: purpose !== null && expiresAt !== null ? { purpose, expiresAt } : null }]))
}
