import { expect, test } from 'vitest'
import { bounceAddress, boundReferences, isMailable, mailIdIn, replyAddress, soundId } from './addresses.ts'

const id = '01900000-0000-7000-8000-00000000a9e7'

test('a bounce address carries the mail\'s id and gives it back', () => {
  expect(mailIdIn(bounceAddress('help@example.com', id))).toBe(id)
  expect(mailIdIn(bounceAddress('help@example.com', id).toUpperCase())).toBe(id)
  expect(['help@example.com', 'help+c.k3f9x7@example.com', 'help+b.123@example.com'].map(mailIdIn)).toEqual([null, null, null])
})

test('a mailbox too long for a marked address keeps its own', () => {
  const long = `${'a'.repeat(40)}@example.com`
  expect(bounceAddress(long, id)).toBe(long)
})

test('an answer comes back to the mailbox with the token', () => {
  expect(replyAddress('help@example.com', 'k3f9x7')).toBe('help+c.k3f9x7@example.com')
})

test.each([
  ['lee@customer.example', true], ["o'neil+tag@customer.example", true], ['用户@例子.公司', true], ['a@localhost', true],
  ['', false], ['lee', false], ['lee@', false], ['@x.example', false], ['a b@x.example', false], ['a@b@x.example', false], ['a@x.example\r\nRCPT TO:<b@x.example>', false],
  ['<a@x.example>', false], ['a@x..example', false], ['.a@x.example', false], ['a..b@x.example', false], ['a@-x.example', false], [`${'a'.repeat(65)}@x.example`, false], ['a@x.example,b@x.example', false],
])('%j can be mailed to: %s', (address, expected) => { expect(isMailable(address)).toBe(expected) })

test('references keep the beginning and the newest part, and nothing that cannot stand in a header', () => {
  const ids = Array.from({ length: 60 }, (_, index) => `<${index}@x.example>`)
  const bound = boundReferences(['<evil\r\nBcc: a@b>', 'bare', ...ids, ids[3]!, `<${'a'.repeat(300)}@x>`])
  expect(bound).toHaveLength(20)
  expect([bound[0], bound.at(-1)]).toEqual(['<0@x.example>', '<59@x.example>'])
  expect(soundId('<a b@x>')).toBeNull()
  expect(soundId(' <a@x> ')).toBe('<a@x>')
})
