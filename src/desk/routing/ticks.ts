import type { Follower, SealedFact, Tick } from '#platform'
import type { Staffing } from '../ports.ts'
import { routeAll } from './router.ts'
import { anyPushes } from './store.ts'
import { noteTurns } from './writes.ts'

const EVERY_MS = 2_000
const NAME = 'routing'

/** Gives cases out: at once after what changes who could get what, and by the clock for what comes due. */
export const routingTick = (staffing: Staffing): Tick => ({
  name: NAME, everyMs: EVERY_MS,
  run: async ({ db, perform, actor }) => { if (await anyPushes(db)) await routeAll(perform, actor, staffing) },
})

/** After these somebody may be able to take what nobody could, or something new waits. */
const ofDesk = new Set([
  'case.opened', 'case.reopened', 'case.resumed', 'case.restored', 'case.unassigned', 'case.requeued', 'case.woken', 'case.unmerged', 'case.assigned', 'case.solved', 'case.pended', 'case.held', 'case.closed', 'case.removed', 'case.snoozed',
  'case.merged', 'queue.changed', 'queue.created', 'topic.changed', 'priority.changed', 'skills.asked', 'routing.changed', 'customer.changed',
])
const ofPeople = new Set(['presence.changed', 'agent.changed', 'agent.created', 'agent.deactivated', 'agent.reactivated', 'skills.changed', 'skill.changed', 'team.changed'])

const wants = ({ room, kind }: Pick<SealedFact, 'room' | 'kind'>): boolean => (room === 'desk' ? ofDesk.has(kind) : room === 'people' && ofPeople.has(kind))

/** Hears of what changes routing, wakes the router, and notes whose turn it was when a case was given by hand. */
export const routingFollower = (poke: (tick: string) => void): Follower => ({
  name: NAME, wants,
  handle: async (work, facts) => {
    const turns = new Map<string, number>()
    for (const { kind, at, data } of facts) if (kind === 'case.assigned' && data['how'] !== 'routed' && typeof data['to'] === 'string') turns.set(data['to'], at.getTime())
    await noteTurns(work.tx, turns)
    work.afterCommit(() => poke(NAME))
  },
})
