import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayAt, dayWords, fillText, firstNameOf, unescaped, unfilledIn, unknownIn, variables, workdaysFrom, type TextFacts } from './model.ts'

const facts = (values: TextFacts['values'] = {}, given: Partial<TextFacts> = {}): TextFacts => ({ values, now: new Date('2026-11-24T23:30:00Z'), zone: 'UTC', language: 'en', ...given })

describe('a text with variables', () => {
  test.each([
    ['Hello {{customer.firstName}}', { 'customer.firstName': 'Ana' }, 'Hello Ana', []],
    ['Hello {{ customer.firstName | there }}', { 'customer.firstName': null }, 'Hello there', []],
    ['Hello {{customer.firstName}}, {{account.name}}', { 'customer.firstName': ' ' }, 'Hello {{customer.firstName}}, {{account.name}}', ['customer.firstName', 'account.name']],
    ['{{account.name|}}!', {}, '!', []],
    [String.raw`Write \{{customer.name}}`, { 'customer.name': 'Ana' }, String.raw`Write \{{customer.name}}`, []],
    ['{{toString}} {{constructor.name}}', {}, '{{toString}} {{constructor.name}}', ['toString', 'constructor.name']],
    ['{ {customer.name}} {{}} {{ }} {{1}}', { 'customer.name': 'Ana' }, '{ {customer.name}} {{}} {{ }} {{1}}', []],
  ])('%s', (text, values, filled, missing) => expect(fillText(text, facts(values))).toEqual({ text: filled, missing }))

  test('a value is never read as a variable, also when the text leaves', () => {
    const filled = fillText('Hello {{customer.name}}', facts({ 'customer.name': '{{account.name}}' }))
    expect([unfilledIn(filled.text), unescaped(filled.text)]).toEqual([[], 'Hello {{account.name}}'])
  })

  test('dates are those of the customer', () => {
    expect(fillText('{{date.today}}', facts()).text).toBe('24 November 2026')
    expect(fillText('{{date.today}}', facts({}, { zone: 'Asia/Tokyo' })).text).toBe('25 November 2026')
    expect(fillText('{{date.tomorrow}}', facts({}, { zone: 'America/Sao_Paulo', language: 'pt-BR' })).text).toBe('25 de novembro de 2026')
    expect(fillText('{{date.workday+3}} {{date.today+10}}', facts()).text).toBe('27 November 2026 4 December 2026')
    expect(fillText('{{date.today}}', facts({}, { zone: 'Nowhere/Land', language: 'no language' })).text).toBe('24 November 2026')
  })

  test('what nobody knows is said when a text is saved', () => {
    expect(unknownIn('{{custmer.name}} {{date.workday+5}} {{date.today}} {{date.never}}')).toEqual(['custmer.name', 'date.never'])
    expect(variables.flatMap(({ name }) => unknownIn(`{{${name}}}`))).toEqual([])
  })

  test('whatever stands in it: filled with everything it names, nothing is missing, and what leaves shows no variable that was not meant', () => {
    const part = fc.oneof(fc.constantFrom('{{customer.name}}', '{{a.b|c}}', String.raw`\{{x}}`, '{{', '}}', '|', '\\', 'text '), fc.string({ maxLength: 4 }))
    fc.assert(fc.property(fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')), fc.string({ maxLength: 12 }), (text, value) => {
      const names = unfilledIn(text)
      const { text: filled, missing } = fillText(text, facts(Object.fromEntries(names.map((name) => [name, value || 'x']))))
      if (value.trim() !== '' || value === '') expect(missing).toEqual([])
      expect(unfilledIn(filled).filter((name) => !missing.includes(name))).toEqual([])
    }))
  })
})

test.each([
  ['Ana Ruiz', 'Ana'], ['Ruiz, Ana', 'Ana'], ['Dr. Lee Chen', 'Lee'], ['ana@x.test', null], ['', null], ['M', null], ['O’Neil', 'O’Neil'], ['李小龙', '李小龙'], ['Support Team 24/7', null], ['  Jean-Luc   Picard ', 'Jean-Luc'],
])('%s is called %s', (name, first) => expect(firstNameOf(name)).toBe(first))

test('working days leave weekends out, from any day', () => {
  const day = (text: string) => dayAt(new Date(`${text}T12:00:00Z`), 'UTC')
  expect(['2026-11-27', '2026-11-28', '2026-11-29'].map((text) => dayWords(workdaysFrom(day(text), 1), 'en'))).toEqual(['30 November 2026', '30 November 2026', '30 November 2026'])
  fc.assert(fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 0, max: 30 }), (from, count) => {
    const to = workdaysFrom(from, count)
    const between = Array.from({ length: to - from }, (_, index) => from + index + 1).filter((each) => ![0, 6].includes((each + 4) % 7)).length
    expect([0, 6]).not.toContain((to + 4) % 7)
    expect(between).toBe(count === 0 && to !== from ? 1 : count)
  }))
})
