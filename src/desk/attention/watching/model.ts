/** Following a case beside having it. Also runs in the browser. */

/** `left` went by hand, so no rule brings them back; `muted` hears only of what names them. */
export const watchStates = ['watching', 'left', 'muted'] as const
export type WatchState = (typeof watchStates)[number]
/** How somebody came to watch: by hand, by writing a note, by being mentioned. */
export const watchWays = ['hand', 'note', 'mention'] as const
export type WatchWay = (typeof watchWays)[number]
