import type { MacroScope } from '../../macros/model.ts'
import type { ActionNames } from '../../actions/model.ts'
import type { Macro } from './data.ts'

/** Words of the library. */

export const scopeNames: Readonly<Record<MacroScope, string>> = { mine: 'Only me', team: 'A team', everybody: 'Everybody' }

/** Whose it is: "Yours", "Payouts", "Everybody". */
export function whose({ scope, ownerId, teamId }: Pick<Macro, 'scope' | 'ownerId' | 'teamId'>, names: ActionNames, me: string): string {
  if (scope === 'everybody') return 'Everybody'
  if (scope === 'team') return names.team(teamId ?? '') ?? 'A team'
  return ownerId === me ? 'Yours' : `${names.agent(ownerId ?? '') ?? 'Somebody'}’s own`
}

/** Reopened of used, in a whole percent; null where there were no uses. */
export const reopenedPercent = ({ uses, reopened }: { uses: number; reopened: number }): number | null => (uses === 0 ? null : Math.round((reopened / uses) * 100))

export const shelves = ['all', 'often', 'unused', 'archived'] as const
export type Shelf = (typeof shelves)[number]
export const shelfNames: Readonly<Record<Shelf, string>> = { all: 'All', often: 'Most used', unused: 'Unused for 90 days', archived: 'Archived' }

/** What stands on a shelf of the library, in its order. */
export function onShelf(macros: readonly Macro[], shelf: Shelf): Macro[] {
  const there = macros.filter(({ archived }) => archived === (shelf === 'archived'))
  if (shelf === 'often') return there.filter(({ usage }) => usage.uses > 0).sort((a, b) => b.usage.uses - a.usage.uses)
  if (shelf === 'unused') return there.filter(({ usage }) => usage.uses === 0)
  return there.sort((a, b) => a.folder.localeCompare(b.folder) || a.title.localeCompare(b.title))
}
