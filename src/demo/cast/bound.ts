/** Cases of the sample centre that hang together, and whom they ask: one outage with five incidents, one matter written twice, two questions to partners. */

export const partners = [
  { name: 'Northbank clearing desk', address: 'clearing@northbank.example', note: 'Give the trace number and the value date.', dueHours: 48 },
  { name: 'Card network disputes', address: 'disputes@cardnet.example', note: 'Answers Tuesdays and Thursdays.', dueHours: 120 },
  { name: 'Parcel carrier claims', address: 'claims@parcelline.example', note: '', dueHours: 72 },
  { name: 'Treasury', address: 'treasury@meridian.example', note: 'Our own people; no customer’s words, only ids.', dueHours: 8 },
] as const

export const outage = {
  subject: 'Webhooks are delivered late or twice', topic: 'webhook-failing', queue: 'developers',
  text: 'Deliveries of webhooks are 20 to 40 minutes late since 09:10 UTC, and some arrive twice. Engineering is on it.',
  update: 'Hello {{customer.firstName|there}},\n\nwebhooks were delivered late today, some of them twice. The cause is found and deliveries catch up; nothing is lost. Events carry an id, so a second delivery can be told by it.\n\nWe write again, here, when all is caught up.',
} as const

export const incidents = [
  { customer: 3, subject: 'No webhook for two paid orders', text: 'Two orders were paid an hour ago and your webhook has not come. Our warehouse waits for it.' },
  { customer: 11, subject: 'payment.succeeded came twice', text: 'We got the same event twice and shipped twice before we noticed. Is this on your side?' },
  { customer: 19, subject: 'Webhooks half an hour late', text: 'Since this morning all webhooks are late by 30 minutes or so.' },
  { customer: 27, subject: 'Endpoint is fine, events do not arrive', text: 'Our endpoint answers 200 and your dashboard shows pending deliveries since 09:20.' },
  { customer: 35, subject: 'Are there problems with events?', text: 'Our orders stay unpaid although the customers have paid. Are there problems with events today?' },
] as const

export const twice = {
  customer: 42,
  first: { subject: 'Payout of Friday has not arrived', text: 'The payout of Friday is marked as paid, and our bank has nothing. Can you look?' },
  second: { subject: 'Where is the payout of Friday?', text: 'Still nothing on our account. Here is the statement of the bank, there is no payout of Friday on it.' },
  asked: 'Dear colleagues,\n\nplease trace the payout with the reference below. The beneficiary’s bank says that nothing came in.\n\nValue date: Friday. Amount and trace number: see the file of that day, line 118.',
} as const

export const disputed = {
  customer: 50, subject: 'Evidence was sent, the dispute is still open', text: 'We sent the evidence last week. The dispute still says that it needs an answer.',
  asked: 'Hello,\n\nhas the evidence of last week reached you? Our file says that it was delivered, the case still shows no documents.',
  answer: 'Hello,\n\nthe documents are here, they had been filed under another reference. The reason code is answered; a decision comes within ten days.',
} as const
