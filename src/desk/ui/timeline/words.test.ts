import { expect, test } from 'vitest'
import { message, names } from '../testing/cases.ts'
import { countsDown, deliveryWords } from './delivery.ts'
import { automaticWords, canDetach, joinedWords } from './joined.ts'

const reading = { names, moment: (at: string) => at.slice(11, 16) }
const reply = message({ direction: 'out', from: { kind: 'agent', id: 'maya', name: 'Maya', address: null }, messageId: '<1@desk>', at: '2026-11-04T09:12:00.000Z' })
const theirs = message({ messageId: '<2@customer>', at: '2026-11-04T08:00:00.000Z' })
const joinedBy = (joined: Record<string, unknown>) => message({ joined })

test.each([
  [{ rule: 'reference', evidence: '<1@desk>' }, 'Joined by its reference to your reply of 09:12'],
  [{ rule: 'reference', evidence: '<2@customer>' }, 'Joined by its reference to their own mail of 08:00'],
  [{ rule: 'reference', evidence: '<3@nowhere>' }, 'Joined by its reference to an earlier mail of this case'],
  [{ rule: 'replyAddress', evidence: 'r***' }, 'Joined by a reply address that we gave out'],
  [{ rule: 'subjectToken', evidence: '10482-abc' }, 'Joined by the checked number in its subject'],
  [{ rule: 'followUp', evidence: '10001' }, 'Follows up on #10001, which is closed'],
  [{ rule: 'accepted', by: 'lee' }, 'Accepted by Lee'],
  [{ rule: 'detached', from: 10_482 }, 'Moved here out of #10482'],
  [{ rule: 'opened' }, null],
])('why it joined: %o', (joined, words) => expect(joinedWords(joinedBy(joined), [reply, theirs], reading)).toBe(words))

test('a suggestion has not joined yet', () => {
  expect(joinedWords(message({ joined: { rule: 'subjectToken' }, standing: 'suggested' }), [], reading)).toBe('Points here by the checked number in its subject')
})

test('a colleague’s reply is theirs', () => {
  expect(joinedWords(joinedBy({ rule: 'reference', evidence: '<1@desk>' }), [reply], { ...reading, names: { ...names, me: 'lee' } })).toBe('Joined by its reference to Maya’s reply of 09:12')
})

test('what joined can be detached; what opened the case, our own words and suggestions cannot', () => {
  expect(canDetach(joinedBy({ rule: 'reference' }))).toBe(true)
  expect([joinedBy({ rule: 'opened' }), reply, message({ joined: { rule: 'reference' }, standing: 'suggested' })].map(canDetach)).toEqual([false, false, false])
})

test('a waiting reply counts down, then is on its way', () => {
  const now = Date.parse('2026-11-04T09:00:00.000Z')
  const waiting = { delivery: 'waiting', sendAt: '2026-11-04T09:00:07.500Z' }
  expect(deliveryWords(waiting, now)).toMatchObject({ short: 'Sending in 8 s', secondsLeft: 8 })
  expect(deliveryWords(waiting, now + 7_500)).toMatchObject({ short: 'On its way', secondsLeft: 0 })
  expect([countsDown(waiting, now), countsDown(waiting, now + 60_000)]).toEqual([true, false])
})

test.each([['sent', 'quiet'], ['uncertain', 'soon'], ['failed', 'late'], ['bounced', 'late']])('%s is %s', (delivery, tone) => {
  expect(deliveryWords({ delivery, sendAt: null }, 0)?.tone).toBe(tone)
})

test('notes have no delivery', () => expect(deliveryWords({ delivery: null, sendAt: null }, 0)).toBeNull())

test('automatic mails by their mark', () => {
  expect(['auto-replied', 'bounce', 'list'].map(automaticWords)).toEqual(['Automatic reply', 'A report from a mail server', 'Automatic mail'])
})
