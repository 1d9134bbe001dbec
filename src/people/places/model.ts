/** Where agents sit and what they can: sites, teams, skills. */

export interface Site {
  id: string
  name: string
  /** IANA. */
  timeZone: string
  /** ISO 3166-1, two letters. */
  country: string
  archivedAt: Date | null
  version: number
  demo: boolean
}

export interface Team {
  id: string
  name: string
  siteId: string | null
  archivedAt: Date | null
  version: number
  demo: boolean
}

export interface Skill {
  id: string
  /** How templates and rules name it, such as `spanish` or `card_disputes`. */
  key: string
  name: string
  archivedAt: Date | null
  version: number
  demo: boolean
}

/** A key made from a name, for those who do not care: `Card disputes` becomes `card_disputes`. */
export const keyFrom = (name: string): string =>
  name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^_+|_+$/g, '').slice(0, 60)
