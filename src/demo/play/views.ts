import { createView } from '#desk'
import { system, type Actor, type Perform } from '#platform'
import { sampleViews } from '../cast/views.ts'
import type { Cast } from './cast.ts'

/** Saves the sample centre's views: most of them for everybody, one by each lead for their own team. */
export async function saveViews(perform: Perform, cast: Cast, at: Date): Promise<void> {
  const leads = cast.agents.filter((agent): agent is Actor => agent.roles.includes('lead') && agent.teamId !== null).slice(0, 2)
  for (const view of sampleViews) await perform(system('sample centre'), (work) => createView(work, { ...view, shared: { with: 'all' }, demo: true }), at)
  for (const lead of leads) {
    await perform(lead, (work) => createView(work, { name: 'Ours, still with nobody', query: 'team:mine is:unsolved is:unassigned', sort: 'waiting', icon: 'users', colour: 'teal', shared: { with: 'team' }, demo: true }), at)
  }
}
