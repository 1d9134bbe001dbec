/** Where the sample centre works, and on what. */

export const sites = [
  { key: 'mexico', name: 'Mexico City', timeZone: 'America/Mexico_City', country: 'MX' },
  { key: 'dublin', name: 'Dublin', timeZone: 'Europe/Dublin', country: 'IE' },
  { key: 'bengaluru', name: 'Bengaluru', timeZone: 'Asia/Kolkata', country: 'IN' },
] as const
export type SiteKey = (typeof sites)[number]['key']

export const teams = [
  { key: 'payouts-americas', name: 'Payouts Americas', site: 'mexico' },
  { key: 'payments-americas', name: 'Payments Americas', site: 'mexico' },
  { key: 'billing-americas', name: 'Billing Americas', site: 'mexico' },
  { key: 'payouts-europe', name: 'Payouts Europe', site: 'dublin' },
  { key: 'payments-europe', name: 'Payments Europe', site: 'dublin' },
  { key: 'developers-europe', name: 'Developers Europe', site: 'dublin' },
  { key: 'trust-europe', name: 'Trust Europe', site: 'dublin' },
  { key: 'planning', name: 'Planning and insight', site: 'dublin' },
  { key: 'payouts-asia', name: 'Payouts Asia', site: 'bengaluru' },
  { key: 'payments-asia', name: 'Payments Asia', site: 'bengaluru' },
  { key: 'developers-asia', name: 'Developers Asia', site: 'bengaluru' },
] as const satisfies readonly { key: string; name: string; site: SiteKey }[]
export type TeamKey = (typeof teams)[number]['key']

export const skills = [
  { key: 'payouts', name: 'Payouts and banks' }, { key: 'payments', name: 'Card payments' }, { key: 'disputes', name: 'Refunds and disputes' }, { key: 'billing', name: 'Billing and fees' },
  { key: 'api', name: 'API and webhooks' }, { key: 'connect', name: 'Platforms' }, { key: 'trust', name: 'Verification and risk' }, { key: 'spanish', name: 'Spanish' },
  { key: 'portuguese', name: 'Portuguese' }, { key: 'french', name: 'French' }, { key: 'german', name: 'German' }, { key: 'hindi', name: 'Hindi' },
] as const
export type SkillKey = (typeof skills)[number]['key']

export interface SampleQueue {
  key: string
  name: string
  description: string
  walled: boolean
  teams: readonly TeamKey[]
}

export const queues: readonly SampleQueue[] = [
  { key: 'payouts', name: 'Payouts and banks', description: 'Money on its way to the business', walled: false, teams: ['payouts-americas', 'payouts-europe', 'payouts-asia'] },
  { key: 'payments', name: 'Payments', description: 'Card and bank payments that do not do what they should', walled: false, teams: ['payments-americas', 'payments-europe', 'payments-asia'] },
  { key: 'disputes', name: 'Refunds and disputes', description: 'Money on its way back', walled: false, teams: ['payments-americas', 'payments-europe', 'payments-asia'] },
  { key: 'billing', name: 'Billing and fees', description: 'Subscriptions, invoices, fees and tax forms', walled: false, teams: ['billing-americas', 'payments-europe', 'payouts-asia'] },
  { key: 'developers', name: 'Developers', description: 'API, webhooks and platforms', walled: false, teams: ['developers-europe', 'developers-asia'] },
  { key: 'verification', name: 'Verification and reviews', description: 'Documents, paused payouts, reserves', walled: false, teams: ['trust-europe', 'payouts-americas', 'payouts-asia'] },
  { key: 'security', name: 'Account security', description: 'Takeovers and leaked keys; only the trust team looks in', walled: true, teams: ['trust-europe'] },
]

/** Which queue works a topic. */
export const queueOfTopic: Readonly<Record<string, string>> = {
  'payout-missing': 'payouts', 'payout-failed': 'payouts', 'first-payout-wait': 'payouts', 'payout-composition': 'payouts', 'payout-schedule-balance': 'payouts', 'instant-payout': 'payouts',
  'bank-account-change': 'payouts', 'negative-balance': 'payouts', 'topup-pending': 'payouts', 'close-account-balance': 'billing', 'account-takeover': 'security', 'api-key-leak': 'security',
  'payouts-paused': 'verification', 'verification-requirements': 'verification', 'account-under-review': 'verification', 'reserve-hold': 'verification', 'card-testing': 'payments',
  'card-declined': 'payments', 'decline-rate-spike': 'payments', 'radar-block': 'payments', 'sca-3ds': 'payments', 'duplicate-charge': 'payments', 'payment-stuck-processing': 'payments',
  'uncaptured-authorization': 'payments', 'payment-search': 'payments', 'unrecognized-descriptor': 'payments', 'currency-conversion': 'payments', 'refund-not-arrived': 'disputes',
  'refund-failed': 'disputes', 'refund-pending-balance': 'disputes', 'refund-fees': 'billing', 'dispute-open': 'disputes', 'dispute-lifecycle': 'disputes', 'early-fraud-warning': 'disputes',
  'dispute-rate': 'disputes', 'fees-explained': 'billing', 'tax-form': 'billing', 'subscription-past-due': 'billing', 'subscription-proration': 'billing', 'subscription-canceled': 'billing',
  'invoice-not-sent': 'billing', 'webhook-failing': 'developers', 'webhook-event-trace': 'developers', 'api-errors': 'developers', 'connect-onboarding-stuck': 'developers', 'connect-transfer': 'developers',
}
