import { expect, test } from 'vitest'
import { piecesOf } from './linked.ts'

const hrefs = (text: string) => piecesOf(text).flatMap(({ href }) => href ?? [])

test.each([
  ['see https://a.example/x.', ['https://a.example/x']],
  ['(https://a.example/x_(y))', ['https://a.example/x_(y)']],
  ['two: http://a.example and https://b.example/?q=1,2', ['http://a.example', 'https://b.example/?q=1,2']],
  ['javascript:alert(1) and mailto:a@b.example', []],
  ['http://', []],
])('%s', (text, found) => expect(hrefs(text)).toEqual(found))

test('nothing is lost', () => {
  const text = 'a https://a.example/x. b\n(https://c.example) d'
  expect(piecesOf(text).map((piece) => piece.text).join('')).toBe(text)
})

test('an address that is nothing but signs is read in one go, however long it is', () => {
  expect(hrefs(`https://a.example/${')'.repeat(200_000)}`)).toEqual(['https://a.example/'])
  expect(hrefs(`https://a.example/${'.'.repeat(400_000)}x`)[0]).toHaveLength(400_019)
  expect(hrefs('(see https://a.example/x_(y)...)!).')).toEqual(['https://a.example/x_(y)'])
})
