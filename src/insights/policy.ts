import type { Policy } from '#platform'

export const insightsPolicy = {
  'board.read': ['admin', 'lead', 'planner'],
  'insights.read': ['admin', 'lead', 'analyst', 'planner'],
  // Figures about one person: a yardstick in the wrong hands.
  'insights.agents': ['admin', 'lead'],
  'insights.build': ['admin'],
} satisfies Policy
