/** Views: filters that somebody saved. Also runs in the browser. */

export const viewColours = ['grey', 'blue', 'teal', 'green', 'amber', 'red', 'purple'] as const
export type ViewColour = (typeof viewColours)[number]

export const viewIcons = ['dot', 'inbox', 'clock', 'flag', 'flame', 'star', 'bug', 'money', 'shield', 'building', 'globe', 'tag', 'user', 'users', 'check', 'archive'] as const
export type ViewIcon = (typeof viewIcons)[number]

/** With whom: nobody, one team, all who read cases. */
export const sharings = ['no', 'team', 'all'] as const
export type Sharing = (typeof sharings)[number]

/** Whose a view is and who sees it. */
export interface Belongs {
  ownerId: string | null
  shared: Sharing
  teamId: string | null
}

/** Who asks; `leads` and `administers` as their roles say. */
export interface Asker {
  id: string
  teamId: string | null
  leads: boolean
  administers: boolean
}

/** An administrator sees what is shared with any team, so that what somebody left behind can be put in order; nobody sees what is another's own. */
export const maySee = (view: Belongs, who: Asker): boolean =>
  view.ownerId === who.id || view.shared === 'all' || (view.shared === 'team' && (who.administers || view.teamId === who.teamId))

/** Its owner, whoever leads the team that it is shared with, an administrator. */
export const mayChange = (view: Belongs, who: Asker): boolean =>
  view.ownerId === who.id || (view.shared !== 'no' && (who.administers || (view.shared === 'team' && who.leads && view.teamId === who.teamId)))

/** A lead shares with their own team and with all, an administrator with any team. */
export const mayShareWith = (shared: Sharing, teamId: string | null, who: Asker): boolean =>
  shared === 'no' || ((who.leads || who.administers) && (shared === 'all' || who.administers || teamId === who.teamId))

/** A name for a copy: `Late`, `Late (copy)`, `Late (copy 2)`. */
export function copyName(name: string, taken: readonly string[]): string {
  const stem = name.replace(/ \(copy(?: \d+)?\)$/, '')
  const names = new Set(taken)
  for (let nth = 1; ; nth++) {
    const copy = `${stem} (copy${nth === 1 ? '' : ` ${nth}`})`
    if (!names.has(copy)) return copy
  }
}
