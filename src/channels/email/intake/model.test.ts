import { expect, test } from 'vitest'
import { directoryOf, mailboxFor, ownMailbox, splitAddress, type Mailbox } from '../mailboxes/model.ts'
import { breakerLimits, decideTurn, senderOf, subjectTokens, unknownSender, type Standing } from './model.ts'

const calm: Standing = { held: false, mails: 1, sameSubject: 1, sentByUs: false }
const stranger = { fromOwnMailbox: false, forced: false }

test.each<[string, Partial<Standing>, Partial<typeof stranger>, string]>([
  ['an ordinary mail', {}, {}, 'takeIn'],
  ['the thirtieth in ten minutes', { mails: 30 }, {}, 'takeIn'],
  ['the thirty-first', { mails: 31 }, {}, 'quarantine mails trips'],
  ['the eighth of one subject', { sameSubject: 8 }, {}, 'takeIn'],
  ['the ninth', { sameSubject: 9 }, {}, 'quarantine sameSubject trips'],
  ['one more of a held sender', { held: true }, {}, 'quarantine held'],
  ['our own Message-ID', { sentByUs: true }, {}, 'loop messageId'],
  ['from one of our mailboxes', {}, { fromOwnMailbox: true }, 'loop ownMailbox'],
  ['a loop that also floods', { sentByUs: true, mails: 500 }, {}, 'loop messageId'],
  ['anything that a person wants in', { sentByUs: true, held: true, mails: 500 }, { fromOwnMailbox: true, forced: true }, 'takeIn'],
])('the turn of a mail: %s', (_name, standing, marks, expected) => {
  const turn = decideTurn({ ...calm, ...standing }, { ...stranger, ...marks }, breakerLimits)
  expect([turn.turn, 'reason' in turn ? turn.reason : '', 'trips' in turn && turn.trips ? 'trips' : ''].filter(Boolean).join(' ')).toBe(expected)
})

test.each<[string, Parameters<typeof senderOf>, string]>([
  ['From', [{ address: 'Ana@Example.com', name: 'Ana' }, [], 'bounce@example.com'], 'ana@example.com'],
  ['Reply-To when From is none', [null, [{ address: 'reply@example.com' }], 'env@example.com'], 'reply@example.com'],
  ['the envelope when neither', [{ address: 'no address', name: 'x' }, [], 'env@example.com'], 'env@example.com'],
  ['nobody', [null, [], ''], unknownSender],
  ['nobody, by HTTP', [{ address: '', name: '' }, [{ address: '<>' }], null], unknownSender],
])('a sender is found in %s', (_name, given, expected) => expect(senderOf(...given).address).toBe(expected))

test.each([
  ['help@shop.example', 'help@shop.example', null],
  ['Help+C.K3F9QZ7H@Shop.example', 'help@shop.example', 'k3f9qz7h'],
  ['help+tag@shop.example', 'help+tag@shop.example', null],
  ['help+c.@shop.example', 'help@shop.example', null],
  ['help+c.ab/../cd@shop.example', 'help@shop.example', null],
  ['+c.k3f9qz7h@shop.example', '+c.k3f9qz7h@shop.example', null],
  ['no address', 'no address', null],
])('the token in %s', (address, base, token) => expect(splitAddress(address)).toEqual({ base, token }))

const box = (address: string, more: Partial<Mailbox> = {}): Mailbox => ({ id: address, address, name: '', queueId: null, standard: false, madeByProgram: false, demo: false, version: 1, imap: null, imapStatus: null, ...more })

test('every address is the standard mailbox\'s until a person sets one up', () => {
  const standard = box('support@host', { standard: true, madeByProgram: true })
  expect(mailboxFor(directoryOf([]), 'x@y')).toBeNull()
  expect(mailboxFor(directoryOf([standard, box('demo@host', { demo: true })]), 'x@y')).toBe(standard)
  const set = directoryOf([standard, box('help@shop')])
  expect(mailboxFor(set, 'x@y')).toBeUndefined()
  expect(mailboxFor(set, 'Help+c.k3f9qz7h@shop')?.address).toBe('help@shop')
  expect(mailboxFor(set, 'help+b.0123456789abcdef@shop')?.address).toBe('help@shop')
  expect(ownMailbox(set, 'support@host')).toBe(standard)
})

test('subject tokens are found, unchecked', () => expect(subjectTokens('Re: [#10482-k3f9qz] hello [#1-abc] [#7-ABCDEF]')).toEqual(['[#10482-k3f9qz]', '[#7-ABCDEF]']))
