import { changeQueueRouting, changeTopicSkills } from '#desk'
import { system, type Perform } from '#platform'
import { demoSkills } from '../store.ts'
import { idOf, type Cast } from './cast.ts'

/** The sample centre gives the cases of two of its queues out, with skills; from the others people take them. Nobody sits there, so nothing is taken back for not being opened. */
export const setUpRouting = (perform: Perform, cast: Cast, now: Date): Promise<void> => perform(system('sample centre'), async (work) => {
  const skills = await demoSkills(work.tx)
  const need = (key: string, level: number, dropAfterMinutes: number | null = null) => ({ skillId: idOf(skills, key), level, dropAfterMinutes })
  await changeQueueRouting(work, idOf(cast.queues, 'developers'), { mode: 'push', capacityPercent: 40, stickyMinutes: 15, skills: [need('api', 3)] })
  await changeQueueRouting(work, idOf(cast.queues, 'billing'), { mode: 'push', capacityPercent: 60, stickyMinutes: 30, skills: [need('billing', 3, 120)], overflow: { queue: 'payments', afterMinutes: 43_200 } })
  await changeTopicSkills(work, 'webhook-failing', [need('api', 4, 60)])
  await changeTopicSkills(work, 'connect-transfer', [need('connect', 3)])
  await changeTopicSkills(work, 'connect-onboarding-stuck', [need('connect', 2)])
}, now)
