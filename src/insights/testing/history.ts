import type { Told } from '../measuring/model.ts'

/** Facts written down as a person would tell them: an instant, what happened, who did it. */

export const QUEUE = '00000000-0000-7000-8000-00000000000a'
export const OTHER_QUEUE = '00000000-0000-7000-8000-00000000000b'
export const TEAM = '00000000-0000-7000-8000-00000000001a'
export const ANA = '00000000-0000-7000-8000-00000000002a'
export const BEN = '00000000-0000-7000-8000-00000000002b'

/** `10:30` of Monday, 2 March 2026, or `+2 10:30` two days later; UTC. */
export function at(text: string): Date {
  const [, days = '0', time = ''] = /^(?:\+(\d+) )?(\d\d:\d\d)$/.exec(text) ?? []
  return new Date(Date.parse(`2026-03-02T${time}:00Z`) + Number(days) * 86_400_000)
}

type Line = readonly [when: string, kind: string, data?: Record<string, unknown>, by?: string | 'rule' | 'token']

const actorOf = (by: string): Told['actor'] => (by === 'rule' ? { kind: 'system', id: 'rules' } : by === 'token' ? { kind: 'token', id: 'x' } : { kind: 'agent', id: by })

/** A case that was opened at 09:00 with its first message, and what came after. */
export function history(...lines: readonly Line[]): Told[] {
  const opened: Line[] = [['09:00', 'case.opened', { queue: QUEUE }, 'rule'], ['09:00', 'message.received', { message: 'm0' }, 'rule']]
  return [...opened, ...lines].map(([when, kind, data = {}, by = ANA]) => ({ at: at(when), kind, data, actor: actorOf(by) }))
}
