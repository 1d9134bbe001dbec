import type { Policy } from '#platform'

const everybodyButPartners = ['admin', 'lead', 'agent', 'analyst', 'planner'] as const

export const peoplePolicy = {
  'signIn.use': 'everybody',
  'me.read': 'signedIn',
  'me.change': 'signedIn',
  'agent.read': everybodyButPartners,
  'agent.change': ['admin'],
  'agent.skills': ['admin', 'lead'],
  'session.read': ['admin'],
  'session.revoke': ['admin'],
  'place.read': everybodyButPartners,
  'place.change': ['admin'],
  'token.read': ['admin'],
  'token.change': ['admin'],
} satisfies Policy
