import { refusals } from '#platform'

export const refuse = refusals({
  'address.invalid': [422, 'This is not a mail address'],
  'address.taken': [409, 'This address belongs to another customer; merge the two if they are one person'],
  'address.notFound': [404, 'The customer does not have this address'],
  'address.last': [409, 'A customer keeps at least one address'],
  'address.tooMany': [409, 'A customer has at most 50 addresses'],
  'account.notFound': [404, 'There is no such account'],
  'account.unknown': [422, 'There is no such account'],
  'account.platformIdTaken': [409, 'Another account has this platform id'],
  'customer.notFound': [404, 'There is no such customer'],
  'customer.unknown': [422, 'There is no such customer'],
  'customer.merged': [409, 'This customer was merged into another; change that one'],
  'segment.unknown': [400, 'This is not a segment (independent, startup, smb, enterprise)'],
  'name.empty': [422, 'A name has at least one visible character'],
  'language.invalid': [422, 'This is not a language tag (such as en or pt-BR)'],
  'timeZone.invalid': [422, 'This is not a time zone (such as Europe/Dublin)'],
  'merge.self': [422, 'A customer is not merged with itself'],
  'merge.notFound': [404, 'There is no such merge'],
  'merge.undone': [409, 'This merge was taken back already'],
  'merge.covered': [409, 'The customer who was kept has been merged since; take that merge back first'],
})
