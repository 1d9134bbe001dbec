import type { Tx } from '#platform'

/** Business time between two instants for a team, in milliseconds: by the calendar of its site. */
export type BusinessHours = (teamId: string | null, from: Date, to: Date) => number | null

export async function businessHours(_tx: Tx): Promise<BusinessHours> {
  return () => null
}
