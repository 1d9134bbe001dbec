/** Who acts, what roles may do, and the one function that answers "may this actor do this?". */

export const roles = ['admin', 'lead', 'agent', 'analyst', 'planner', 'partner'] as const
export type Role = (typeof roles)[number]

export interface Actor {
  kind: 'agent' | 'token' | 'customer' | 'system'
  /** Agent, token or customer id; for the system the part that acts, such as `email`. */
  id: string
  name: string
  roles: readonly Role[]
  teamId: string | null
  /** Ids of walled spaces (queues) that this actor may not look into. */
  barred: readonly string[]
}

/** `everybody` needs no sign-in; `signedIn` any sign-in; else the roles that may. The system may everything. */
export type Grant = 'everybody' | 'signedIn' | readonly Role[]
export type Policy = Readonly<Record<string, Grant>>

export interface Subject {
  /** The space (queue) in which the thing lies, when it lies in one. */
  space?: string | null
}

export type May = (actor: Actor | null, permission: string, subject?: Subject) => boolean

/**
 * Composes the rooms' policies into the one authorisation function that routes, live updates, search, export and outgoing mail use.
 * @throws when two rooms grant the same permission, or one that nobody declared is asked for: both are bugs.
 */
export function authorisation(...policies: Policy[]): May {
  const grants = new Map<string, Grant>()
  for (const [permission, grant] of policies.flatMap((policy) => Object.entries(policy))) {
    if (grants.has(permission)) throw new Error(`two rooms grant ${permission}`)
    grants.set(permission, grant)
  }
  return (actor, permission, subject) => {
    const grant = grants.get(permission)
    if (!grant) throw new Error(`nobody declared the permission ${permission}`)
    if (grant === 'everybody') return true
    if (!actor) return false
    if (actor.kind === 'system') return true
    if (subject?.space && actor.barred.includes(subject.space)) return false
    return grant === 'signedIn' || actor.roles.some((role) => grant.includes(role))
  }
}

/** The program itself, acting through the named part of it. */
export const system = (part: string): Actor => ({ kind: 'system', id: part, name: 'Meridian', roles: [], teamId: null, barred: [] })
