import { refusals } from '#platform'

export const refuse = refusals({
  'mailbox.notFound': [404, 'There is no such mailbox'],
  'mailbox.addressTaken': [409, 'Another mailbox has this address'],
  'mailbox.standardNeeded': [409, 'This is the standard mailbox; make another one standard first'],
  'mailbox.queueUnknown': [422, 'There is no such queue'],
  'mailbox.passwordNeeded': [422, 'Enter the password of this mailbox; a kept one stands for the server, port and encryption that it was entered for'],
  'rawMail.notFound': [404, 'There is no such mail'],
  'rawMail.settled': [409, 'This mail was taken in already'],
  'mail.empty': [400, 'The request holds no mail'],
  'quarantine.notFound': [404, 'Nothing of this sender waits in the quarantine'],
})
