import { priorities } from '../cases/model.ts'
import type { QueueRouting, RoutingSettings, SkillNeed, WaitingCase } from './words.ts'

const MINUTE_MS = 60_000

/**
 * When a case should be with somebody: its soonest promise, or the end of its priority's patience, whichever comes first. An instant that stays
 * where it is orders by urgency, priority and waiting at once, and lets nothing starve: what comes later falls behind it at last (earliest deadline first).
 */
export function takeBy(found: WaitingCase, { patienceMinutes }: Pick<RoutingSettings, 'patienceMinutes'>): { at: number; why: 'due' | 'priority' } {
  const patient = found.waitingSince + patienceMinutes[found.priority] * MINUTE_MS
  return found.dueAt !== null && found.dueAt <= patient ? { at: found.dueAt, why: 'due' } : { at: patient, why: 'priority' }
}

/** Cases in the order in which they are decided. The order of what is given does not matter. */
export function inOrder<C extends WaitingCase>(waiting: readonly C[], settings: Pick<RoutingSettings, 'patienceMinutes'>): C[] {
  const placed = waiting.map((found) => ({ found, by: takeBy(found, settings).at, rank: -priorities.indexOf(found.priority) }))
  placed.sort((a, b) => a.by - b.by || a.rank - b.rank || a.found.waitingSince - b.found.waitingSince || a.found.number - b.found.number)
  return placed.map(({ found }) => found)
}

/** The needs of several sources as one list: each skill once, at its highest level, and optional only where every source says so. */
export function gatherNeeds(needs: readonly SkillNeed[]): SkillNeed[] {
  const bySkill = new Map<string, SkillNeed>()
  for (const need of needs) {
    const known = bySkill.get(need.skillId)
    if (!known) bySkill.set(need.skillId, need)
    else bySkill.set(need.skillId, { ...known, level: Math.max(known.level, need.level), dropAfterMinutes: longer(known.dropAfterMinutes, need.dropAfterMinutes) })
  }
  return [...bySkill.values()]
}

const longer = (a: number | null, b: number | null) => (a === null || b === null ? null : Math.max(a, b))

/** What is asked for after such a wait, and what is not any more: optional skills go in their order, each after its own wait. */
export function needsAfter(needs: readonly SkillNeed[], waitedMs: number): { asked: SkillNeed[]; dropped: SkillNeed[]; nextDropMs: number | null } {
  const [asked, dropped]: [SkillNeed[], SkillNeed[]] = [[], []]
  let until = 0
  let nextDropMs: number | null = null
  for (const need of needs) {
    if (need.dropAfterMinutes !== null) until += need.dropAfterMinutes * MINUTE_MS
    const gone = need.dropAfterMinutes !== null && waitedMs >= until
    if (gone) dropped.push(need)
    else asked.push(need)
    if (!gone && need.dropAfterMinutes !== null) nextDropMs ??= until
  }
  return { asked, dropped, nextDropMs }
}

/** How much of somebody's capacity a case of this channel takes. */
export const weightOf = (queue: Pick<QueueRouting, 'weights'>, channel: string): number => queue.weights[channel] ?? 1

/** Up to which load the queue gives cases to somebody of this capacity. */
export const roomFor = (queue: Pick<QueueRouting, 'capacityPercent'>, capacity: number): number => Math.floor((capacity * queue.capacityPercent) / 100)

/** The key of the skill for a language (BCP 47) by the house's convention; null when the language is not known or none is asked for. */
export function languageSkillKey(convention: string | null, language: string | null): string | null {
  const code = /^[a-z]{2,3}(?=$|[-_])/i.exec(language ?? '')?.[0].toLowerCase()
  if (!convention || !code) return null
  const name = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(code)?.toLowerCase()
  return name === undefined && convention.includes('{name}') ? null : convention.replaceAll('{code}', code).replaceAll('{name}', name ?? '')
}
