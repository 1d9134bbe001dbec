import type { Policy } from './actor.ts'

export const platformPolicy = {
  'health.read': 'everybody',
  'live.follow': 'signedIn',
  'log.read': ['admin', 'lead', 'analyst'],
  'log.verify': ['admin', 'analyst'],
  'job.read': ['admin'],
  'job.replay': ['admin'],
  'file.download': 'signedIn',
} satisfies Policy
