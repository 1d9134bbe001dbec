import { refusals } from '#platform'

export const refuse = refusals({
  'address.held': [409, 'Mail to this address came back; release the address before writing to it again'],
  'address.invalid': [422, 'This is not an address that mail can be sent to'],
  'addressHold.notFound': [404, 'This address is not held'],
  'mail.notAllowed': [403, 'Your role does not allow sending mail here'],
  'outgoingMail.notFound': [404, 'There is no such outgoing mail'],
  'outgoingMail.underWay': [409, 'This mail is on its way; there is nothing to decide'],
  'outgoingMail.notUncertain': [409, 'It is known what became of this mail'],
})
