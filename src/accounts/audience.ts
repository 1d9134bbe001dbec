import type { AudienceOf } from '#platform'

/** Facts of people touch the person's page, and the page of each account that gains or loses them. */
export const accountsAudience: AudienceOf = async (fact) => {
  const subject = fact.subject ? [fact.subject] : []
  if (fact.kind.startsWith('account.')) return { permission: 'account.read', space: null, refs: ['accounts', ...subject] }
  const touched = mentions.flatMap(([name, noun]) => {
    const id = fact.data[name]
    return typeof id === 'string' ? [`${noun}:${id}`] : []
  })
  return { permission: 'customer.read', space: null, refs: [...new Set(['customers', ...subject, ...touched])] }
}

const mentions = [['account', 'account'], ['fromAccount', 'account'], ['toAccount', 'account'], ['merged', 'customer']] as const
