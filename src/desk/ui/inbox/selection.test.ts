import { describe, expect, test } from 'vitest'
import { parseQuery } from '../../query/model.ts'
import { fixedLists } from './lists.ts'
import { isChosen, nothingChosen, ofList, ranged, stepped, toggled, wordsOfQuery, type Seen, type Selection } from './selection.ts'

const items: Seen[] = [1, 2, 3, 4, 5].map((number) => ({ number, version: number * 10 }))
const numbers = ({ rows }: Selection) => [...rows.keys()].sort()

describe('choosing cases', () => {
  test('one by one, each in the version that was seen', () => {
    const two = toggled(toggled(nothingChosen, items[1]!, items), items[3]!, items)
    expect([...two.rows]).toEqual([[2, 20], [4, 40]])
    expect(numbers(toggled(two, items[1]!, items))).toEqual([4])
  })

  test('a range from where it began, in either direction', () => {
    const from = toggled(nothingChosen, items[3]!, items)
    expect([numbers(ranged(from, 2, items)), numbers(ranged(from, 5, items)), numbers(ranged(nothingChosen, 3, items))]).toEqual([[2, 3, 4], [4, 5], [3]])
    expect(ranged(from, 99, items)).toBe(from)
  })

  test('with the keyboard, forth and back', () => {
    const down = stepped(nothingChosen, 2, 1, items)
    const further = stepped(down.next, down.to, 1, items)
    const back = stepped(further.next, further.to, -1, items)
    expect([[numbers(down.next), down.to], [numbers(further.next), further.to], [numbers(back.next), back.to]]).toEqual([[[2, 3], 3], [[2, 3, 4], 4], [[2, 3], 3]])
    expect(stepped(nothingChosen, 5, 1, items).to).toBeNull()
    expect(stepped(nothingChosen, null, 1, items).to).toBe(1)
  })

  test('all that match; without one of them, those that were read', () => {
    const all: Selection = { ...nothingChosen, all: true }
    expect(isChosen(all, 4)).toBe(true)
    expect(numbers(toggled(all, items[3]!, items))).toEqual([1, 2, 3, 5])
  })

  test('is of one list', () => expect(numbers(ofList({ ...nothingChosen, list: 'mine', rows: new Map([[1, 1]]) }, 'team'))).toEqual([]))
})

test('every list can be said in the query language', () => {
  for (const { query } of fixedLists) if (query) expect([wordsOfQuery(query) !== '', parseQuery(wordsOfQuery(query)).problems]).toEqual([true, []])
})
