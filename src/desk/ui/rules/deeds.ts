interface Deed { did: string; happened: string }

/** What rules tell of a case beside what they did to it. */
export const ruleDeeds: Readonly<Record<string, () => Deed>> = {
  'rule.refused': () => ({ did: 'could not do what a rule says', happened: 'A rule could not do what it says here' }),
  'rule.looped': () => ({ did: 'held a rule back', happened: 'A rule was held back: it had acted on this case several times within the hour' }),
}
