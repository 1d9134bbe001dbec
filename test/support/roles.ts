import { roles, type Actor, type Authenticate } from '#platform'

/** For tests of a room's routes: whoever sends a role's name as a token has that role, and nobody comes with a cookie. */
export const byRoleName: Authenticate = {
  byToken: async (token) => {
    const role = roles.find((name) => name === token)
    return role ? { actor: actorOf(role), sessionId: null } : null
  },
  bySession: async () => null,
}

const actorOf = (role: Actor['roles'][number]): Actor => ({ kind: 'token', id: role, name: role, roles: [role], teamId: null, barred: [] })
