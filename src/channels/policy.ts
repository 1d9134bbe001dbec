import type { Policy } from '#platform'

export const channelsPolicy = {
  'mailbox.read': ['admin', 'lead', 'agent'],
  'mailbox.change': ['admin'],
  'mail.submit': ['admin', 'lead', 'agent'],
  'rawMail.read': ['admin', 'lead'],
  'rawMail.replay': ['admin', 'lead'],
  'quarantine.read': ['admin', 'lead', 'agent'],
  'quarantine.release': ['admin', 'lead'],
} satisfies Policy
