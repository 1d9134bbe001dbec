import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellOf, lineOf } from './csv.ts'

test.each([
  ['=1+1', `"'=1+1"`], ['+49 30 1', `"'+49 30 1"`], ['-2', `"'-2"`], ['@sum', `"'@sum"`], ['\t=1', `"'\t=1"`], ['\rx', `"'\rx"`], ['＝1', `"'＝1"`], ['＋1', `"'＋1"`], ['－1', `"'－1"`], ['＠x', `"'＠x"`], ['  =1', `"'  =1"`],
  ['plain', 'plain'], ['a, b', '"a, b"'], ['say "hi"', '"say ""hi"""'], ['two\nlines', '"two\nlines"'], ['', ''], ['a=1', 'a=1'], [' led', '" led"'],
])('%j is written %s', (text, written) => expect(cellOf(text)).toBe(written))

test('numbers and instants are as they are, what is missing is empty', () => {
  expect(lineOf([-2, 0.25, new Date('2026-03-02T09:00:00Z'), null])).toBe('-2,0.25,2026-03-02T09:00:00.000Z,\r\n')
})

/** The slow, obvious reader of RFC 4180. */
function read(line: string): string[] {
  const cells: string[] = []
  for (let rest = line.replace(/\r\n$/, ''), more = true; more;) {
    const found = /^(?:"((?:[^"]|"")*)"|([^,]*))(,|$)/.exec(rest)
    if (!found) throw new Error(`not CSV: ${rest}`)
    cells.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '')
    more = found[3] === ','
    rest = rest.slice(found[0].length)
  }
  return cells
}

test('whatever is written can be read, and no cell begins as a formula does', () => {
  const starts = '=+-@\t\r＝＋－＠'
  fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...starts, '"', ',', '\n', 'a', ' ') })), { minLength: 1, maxLength: 6 }), (texts) => {
    const cells = read(lineOf(texts))
    expect(cells.map((cell, index) => (cell === `'${texts[index]}` ? texts[index] : cell))).toEqual(texts)
    for (const cell of cells) expect(starts.includes(cell.trimStart()[0] ?? 'a') || starts.includes(cell[0] ?? 'a')).toBe(false)
  }))
})
