import { sql } from 'kysely'
import { violatedConstraint, type Db, type Tx } from '#platform'
import { refuse } from '../refusals.ts'
import type { Site, Skill, Team } from './model.ts'

interface SiteRow { id: string; name: string; time_zone: string; country: string; archived_at: Date | null; version: number; demo: boolean }
interface TeamRow { id: string; name: string; site_id: string | null; archived_at: Date | null; version: number; demo: boolean }
interface SkillRow { id: string; key: string; name: string; archived_at: Date | null; version: number; demo: boolean }

const siteFrom = (row: SiteRow): Site => ({ id: row.id, name: row.name, timeZone: row.time_zone, country: row.country, archivedAt: row.archived_at, version: row.version, demo: row.demo })
const teamFrom = (row: TeamRow): Team => ({ id: row.id, name: row.name, siteId: row.site_id, archivedAt: row.archived_at, version: row.version, demo: row.demo })
const skillFrom = (row: SkillRow): Skill => ({ id: row.id, key: row.key, name: row.name, archivedAt: row.archived_at, version: row.version, demo: row.demo })

export interface PlaceFilter {
  q?: string
  archived?: boolean
}

/** A page of names begins after this name and id. */
export interface After {
  name: string
  id: string
}

type Place = 'site' | 'team' | 'skill'

/** A page of a table of places, by name, byte by byte. */
async function rowsOf<R>(db: Db | Tx, table: Place, filter: PlaceFilter, after: After | null, limit: number): Promise<R[]> {
  const wanted = `%${(filter.q ?? '').trim().toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  const { rows } = await sql<R>`select * from ${sql.table(table)}
    where (archived_at is null or ${filter.archived === true}) and lower(name) like ${wanted}
      and (${after === null} or (lower(name) collate "C", id::text) > (lower(${after?.name ?? ''}) collate "C", ${after?.id ?? ''}))
    order by lower(name) collate "C", id::text limit ${limit}`.execute(db)
  return rows
}

/** The sites in use by name, or with `archived` all of them; a page of them after a name and id. */
export const listSites = async (db: Db | Tx, filter: PlaceFilter = {}, after: After | null = null, limit = 1_000): Promise<Site[]> =>
  (await rowsOf<SiteRow>(db, 'site', filter, after, limit)).map(siteFrom)
/** The teams in use by name, or with `archived` all of them; a page of them after a name and id. */
export const listTeams = async (db: Db | Tx, filter: PlaceFilter = {}, after: After | null = null, limit = 1_000): Promise<Team[]> =>
  (await rowsOf<TeamRow>(db, 'team', filter, after, limit)).map(teamFrom)
/** The skills in use by name, or with `archived` all of them; a page of them after a name and id. */
export const listSkills = async (db: Db | Tx, filter: PlaceFilter = {}, after: After | null = null, limit = 1_000): Promise<Skill[]> =>
  (await rowsOf<SkillRow>(db, 'skill', filter, after, limit)).map(skillFrom)

async function lockRow<R>(tx: Tx, table: Place, id: string): Promise<R | null> {
  const { rows } = await sql<R>`select * from ${sql.table(table)} where id = ${id}::uuid for update`.execute(tx)
  return rows[0] ?? null
}

export async function lockSite(tx: Tx, id: string): Promise<Site | null> {
  const row = await lockRow<SiteRow>(tx, 'site', id)
  return row && siteFrom(row)
}
export async function lockTeam(tx: Tx, id: string): Promise<Team | null> {
  const row = await lockRow<TeamRow>(tx, 'team', id)
  return row && teamFrom(row)
}
export async function lockSkill(tx: Tx, id: string): Promise<Skill | null> {
  const row = await lockRow<SkillRow>(tx, 'skill', id)
  return row && skillFrom(row)
}

/** The site by its id; null when there is none. */
export async function findSite(db: Db | Tx, id: string): Promise<Site | null> {
  const row = await db.selectFrom('site').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? siteFrom(row) : null
}
/** The team by its id; null when there is none. */
export async function findTeam(db: Db | Tx, id: string): Promise<Team | null> {
  const row = await db.selectFrom('team').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? teamFrom(row) : null
}

/** @throws site.nameTaken */
export async function saveSite(tx: Tx, site: Site): Promise<void> {
  const values = { name: site.name, time_zone: site.timeZone, country: site.country, archived_at: site.archivedAt, version: site.version }
  await refusing(tx.insertInto('site').values({ id: site.id, demo: site.demo, ...values }).onConflict((conflict) => conflict.column('id').doUpdateSet(values)).execute())
}

/** @throws team.nameTaken, site.unknown */
export async function saveTeam(tx: Tx, team: Team): Promise<void> {
  const values = { name: team.name, site_id: team.siteId, archived_at: team.archivedAt, version: team.version }
  await refusing(tx.insertInto('team').values({ id: team.id, demo: team.demo, ...values }).onConflict((conflict) => conflict.column('id').doUpdateSet(values)).execute())
}

/** @throws skill.keyTaken */
export async function saveSkill(tx: Tx, skill: Skill): Promise<void> {
  const values = { key: skill.key, name: skill.name, archived_at: skill.archivedAt, version: skill.version }
  await refusing(tx.insertInto('skill').values({ id: skill.id, demo: skill.demo, ...values }).onConflict((conflict) => conflict.column('id').doUpdateSet(values)).execute())
}

const REFUSALS = {
  site_name_key: ['site.nameTaken', '/name'], team_name_key: ['team.nameTaken', '/name'], skill_key_key: ['skill.keyTaken', '/key'],
  site_country_check: ['country.invalid', '/country'], team_site_id_fkey: ['site.unknown', '/siteId'],
} as const

async function refusing(written: Promise<unknown>): Promise<void> {
  try {
    await written
  } catch (error) {
    const broken = Object.entries(REFUSALS).find(([constraint]) => constraint === violatedConstraint(error))
    throw broken ? refuse(broken[1][0], { errors: [{ path: broken[1][1], code: broken[1][0] }] }) : error
  }
}

/** Whether active agents, or for a site teams in use, are still there. */
export async function isUsed(tx: Tx, place: 'site' | 'team', id: string): Promise<boolean> {
  const column = place === 'site' ? 'site_id' : 'team_id'
  const agent = await tx.selectFrom('agent').select('id').where(column, '=', id).where('deactivated_at', 'is', null).limit(1).executeTakeFirst()
  if (agent || place === 'team') return agent !== undefined
  return await tx.selectFrom('team').select('id').where('site_id', '=', id).where('archived_at', 'is', null).limit(1).executeTakeFirst() !== undefined
}

/** Takes the sample centre's teams, sites and skills out, as far as nobody who stays uses them. */
export async function deleteDemoPlaces(tx: Tx): Promise<void> {
  await sql`delete from team where demo and not exists (select from agent where team_id = team.id)`.execute(tx)
  await sql`delete from site where demo and not exists (select from agent where site_id = site.id) and not exists (select from team where site_id = site.id)`.execute(tx)
  await sql`delete from skill where demo and not exists (select from agent_skill where skill_id = skill.id)`.execute(tx)
}
