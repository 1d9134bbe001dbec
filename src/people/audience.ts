import type { AudienceOf } from '#platform'

/** Who hears of the room's facts. Where and when somebody signs in is for administrators; whether somebody takes work, for all who work here. */
export const peopleAudience: AudienceOf = async (fact) => {
  const [noun = ''] = fact.kind.split('.')
  const { permission, refs } = audiences[noun] ?? signingIn
  return { permission, space: null, refs: fact.subject ? [...refs, fact.subject] : [...refs], ...(access.has(fact.kind) ? { changesAccess: true } : {}) }
}

/** What decides who may see what: roles, teams, sign-ins and tokens. */
const access = new Set(['agent.changed', 'agent.deactivated', 'agent.removed', 'team.changed', 'session.ended', 'session.revoked', 'token.revoked'])
const ofAgents = { permission: 'agent.read', refs: ['agents'] }
const signingIn = { permission: 'session.read', refs: ['agents'] }
const audiences: Readonly<Record<string, { permission: string; refs: readonly string[] }>> = {
  agent: ofAgents, presence: ofAgents, skills: ofAgents,
  site: { permission: 'place.read', refs: ['sites'] }, team: { permission: 'place.read', refs: ['teams'] }, skill: { permission: 'place.read', refs: ['skills'] },
  token: { permission: 'token.read', refs: ['tokens'] },
}
