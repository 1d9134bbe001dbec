import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blocksIn, eventOf, isTouched } from './model.ts'

const FACT = { id: '7', at: '2026-11-24T09:12:00Z', room: 'desk', kind: 'case.opened', case: 10482, subject: null, actor: { kind: 'system', id: null }, data: {}, refs: ['case:10482', 'cases'] }
const STREAM = `retry: 1000\n\nid: 7\nevent: fact\ndata: ${JSON.stringify(FACT)}\n\n: here\n\nevent: presence\ndata: {"place":"case:1",\ndata: "people":[]}\n\nevent: reset\ndata: {}\n\n`

/** Reads a stream that arrives in these parts. */
function read(parts: readonly string[]) {
  const found = []
  let text = ''
  for (const part of parts) {
    const { blocks, rest } = blocksIn(text + part)
    text = rest
    found.push(...blocks)
  }
  return found
}

test('a stream is read as the standard says: comments and bare retries are nothing, several data lines are one text', () => {
  expect(read([STREAM]).map(eventOf)).toEqual([{ kind: 'fact', fact: FACT }, { kind: 'presence', place: 'case:1', people: [] }, { kind: 'reset' }])
  expect(read([STREAM])[0]?.id).toBe('7')
  expect(read([STREAM.replaceAll('\n', '\r\n')])).toEqual(read([STREAM]))
})

test('wherever the network cuts it', () => fc.assert(fc.property(fc.array(fc.nat(STREAM.length), { maxLength: 12 }), (cuts) => {
  const places = [0, ...cuts.toSorted((a, b) => a - b), STREAM.length]
  expect(read(places.slice(1).map((end, index) => STREAM.slice(places[index], end)))).toEqual(read([STREAM]))
})))

test('what this version does not know is passed over', () => {
  expect(eventOf({ id: null, event: 'weather', data: '{}' })).toBeNull()
  expect(eventOf({ id: null, event: 'fact', data: 'no json' })).toBeNull()
  expect(eventOf({ id: null, event: 'fact', data: '{"id":7}' })).toBeNull()
})

test.each<[unknown[], string[], boolean]>([
  [['case', 10482], ['case:10482'], true], [['case', 10482, 'messages'], ['case:10482'], true], [['case', '10482'], ['case:10482'], true], [['case', 10483], ['case:10482'], false], [['case'], ['case:10482'], false],
  [['cases', { status: 'new' }], ['cases'], true], [['counts'], ['cases'], false], [['case', 1], ['case'], true], [['me'], ['case:1'], false], [[1], ['1'], false],
])('%j is touched by %j: %s', (key, refs, touched) => expect(isTouched(key, new Set(refs))).toBe(touched))
