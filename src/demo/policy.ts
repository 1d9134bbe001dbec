import type { Policy } from '#platform'

export const demoPolicy = {
  'demo.read': 'signedIn',
  'demo.remove': ['admin'],
} satisfies Policy
