import { describe, expect, it } from 'vitest'
import { mailStates } from '../email/outgoing/model.ts'
import { rawStates } from '../email/intake/model.ts'
import { imapWords, mailsWords, outgoingWords, peopleWords, quarantineWords, rawMailWords, statusWords, withoutMark } from './words.ts'

const mail = { state: 'sent' as const, local: false, attempts: 1, nextAt: null, problem: null, recipients: [] }
const accepted = { address: 'ana@example.com', outcome: 'accepted' as const, response: '250 ok' }
const refused = { address: 'lee@example.com', outcome: 'refused' as const, response: '550 no' }

describe('what became of an outgoing mail', () => {
  it.each([
    ['sent', { ...mail, recipients: [accepted] }, 'Sent', 'done', ''],
    ['sent, one refused', { ...mail, recipients: [accepted, refused] }, 'Sent in part', 'soon', 'Refused for lee@example.com.'],
    ['kept here', { ...mail, local: true }, 'Kept here', 'neutral', 'SMTP_URL is not set'],
    ['waiting for its time', { ...mail, state: 'waiting' as const, attempts: 0 }, 'Waiting', 'info', 'taken back'],
    ['waiting after tries', { ...mail, state: 'waiting' as const, attempts: 3, problem: 'connection refused' }, 'Trying again', 'soon', '3 tries so far. Connection refused'],
    ['uncertain, tried again', { ...mail, state: 'uncertain' as const, nextAt: '2026-11-24T10:00:00Z' }, 'Uncertain', 'soon', 'tried again under the same Message-ID'],
    ['uncertain, a person decides', { ...mail, state: 'uncertain' as const, attempts: 4 }, 'Uncertain', 'soon', '4 tries ended without an answer. You decide.'],
    ['failed', { ...mail, state: 'failed' as const, problem: '550 5.7.1 no' }, 'Failed', 'late', '550 5.7.1 no'],
    ['failed, held', { ...mail, state: 'failed' as const, recipients: [{ ...refused, response: 'the address is held' }] }, 'Failed', 'late', 'held, because mail to it came back'],
    ['taken back', { ...mail, state: 'recalled' as const }, 'Taken back', 'neutral', 'took it back'],
  ])('%s', (_, given, word, tone, why) => {
    const said = outgoingWords(given)
    expect(said).toMatchObject({ word, tone })
    expect(said.why).toContain(why)
  })

  it('has words for every state', () => {
    for (const state of mailStates) expect(outgoingWords({ ...mail, state }).word).not.toBe('')
  })
})

const raw = { state: 'done' as const, became: 'case', reason: null, case: 10_482, error: null }

describe('what became of a mail that came in', () => {
  it.each([
    ['a case', raw, 'Opened a case', ''],
    ['a reply', { ...raw, became: 'reply' }, 'Joined its case', ''],
    ['a follow-up', { ...raw, became: 'followUp' }, 'Opened a follow-up', ''],
    ['a suggestion', { ...raw, became: 'suggestion' }, 'Waits as a suggestion', 'not part of the case'],
    ['an answer of a partner', { ...raw, became: 'side' }, 'Joined a side conversation', ''],
    ['a bounce of ours', { ...raw, became: 'bounce', reason: 'hard' }, 'Delivery report', 'cannot be delivered'],
    ['a bounce of others', { ...raw, state: 'discarded' as const, became: 'bounce', reason: 'notOurs' }, 'Put aside', 'did not send'],
    ['a loop', { ...raw, state: 'discarded' as const, became: 'loop', reason: 'messageId' }, 'Put aside', 'came back'],
    ['discarded by hand', { ...raw, state: 'discarded' as const, became: 'discarded' }, 'Put aside', 'Somebody discarded it'],
    ['held', { ...raw, state: 'quarantined' as const, became: 'quarantined', reason: 'mails' }, 'In quarantine', 'More than 30 mails'],
    ['failed', { ...raw, state: 'failed' as const, became: null, error: 'no header' }, 'Could not be read', 'No header'],
    ['new', { ...raw, state: 'received' as const, became: null }, 'Not read yet', 'safe here'],
  ])('%s', (_, given, word, why) => {
    const said = rawMailWords(given)
    expect(said.word).toBe(word)
    expect(said.why).toContain(why)
  })

  it('has words for every state', () => {
    for (const state of rawStates) expect(rawMailWords({ ...raw, state, became: null }).word).not.toBe('')
  })
})

it('says why a sender is held, with the limit that was passed', () => {
  expect(quarantineWords('sameSubject')).toBe('More than 8 mails with one subject came within 10 minutes.')
  expect(quarantineWords(null)).toBe('Its sender wrote faster than people do.')
})

it('puts status codes into words, and keeps those it does not know', () => {
  expect(statusWords('5.1.1')).toBe('There is no such mailbox')
  expect(statusWords('5.9.9')).toContain('5.9.9')
  expect(statusWords(null)).toBe('The mail came back')
})

it('names people within one line', () => {
  const person = (name: string) => ({ name, address: `${name.toLowerCase()}@example.com` })
  expect(peopleWords([])).toBe('nobody')
  expect(peopleWords([{ name: '', address: 'a@b.c' }])).toBe('a@b.c')
  expect(peopleWords([person('Ana'), person('Lee')])).toBe('Ana and Lee')
  expect(peopleWords([person('Ana'), person('Lee'), person('Bo')])).toBe('Ana and 2 others')
  expect([1, 2].map(mailsWords)).toEqual(['1 mail', '2 mails'])
})

it('says how mail comes into a mailbox', () => {
  const imap = { host: 'imap.example.com' }
  expect(imapWords({ imap: null, imapStatus: null }).word).toBe('Over SMTP')
  expect(imapWords({ imap, imapStatus: null }).tone).toBe('info')
  expect(imapWords({ imap, imapStatus: { state: 'connected', problem: null } }).word).toBe('Over IMAP from imap.example.com')
  expect(imapWords({ imap, imapStatus: { state: 'failed', problem: 'the server refuses' } })).toMatchObject({ tone: 'late', why: 'The server refuses' })
})

it('leaves the mark out of a subject, and nothing else', () => {
  expect(withoutMark('Re: Payout [#10482-k3f9xq]')).toBe('Re: Payout')
  expect(withoutMark('Invoice [#12]')).toBe('Invoice [#12]')
})
