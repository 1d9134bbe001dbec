/** How a list of cases may look: its order, its columns, its groups. Also runs in the browser. */

export const sorts = ['due', 'newest', 'oldest', 'active', 'waiting', 'priority', 'updated'] as const
export type Sort = (typeof sorts)[number]

/** Columns of the wide table, beside the subject, which is always there. */
export const columns = [
  'number', 'status', 'priority', 'kind', 'customer', 'account', 'segment', 'queue', 'team', 'assignee', 'topic', 'tags', 'channel', 'due', 'waiting', 'opened', 'active', 'updated',
] as const
export type Column = (typeof columns)[number]
/** What a table shows until somebody chooses. */
export const usualColumns: readonly Column[] = ['status', 'priority', 'customer', 'account', 'queue', 'assignee', 'topic', 'due', 'active', 'number']

export const groupings = ['queue', 'priority', 'due', 'assignee', 'status', 'topic', 'team'] as const
export type Grouping = (typeof groupings)[number]
