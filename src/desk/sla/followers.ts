import type { Follower } from '#platform'

/** An account that becomes larger or smaller is promised something else: for the cases that it has at hand too. */
export const segmentFollower: Follower = {
  name: 'desk.sla',
  wants: ({ room, kind, data }) => room === 'accounts' && kind === 'account.changed' && Array.isArray(data['fields']) && data['fields'].includes('segment'),
  handle: async (work, facts) => {
    for (const { subject } of facts) {
      const account = /^account:(.+)$/.exec(subject ?? '')?.[1]
      if (account) work.enqueue({ name: 'desk.applySla', payload: { why: 'segment', account }, key: `desk.applySla:${account}` })
    }
  },
}
