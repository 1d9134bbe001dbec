import { newId, refuse as refuseAnything, type Work } from '#platform'
import { isTimeZone, normaliseName } from '../agents/model.ts'
import { refuse } from '../refusals.ts'
import { keyFrom, type Site, type Skill, type Team } from './model.ts'
import { isUsed, lockSite, lockSkill, lockTeam, saveSite, saveSkill, saveTeam } from './store.ts'

export interface SiteWords {
  name: string
  timeZone: string
  country: string
}

/** Adds a place where agents sit. @throws name.invalid, timeZone.invalid, country.invalid, site.nameTaken */
export async function createSite(work: Work, words: SiteWords & { demo?: boolean }): Promise<Site> {
  const site: Site = { id: newId(), name: nameOf(words.name), timeZone: zoneOf(words.timeZone), country: words.country, archivedAt: null, version: 1, demo: words.demo ?? false }
  await saveSite(work.tx, site)
  work.tell('people', { kind: 'site.created', subject: `site:${site.id}`, data: { country: site.country, timeZone: site.timeZone } })
  return site
}

interface Archiving {
  archived?: boolean
}

/** Changes what the words name; a site with people in it is not put away. @throws version.stale, site.notFound, site.used */
export async function changeSite(work: Work, id: string, words: Partial<SiteWords> & Archiving, versionSeen: number | null = null): Promise<Site> {
  const before = await lockSite(work.tx, id)
  if (!before) throw refuse('site.notFound')
  refuseStale(before, versionSeen)
  if (words.archived && await isUsed(work.tx, 'site', id)) throw refuse('site.used')
  const next: Site = {
    ...before, ...(words.name === undefined ? {} : { name: nameOf(words.name) }), ...(words.timeZone === undefined ? {} : { timeZone: zoneOf(words.timeZone) }),
    country: words.country ?? before.country, archivedAt: archivedAt(work, before, words), version: before.version + 1,
  }
  await saveSite(work.tx, next)
  work.tell('people', { kind: 'site.changed', subject: `site:${id}`, data: { fields: Object.keys(words) } })
  return next
}

export interface TeamWords {
  name: string
  siteId?: string | null
}

/** Adds a team. @throws name.invalid, team.nameTaken, site.unknown */
export async function createTeam(work: Work, words: TeamWords & { demo?: boolean }): Promise<Team> {
  const team: Team = { id: newId(), name: nameOf(words.name), siteId: words.siteId ?? null, archivedAt: null, version: 1, demo: words.demo ?? false }
  await saveTeam(work.tx, team)
  work.tell('people', { kind: 'team.created', subject: `team:${team.id}`, data: { site: team.siteId } })
  return team
}

/** Changes what the words name; a team with agents is not put away. @throws version.stale, team.notFound, team.used */
export async function changeTeam(work: Work, id: string, words: Partial<TeamWords> & Archiving, versionSeen: number | null = null): Promise<Team> {
  const before = await lockTeam(work.tx, id)
  if (!before) throw refuse('team.notFound')
  refuseStale(before, versionSeen)
  if (words.archived && await isUsed(work.tx, 'team', id)) throw refuse('team.used')
  const next: Team = {
    ...before, ...(words.name === undefined ? {} : { name: nameOf(words.name) }), siteId: words.siteId === undefined ? before.siteId : words.siteId,
    archivedAt: archivedAt(work, before, words), version: before.version + 1,
  }
  await saveTeam(work.tx, next)
  work.tell('people', { kind: 'team.changed', subject: `team:${id}`, data: { fields: Object.keys(words) } })
  return next
}

export interface SkillWords {
  name: string
  /** Made from the name unless said. */
  key?: string
}

/** Adds a skill. @throws name.invalid, skill.keyTaken */
export async function createSkill(work: Work, words: SkillWords & { demo?: boolean }): Promise<Skill> {
  const name = nameOf(words.name)
  const skill: Skill = { id: newId(), key: words.key ?? (keyFrom(name) || newId()), name, archivedAt: null, version: 1, demo: words.demo ?? false }
  await saveSkill(work.tx, skill)
  work.tell('people', { kind: 'skill.created', subject: `skill:${skill.id}` })
  return skill
}

/** Changes the name, or puts the skill away; its key stays, since rules name it. @throws version.stale, skill.notFound */
export async function changeSkill(work: Work, id: string, words: { name?: string } & Archiving, versionSeen: number | null = null): Promise<Skill> {
  const before = await lockSkill(work.tx, id)
  if (!before) throw refuse('skill.notFound')
  refuseStale(before, versionSeen)
  const next: Skill = { ...before, ...(words.name === undefined ? {} : { name: nameOf(words.name) }), archivedAt: archivedAt(work, before, words), version: before.version + 1 }
  await saveSkill(work.tx, next)
  work.tell('people', { kind: 'skill.changed', subject: `skill:${id}`, data: { fields: Object.keys(words) } })
  return next
}

function nameOf(text: string): string {
  const name = normaliseName(text)
  if (name === '') throw refuse('name.invalid', { errors: [{ path: '/name', code: 'name.invalid' }] })
  return name
}

function zoneOf(name: string): string {
  if (!isTimeZone(name)) throw refuse('timeZone.invalid', { errors: [{ path: '/timeZone', code: 'timeZone.invalid' }] })
  return name
}

const archivedAt = (work: Work, before: { archivedAt: Date | null }, { archived }: Archiving) =>
  (archived === undefined ? before.archivedAt : archived ? before.archivedAt ?? work.at : null)

function refuseStale(before: { version: number }, versionSeen: number | null) {
  if (versionSeen !== null && versionSeen !== before.version) throw refuseAnything('version.stale', { version: before.version })
}
