import type { AudienceOf } from '#platform'

/** When all figures were made anew, whoever looks at some sees the new ones. */
export const insightsAudience: AudienceOf = async () => ({ permission: 'insights.read', space: null, refs: ['measures'] })
