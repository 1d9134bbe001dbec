/** How people sound, whatever it is about. `{first}` is who is written to, `{me}` who writes. */

export interface Voice {
  greetings: readonly string[]
  prefaces: readonly string[]
  closings: readonly string[]
}

/** Customers of different temper and skill. */
export const customerVoices = {
  calm: {
    greetings: ['Hello,', 'Hi there,', 'Good morning,', 'Hello team,', 'Good afternoon,', 'Hi,'],
    prefaces: ['', '', 'I hope you are well.', 'I have a question about our account.', 'Maybe you can help us with this.'],
    closings: ['Thank you and best regards\n{me}', 'Thanks in advance,\n{me}', 'Kind regards\n{me}\n{business}', 'Best,\n{me}', 'Many thanks\n{me}'],
  },
  curt: {
    greetings: ['', '', 'hi', 'hello', 'Hi.'],
    prefaces: ['', '', ''],
    closings: ['{me}', '', 'thx', 'thanks, {me}', 'sent from my phone'],
  },
  upset: {
    greetings: ['To whom it may concern,', 'Hello?', 'Dear support,', 'Hi,'],
    prefaces: ['I am really disappointed.', 'This is the second time that this happens.', 'I have been on your help pages for an hour.', 'Nobody answers in the chat.', 'We are losing money by the hour.'],
    closings: ['I expect an answer today.\n{me}', 'Please treat this as urgent.\n{me}, {business}', '{me}\n{business}', 'Otherwise we will have to look for another provider.\n{me}'],
  },
  formal: {
    greetings: ['Dear Sir or Madam,', 'Dear support team,', 'Good day,'],
    prefaces: ['I am writing on behalf of {business}.', 'We refer to our account {acct}.', 'I take care of the accounts of {business}.'],
    closings: ['Yours faithfully\n{me}\n{business}', 'With kind regards\n{me}\nAccounts, {business}', 'Sincerely,\n{me}'],
  },
  chatty: {
    greetings: ['Hello you lovely people,', 'Hi again,', 'Hey team!', 'Hiya,'],
    prefaces: ['First of all: we love the new dashboard.', 'Me again, sorry.', 'I know you are busy, so I will keep it short (I never do).', 'My accountant says I should ask you before I do something silly.'],
    closings: ['Have a great day!\n{me}', 'Cheers\n{me}', 'Greetings from the workshop\n{me}', 'Thanks a million, {me}'],
  },
} as const satisfies Record<string, Voice>
export type Temper = keyof typeof customerVoices
export const tempers: readonly Temper[] = ['calm', 'calm', 'calm', 'curt', 'curt', 'upset', 'formal', 'chatty']

/** Agents each keep to one of these. */
export const agentVoices: readonly Voice[] = [
  { greetings: ['Hi {first},'], prefaces: ['Thanks for writing to us.', 'Thank you for the details.', 'Thanks for your patience.'], closings: ['Best regards\n{me}', 'All the best\n{me}'] },
  { greetings: ['Hello {first},'], prefaces: ['I had a look at this for you.', 'I understand that this is inconvenient.', 'Let me explain what I found.'], closings: ['Kind regards\n{me}', 'Have a good day\n{me}'] },
  { greetings: ['Dear {first},'], prefaces: ['Thank you for reaching out.', 'Thank you for your message, I am glad to help.', ''], closings: ['Warm regards\n{me}', 'With kind regards\n{me}'] },
  { greetings: ['Hi {first}!', 'Hey {first},'], prefaces: ['Good question.', 'Sorry about the trouble here.', ''], closings: ['Cheers\n{me}', 'Talk soon\n{me}'] },
]

export const thanks: readonly string[] = [
  'That worked, thank you very much for the quick help!', 'Perfect, all clear now.', 'Great, thanks {first}. You can close this.', 'It is there! Thank you.', 'Thanks, I will pass this on to our bookkeeper.',
  'Wonderful, that was faster than I feared.', 'ok thanks', 'Understood. Not what I hoped for, but now I know why.', 'Thank you {first}, very clear explanation.', 'Just checked, everything is fine again.',
  'Much appreciated. It would help if this was on your help page.', 'Cheers, sorted.',
]

export const nudges: readonly string[] = [
  'Any news on this?', 'Hello, I wrote on {date} and have not heard back. Is somebody looking at it?', 'Just checking in, we still wait for an answer.', 'Could you please give me at least a time by which I hear from you?',
  'Following up on my message below. The amount of {amount} is still open.', 'hello??', 'I do not want to push, but our month end is coming closer.', 'Please, an update would be good, even a short one.',
  'One more thing I forgot: {business} has a second account, could it be that one?',
]

export const reopenings: readonly string[] = [
  'Sorry to come back to this, but it happened again today.', 'I was too quick to say thank you. The {amount} are still not there.', 'Unfortunately the problem is back since this morning. Same message as before.',
  'It worked for a day and now it does not. What next?', 'My bookkeeper looked at it and has another question: does this count for {month} or for the month after?', 'Reopening this: our bank says something else than you did.',
]

/** Customers write again about what was closed: it becomes a case of its own. */
export const followUps: readonly string[] = [
  'Some weeks ago you helped me with the matter below. Now we have the same with {payment} over {amount}. Can you do again what you did then?', 'This was closed, but I have a similar question. Same account, another payment: {payment}.',
  'Coming back to this old conversation, as everything that you need is in it. It happened again on {date}.', 'Hello again, last time it was solved within a day. This time {amount} are concerned.',
]

export const holdReplies: readonly string[] = [
  'I have passed this to the team that talks to the bank, and I keep the case with me. You will hear from me on {date2} at the latest, also if there is no news by then.',
  'Thank you, that is all I need. The check by our partner takes up to five working days; I look at it every morning and come back to you.',
  'This needs an answer from {bank} first. I have asked and put a reminder for {date2}.',
]

export const reminders: readonly string[] = [
  'Hello {first},\n\njust a reminder: to go on I still need what I asked for above.\n\n{me}', 'Hi {first},\n\nI keep this open for you until {date2}. If it has settled itself, a short word is enough.\n\nBest regards\n{me}',
  'Hello {first}, may I ask once more for the details of my last mail? Without them I cannot look further.\n\n{me}',
]

export const handoverNotes: readonly string[] = [
  'End of my shift. Customer waits for an answer on {date2}; everything needed is in the last message. Please take over.', 'Needs somebody who knows {bank}. I have explained the standard steps, the customer has done all of them.',
  'Handing over to the next site, customer is in your time zone. Tone is tense but fair.', 'Not a payouts matter after all. Facts so far: {amount}, {payment}, {date}. Nothing promised.', 'I am off from tomorrow. Waiting for the bank, trace {trace}. Expected {date2}.',
  'Second opinion please: I think the customer is right about the {fee}.',
]

export const mentionNotes: readonly string[] = [
  '{colleague} have you seen this before? Looks like the one you had with {bank} in spring.', '{colleague} could you check whether I read the fee right? Customer says {fee}.', '{colleague} please have a look before I send this, the customer is upset.',
  '{colleague} FYI, third case on this today. Something bigger?', 'Asked {colleague} about the deadline, answer: {date2}.',
]

export const leadNotes: readonly string[] = ['Please answer this one today.', 'Good work here. Take the explanation of the sum into a macro?', 'Tone: a bit shorter, please. The customer asked one question.', 'Waiting too long. I will take it to the morning round.']

/** Words that agents are in the middle of writing. */
export const draftBeginnings: readonly string[] = ['I looked at {payment} and can see that', 'Thank you for the document. The next step is', 'The amount of {amount} consists of', 'I have asked {bank} and they say', 'About your second question:']

/** Mail that nobody asked for. */
export const spam: readonly { subject: string; from: string; name: string; text: string }[] = [
  { subject: 'RE: Grow your revenue 300 % in 30 days', from: 'kevin@growth-ninjas.example', name: 'Kevin from GrowthNinjas', text: 'Hi, I was impressed by your website and would love to show you how we help companies like yours. Do you have 15 minutes this week? Reply STOP to never hear from me again.' },
  { subject: 'Your domain is about to expire', from: 'notice@domain-renewals.example', name: 'Domain Registry Notice', text: 'FINAL NOTICE. Your domain listing expires soon. Pay now under the link below to keep it. This is a solicitation, not a bill.' },
  { subject: 'Invoice attached - payment overdue', from: 'accounts@quick-billing.example', name: 'Accounts', text: 'Please find the attached invoice and pay today. Our bank details have changed, use only the new ones in the document.' },
  { subject: 'Partnership proposal', from: 'maria.lopes@linkbuilders.example', name: 'Maria Lopes', text: 'Dear webmaster, we offer guest posts on 4,000 websites with high authority. Prices are in the table. Kindly respond.' },
  { subject: 'Office plants for your team', from: 'hello@greenwall-offers.example', name: 'Greenwall', text: 'Spring is coming! 20 % off on all plants, watering included. Unsubscribe with one click.' },
]

/** Strangers who write into somebody else's case: colleagues, accountants, forwarded copies. */
export const strangers: readonly { name: string; from: string; text: string }[] = [
  { name: 'Helen Marsh', from: 'helen@marsh-accounting.example', text: 'Hello, I do the books for {business} and {first} has sent me this conversation. From my side the open amount is {amount}. Could you send further answers to me as well?' },
  { name: 'Ravi Menon', from: 'ravi.menon@ledgerworks.example', text: 'I am the accountant of {business}. Please confirm the date {date2} in writing, we need it for the audit.' },
  { name: 'Claire Dubois', from: 'claire@dubois-conseil.example', text: 'Taking over from {first} during the holidays. Is there anything that you need from us?' },
  { name: 'Jorge Salas', from: 'jorge.salas@contadores-salas.example', text: 'I forward what the bank told us: they see no transfer under {payout}. Regards, Jorge Salas, external accountant.' },
]
