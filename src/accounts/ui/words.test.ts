import { describe, expect, it } from 'vitest'
import { languageName, mergedWords, mergeWords, nameOf } from './words.ts'

it('names languages, and keeps what nobody can name', () => {
  expect(languageName('pt-BR')).toBe('Brazilian Portuguese')
  expect(languageName('')).toBe('')
})

const ana = { name: 'Ana Ruiz', addresses: ['ana@example.com'], accountId: 'n' }
const lee = { name: '', addresses: ['ana.r@example.net', 'ar@example.org'], accountId: 'o' }
const accountName = (id: string) => (id === 'n' ? 'Northwind' : 'Other')

describe('what a merge will do', () => {
  it('says what stays, what comes along, and that it can be taken back', () => {
    const words = mergeWords(ana, lee, accountName)
    expect(words.join(' ')).toContain('Ana Ruiz belongs to Northwind as before')
    expect(words.join(' ')).toContain('Ana Ruiz gets ana.r@example.net and ar@example.org.')
    expect(words.join(' ')).toContain('ana.r@example.net leaves Other.')
    expect(words.at(-1)).toContain('take this back')
  })

  it('does not speak of a move where there is none', () => {
    expect(mergeWords(ana, { ...lee, accountId: 'n' }, accountName).join(' ')).not.toContain('leaves')
    expect(mergeWords({ ...ana, accountId: null }, { ...lee, accountId: null }, accountName).join(' ')).toContain('belongs to no account')
  })
})

it('calls people by name, else by address', () => {
  expect(nameOf(ana)).toBe('Ana Ruiz')
  expect(nameOf(lee)).toBe('ana.r@example.net')
  expect(mergedWords(['a@b.c'])).toBe('a@b.c came along')
  expect(mergedWords(['a@b.c', 'd@e.f'])).toBe('2 addresses came along')
})
