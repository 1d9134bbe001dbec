import type { Policy } from '#platform'
import { outgoingPolicy } from './email/outgoing/index.ts'

export const channelsPolicy = {
  ...outgoingPolicy,
  'mailbox.read': ['admin', 'lead', 'agent'],
  'mailbox.change': ['admin'],
  'mail.submit': ['admin', 'lead', 'agent'],
  'rawMail.read': ['admin', 'lead'],
  'rawMail.replay': ['admin', 'lead'],
  'quarantine.read': ['admin', 'lead', 'agent'],
  'quarantine.release': ['admin', 'lead'],
} satisfies Policy
