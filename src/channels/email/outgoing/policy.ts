import type { Policy } from '#platform'

export const outgoingPolicy = {
  'mail.send': ['admin', 'lead', 'agent'],
  'outbox.read': ['admin', 'lead', 'agent'],
  'outgoingMail.retry': ['admin', 'lead', 'agent'],
  'addressHold.read': ['admin', 'lead', 'agent'],
  'addressHold.release': ['admin', 'lead'],
} satisfies Policy
