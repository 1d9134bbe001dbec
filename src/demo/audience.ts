import type { AudienceOf } from '#platform'

/** When the sample centre goes, every list that anybody looks at is another one. */
export const demoAudience: AudienceOf = async () => ({
  permission: 'demo.read', space: null, refs: ['demo:centre', 'cases', 'counts', 'drafts', 'mentions', 'accounts', 'customers', 'agents', 'teams', 'sites', 'skills', 'queues', 'topics', 'tags'],
})
