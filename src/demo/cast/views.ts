import type { createView } from '#desk'

type Given = Parameters<typeof createView>[1]

/** What the sample centre looks through again and again. */
export const sampleViews: readonly Given[] = [
  { name: 'Late or nearly', query: 'is:unsolved due:overdue,<2h', sort: 'due', grouping: 'due', icon: 'clock', colour: 'red' },
  { name: 'Urgent, with nobody', query: 'is:unsolved priority:high,urgent assignee:none', sort: 'priority', icon: 'flame', colour: 'amber' },
  { name: 'Waiting over a day', query: 'is:unsolved waiting:>1d', sort: 'waiting', icon: 'flag', colour: 'amber' },
  { name: 'Enterprise at hand', query: 'is:unsolved segment:enterprise', sort: 'due', grouping: 'queue', icon: 'building', colour: 'purple', columns: ['priority', 'account', 'queue', 'assignee', 'due', 'waiting', 'number'] },
  { name: 'Payouts that did not arrive', query: 'topic:payout-missing,payout-failed is:unsolved', sort: 'waiting', icon: 'money', colour: 'green' },
  { name: 'Incidents', query: 'is:incident is:unsolved', sort: 'newest', icon: 'bug', colour: 'blue' },
  { name: 'Solved in the last week', query: 'solved:<7d', sort: 'updated', icon: 'check', colour: 'grey' },
]
