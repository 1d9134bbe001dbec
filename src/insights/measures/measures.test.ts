import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { catalogue } from './catalogue.ts'
import { percentile } from './model.ts'

test('the glossary defines each measure in the words of the program', () => {
  const glossary = readFileSync(join(import.meta.dirname, '../../../GLOSSARY.md'), 'utf8')
  expect(catalogue.filter(({ name, words }) => !glossary.includes(`| ${name.toLowerCase()} | ${words} |`)).map(({ name }) => name)).toEqual([])
})

test('each has a key and a name of its own, and says what it counts', () => {
  expect(new Set(catalogue.flatMap(({ key, name }) => [key, name])).size).toBe(catalogue.length * 2)
  for (const { kind, part, moment, by } of catalogue) expect([(kind === 'share') === (part !== ''), (kind === 'level') === (moment === null), by.length > 5]).toEqual([true, true, true])
})

test('a percentile is a value that somebody had: so many are not above it, and one place lower too few', () => {
  fc.assert(fc.property(fc.array(fc.nat(50), { minLength: 1 }), fc.constantFrom(0.5, 0.9, 0.01, 1), (values, part) => {
    const sorted = values.toSorted((a, b) => a - b)
    const value = percentile(sorted, part) ?? -1
    expect(sorted).toContain(value)
    expect(sorted.filter((one) => one <= value).length / sorted.length).toBeGreaterThanOrEqual(part)
    expect(sorted.filter((one) => one < value).length / sorted.length).toBeLessThan(part)
  }))
  expect(percentile([], 0.5)).toBeNull()
})
