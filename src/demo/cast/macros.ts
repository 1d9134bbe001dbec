import type { createMacro } from '#desk'

type Given = Parameters<typeof createMacro>[1]

/** What the sample centre answers again and again, and what it does again and again. */

const snippet = (name: string, title: string, folder: string, topics: string[], body: string): Given => ({ kind: 'snippet', name, title, folder, scope: 'everybody', topics, actions: [{ do: 'reply', body }] })

const snippets: readonly Given[] = [
  snippet('hello', 'Greeting', 'Everyday', [], 'Hello {{customer.firstName|there}},\n\nthank you for writing to us.'),
  snippet('sign-off', 'Closing words', 'Everyday', [], 'If anything is unclear, reply to this mail: it comes back to case {{case.number}}.\n\nKind regards\n{{agent.firstName}}'),
  snippet('refund-time', 'How long a refund takes', 'Refunds', ['refund-not-arrived'], 'Hello {{customer.firstName|there}},\n\na refund reaches the cardholder 5 to 10 working days after it leaves us, because their bank has to post it. Counted from today that is no later than {{date.workday+10}}.\n\nIf it is not there by then, the cardholder’s bank can trace it with the reference that I am glad to send you.'),
  snippet('refund-fees', 'Why fees stay with a refund', 'Refunds', ['refund-fees'], 'Hello {{customer.firstName|there}},\n\nwhen a payment is refunded, the fee for processing it is not returned: the card networks and banks charge for the payment itself, whether or not it is refunded later. The refund costs nothing on top.'),
  snippet('payout-trace', 'Tracing a payout', 'Payouts', ['payout-missing'], 'Hello {{customer.firstName|there}},\n\nthe payout left us and your bank has accepted it. Please ask your bank to look for it by its trace id. If they cannot find it by {{date.workday+3}}, write to us here and we open a trace from our side.'),
  snippet('payout-schedule', 'When money becomes available', 'Payouts', ['payout-schedule-balance', 'first-payout-wait'], 'Hello {{customer.firstName|there}},\n\npayments are pending first and become available on the schedule that you see under Balance. The first payout of a new account takes 7 to 14 days; later ones follow your schedule.'),
  snippet('decline-why', 'Why a card was declined', 'Payments', ['card-declined', 'decline-rate-spike'], 'Hello {{customer.firstName|there}},\n\nthe decision was made by the bank that issued the card, and it tells us no more than the code on the payment. What helps most is that your customer asks their bank, or pays with another card.'),
  snippet('dispute-evidence', 'What to send for a dispute', 'Disputes', ['dispute-open'], 'Hello {{customer.firstName|there}},\n\nplease send the evidence by {{date.workday+5}} so that it goes to the bank in time: the receipt, proof of delivery with its date and address, and what you and your customer wrote to each other.'),
  snippet('webhook-retry', 'How webhooks are tried again', 'Developers', ['webhook-failing', 'webhook-event-trace'], String.raw`Hello {{customer.firstName|there}},

an event that your endpoint does not answer with a 2xx status within 20 seconds is sent again for up to three days, each time after a longer pause. Template marks such as \{{order_id}} in your handler are not filled in by us.`),
]

const macros: readonly Given[] = [
  {
    kind: 'macro', name: 'ask-bank-details', title: 'Ask for the bank’s answer', folder: 'Payouts', scope: 'everybody', topics: ['payout-missing', 'payout-failed'],
    actions: [{ do: 'reply', body: 'Hello {{customer.firstName|there}},\n\nto go on we need what your bank said about the payout: their reference, and the name of whoever answered. A photo of the letter will do.' }, { do: 'tag', add: ['waits-for-bank'] }, { do: 'status', to: 'pending' }],
  },
  {
    kind: 'macro', name: 'refund-sent', title: 'Refund is sent, solved', folder: 'Refunds', scope: 'everybody', topics: ['refund-failed', 'refund-pending-balance'],
    actions: [{ do: 'reply', body: 'Hello {{customer.firstName|there}},\n\nthe refund is on its way now. The cardholder sees it by {{date.workday+10}} at the latest.' }, { do: 'tag', add: ['refund-sent'] }, { do: 'status', to: 'solved' }],
  },
  {
    kind: 'macro', name: 'takeover', title: 'Possible takeover: to reviews, at once', folder: 'Risk', scope: 'everybody', topics: ['account-takeover', 'api-key-leak', 'card-testing'],
    actions: [{ do: 'queue', to: 'verification' }, { do: 'priority', to: 'urgent' }, { do: 'tag', add: ['takeover'] }, { do: 'note', body: 'Payouts must be paused before anybody answers. What points to a takeover: …' }],
  },
  { kind: 'macro', name: 'not-ours', title: 'Not for us: spam', folder: 'Everyday', scope: 'everybody', actions: [{ do: 'tag', add: ['not-for-us'] }, { do: 'remove', as: 'spam' }] },
]

export const sampleMacros: readonly Given[] = [...snippets, ...macros]
