import type { Policy } from '#platform'

const everybodyWhoReadsCases = ['admin', 'lead', 'agent', 'analyst'] as const
const everybodyWhoWorksCases = ['admin', 'lead', 'agent'] as const

export const accountsPolicy = {
  'account.read': everybodyWhoReadsCases,
  'account.change': everybodyWhoWorksCases,
  'customer.read': everybodyWhoReadsCases,
  'customer.change': everybodyWhoWorksCases,
  'customer.merge': everybodyWhoWorksCases,
} satisfies Policy
