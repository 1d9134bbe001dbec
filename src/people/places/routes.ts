import { Type, type TProperties } from 'typebox'
import { change, decodeCursor, Instant, Line, Nullable, pageOf, PageOf, PageQuery, read, strict, Uuid, Version } from '#platform'
import { changeSite, changeSkill, changeTeam, createSite, createSkill, createTeam } from './service.ts'
import { listSites, listSkills, listTeams, type After } from './store.ts'

const kept = { archivedAt: Nullable(Instant), version: Version, demo: Type.Boolean() }
export const SiteView = Type.Object({ id: Uuid, name: Type.String(), timeZone: Type.String(), country: Type.String(), ...kept })
export const TeamView = Type.Object({ id: Uuid, name: Type.String(), siteId: Nullable(Uuid), ...kept })
export const SkillView = Type.Object({ id: Uuid, key: Type.String(), name: Type.String(), ...kept })

const Country = Type.String({ pattern: '^[A-Z]{2}$' })
const SkillKey = Type.String({ pattern: '^[a-z0-9][a-z0-9_.-]{0,59}$' })
const Archived = Type.Optional(Type.Boolean())
const PlaceId = Type.Object({ id: Uuid })
const PlaceQuery = Type.Object({ ...PageQuery, q: Type.Optional(Type.String({ maxLength: 200 })), archived: Type.Optional(Type.Boolean()) }, strict)
const changeOf = <P extends TProperties>(fields: P) => Type.Object(fields, { ...strict, minProperties: 1 })

function afterOf(cursor: string | undefined): After | null {
  if (cursor === undefined) return null
  const [name, id] = decodeCursor(cursor, 2)
  return { name: String(name), id: String(id) }
}
const placeOf = ({ name, id }: { name: string; id: string }) => [name, id]
const tags = ['people']

export const placeRoutes = () => ({
  'GET /api/v1/sites': read({
    summary: 'Sites', permission: 'place.read', tags, query: PlaceQuery, answer: PageOf(SiteView),
    handle: async ({ db, query: { limit = 50, cursor, ...filter } }) => pageOf(await listSites(db, filter, afterOf(cursor), limit + 1), limit, placeOf),
  }),
  'POST /api/v1/sites': change({
    summary: 'Add a site', permission: 'place.change', tags, answer: SiteView, body: Type.Object({ name: Line(200), timeZone: Line(100), country: Country }, strict),
    handle: async ({ work, body, answer }) => {
      const site = await createSite(work, body)
      answer.etag(site.version)
      return site
    },
  }),
  'PATCH /api/v1/sites/:id': change({
    summary: 'Change a site, or put it away', permission: 'place.change', tags, params: PlaceId, answer: SiteView,
    body: changeOf({ name: Type.Optional(Line(200)), timeZone: Type.Optional(Line(100)), country: Type.Optional(Country), archived: Archived }),
    handle: async ({ work, params, body, ifMatch, answer }) => {
      const site = await changeSite(work, params.id, body, ifMatch)
      answer.etag(site.version)
      return site
    },
  }),
  'GET /api/v1/teams': read({
    summary: 'Teams', permission: 'place.read', tags, query: PlaceQuery, answer: PageOf(TeamView),
    handle: async ({ db, query: { limit = 50, cursor, ...filter } }) => pageOf(await listTeams(db, filter, afterOf(cursor), limit + 1), limit, placeOf),
  }),
  'POST /api/v1/teams': change({
    summary: 'Add a team', permission: 'place.change', tags, answer: TeamView, body: Type.Object({ name: Line(200), siteId: Type.Optional(Nullable(Uuid)) }, strict),
    handle: async ({ work, body, answer }) => {
      const team = await createTeam(work, body)
      answer.etag(team.version)
      return team
    },
  }),
  'PATCH /api/v1/teams/:id': change({
    summary: 'Change a team, or put it away', permission: 'place.change', tags, params: PlaceId, answer: TeamView,
    body: changeOf({ name: Type.Optional(Line(200)), siteId: Type.Optional(Nullable(Uuid)), archived: Archived }),
    handle: async ({ work, params, body, ifMatch, answer }) => {
      const team = await changeTeam(work, params.id, body, ifMatch)
      answer.etag(team.version)
      return team
    },
  }),
  'GET /api/v1/skills': read({
    summary: 'Skills', permission: 'place.read', tags, query: PlaceQuery, answer: PageOf(SkillView),
    handle: async ({ db, query: { limit = 50, cursor, ...filter } }) => pageOf(await listSkills(db, filter, afterOf(cursor), limit + 1), limit, placeOf),
  }),
  'POST /api/v1/skills': change({
    summary: 'Add a skill', permission: 'place.change', tags, answer: SkillView, body: Type.Object({ name: Line(200), key: Type.Optional(SkillKey) }, strict),
    handle: async ({ work, body, answer }) => {
      const skill = await createSkill(work, body)
      answer.etag(skill.version)
      return skill
    },
  }),
  'PATCH /api/v1/skills/:id': change({
    summary: 'Rename a skill, or put it away', permission: 'place.change', tags, params: PlaceId, answer: SkillView,
    body: changeOf({ name: Type.Optional(Line(200)), archived: Archived }),
    handle: async ({ work, params, body, ifMatch, answer }) => {
      const skill = await changeSkill(work, params.id, body, ifMatch)
      answer.etag(skill.version)
      return skill
    },
  }),
})
