import type { LoggedFact } from '../log/store.ts'

/** Who may hear of a fact, and what on their screens it touches. */
export interface Audience {
  permission: string
  space: string | null
  /** Names of what changed: `case:10482`, `cases`, `account:UUID`; a screen refetches what it shows of them. */
  refs: string[]
  /** Ids of the only actors who hear of it, for what is nobody else's; all with the permission unless said. */
  only?: readonly string[]
  /** It changes who may see what (roles, sign-ins, walls): open streams look at their readers anew before they tell more. */
  changesAccess?: boolean
}

/** The port by which rooms tell who may hear of their facts. */
export type AudienceOf = (fact: LoggedFact) => Promise<Audience>
export type Audiences = Readonly<Record<string, AudienceOf>>

/** The rooms' answers as one function; facts of rooms that say nothing are for those who may read the log. */
export const audienceFrom = (audiences: Audiences): AudienceOf => async (fact) =>
  (await audiences[fact.room]?.(fact)) ?? { permission: 'log.read', space: null, refs: fact.subject ? [fact.subject] : [] }
