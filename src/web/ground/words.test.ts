import { expect, test } from 'vitest'
import { samplesIn, sumOf } from './wire.ts'
import { firstLine, kindInWords, payloadText, verificationInWords } from './words.ts'

test('kinds as words', () => expect(['message.received', 'signIn.failed', 'case.handedOver'].map(kindInWords)).toEqual(['Message received', 'Sign in failed', 'Case handed over']))

test('what a verification found, as a sentence', () => {
  const found = (reason: string, event = '812', position: number | null = 812) => verificationInWords({ verified: false, events: 811, firstBroken: { event, position, reason } })
  expect(verificationInWords({ verified: true, events: 12408, firstBroken: null })).toBe('All 12,408 facts are as they were written. Nothing was changed, removed or put in.')
  expect(found('changed')).toBe('Fact 812 was changed after it was written.')
  expect(found('removed')).toBe('A fact is missing before fact 812: it was removed after it was written.')
  expect(found('inserted', '812', null)).toBe('Fact 812 was put in past the program: it has no seal.')
  expect(found('cut', '', 900)).toBe('The log was cut behind place 900: what was sealed after it is gone.')
  expect(found('unheard')).toBe('The log and its seals part at fact 812.')
})

test('a payload shows no secret', () => {
  expect(payloadText({ mailbox: 1, smtp: { password: 'hunter2' } })).toBe('{\n  "mailbox": 1,\n  "smtp": {\n    "password": "(left out)"\n  }\n}')
  expect(firstLine('ECONNREFUSED\n  at x')).toBe('ECONNREFUSED')
  expect(firstLine(null)).toBe('No reason was kept')
})

test('counts in the form of Prometheus', () => {
  const samples = samplesIn('# HELP a\na{state="dead",why="a \\"b\\", c"} 3\na{state="waiting"} 4\nb 1.5e3\n\nnonsense')
  expect([sumOf(samples, 'a'), sumOf(samples, 'a', { state: 'dead' }), sumOf(samples, 'b'), sumOf(samples, 'c')]).toEqual([7, 3, 1500, 0])
})
