import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseQuery } from '../../query/model.ts'
import { completed, fieldsFor, problemWords, settled, spotAt } from './completion.ts'

/** `|` is the caret. */
const at = (written: string) => {
  const caret = written.indexOf('|')
  const text = written.replace('|', '')
  const spot = spotAt(text, caret)
  return [spot.field, spot.typed, text.slice(spot.at, spot.end)]
}

test.each<[string, unknown[]]>([
  ['|', [null, '', '']], ['sta|', [null, 'sta', 'sta']], ['a sta|tus b', [null, 'sta', 'status']], ['-sta|', [null, 'sta', 'sta']], ['a |', [null, '', '']], ['a | b', [null, '', '']],
  ['status:|', ['status', '', '']], ['status:op|', ['status', 'op', 'op']], ['-status:new,o|p x', ['status', 'o', 'op']], ['status:n|ew,open', ['status', 'n', 'new']], ['sta|tus:new', [null, 'sta', 'status:new']],
  ['account:"North W|', ['account', 'North W', '"North W']], ['account:"a,b|","c"', ['account', 'a,b', '"a,b"']], ['account:a,"c d|"', ['account', 'c d', '"c d"']], ['quue:x|', [null, 'quue:x', 'quue:x']], ['"a b|', [null, '"a b', '"a b']],
])('%s', (written, expected) => expect(at(written)).toEqual(expected))

test('a choice takes the place of what was written', () => {
  const choose = (written: string, insert: string) => {
    const [text, caret] = [written.replace('|', ''), written.indexOf('|')]
    const done = completed(text, spotAt(text, caret), insert)
    return `${done.text.slice(0, done.caret)}|${done.text.slice(done.caret)}`
  }
  expect(choose('a sta| b', 'status:')).toBe('a status:| b')
  expect(choose('status:op|', 'open')).toBe('status:open |')
  expect(choose('status:op| b', 'open')).toBe('status:open |b')
  expect(choose('status:o|,new', 'open')).toBe('status:open|,new')
  expect(choose('-account:"North W|', '"North Wind"')).toBe('-account:"North Wind" |')
})

test('any caret in any text is answered, within the text', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('status:', 'a', '"', '\\', ',', ' ', '-', 'account:', ':')).map((pieces) => pieces.join('')), fc.nat(), (text, place) => {
    const caret = place % (text.length + 1)
    const spot = spotAt(text, caret)
    expect(spot.at).toBeGreaterThanOrEqual(0)
    expect(spot.at).toBeLessThanOrEqual(caret)
    expect(spot.end).toBeGreaterThanOrEqual(spot.at)
    expect(spot.end).toBeLessThanOrEqual(text.length)
  }))
})

test('fields by their beginning', () => expect([fieldsFor('as'), fieldsFor('s').slice(0, 2), fieldsFor('x'), fieldsFor('pi_3')]).toEqual([['assignee'], ['status', 'segment'], [], []]))

test('what is being written is not wrong yet; what is wrong is said in words', () => {
  const text = 'status:opn due:soon'
  const { problems } = parseQuery(text)
  expect(settled(problems, 10)).toEqual([problems[1]])
  expect(settled(problems, null).map((problem) => problemWords(problem, text))).toEqual(['“opn” is not one of the values here', '“soon” is no time: write 2026-10-31, 2026-10, today, 7d, <2h'])
  expect(problemWords({ at: 0, length: 1, code: 'new.code' }, 'x')).toBe('This cannot be understood')
})
