import type { ApiOf } from '#platform'
import { agentRoutes } from './agents/routes.ts'
import { meRoutes, type MeParts } from './me/routes.ts'
import { oidcRoutes } from './oidc/routes.ts'
import type { People } from './open.ts'
import { placeRoutes } from './places/routes.ts'
import { signInRoutes } from './sign-in/routes.ts'
import { tokenRoutes } from './tokens/routes.ts'

export const peopleRoutes = (people: People, parts: MeParts) => ({
  ...signInRoutes(people), ...oidcRoutes(people), ...meRoutes(people, parts), ...agentRoutes(people, parts.permissions), ...placeRoutes(), ...tokenRoutes(people),
})
export type PeopleApi = ApiOf<typeof peopleRoutes>
