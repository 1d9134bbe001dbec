import { expect, it } from 'vitest'
import { countries, countryName } from './countries.ts'

it('names countries, and keeps what nobody can name', () => {
  expect(countryName('MX')).toBe('Mexico')
  expect(countryName('nonsense')).toBe('nonsense')
})

it('lists countries by name, without what is none', () => {
  const found = countries()
  expect(found.length).toBeGreaterThan(230)
  expect(found).toContainEqual({ code: 'IE', name: 'Ireland' })
  expect(found.map(({ code }) => code)).not.toContain('ZZ')
  expect(found.map(({ code }) => code)).not.toContain('DD')
  expect(new Set(found.map(({ name }) => name)).size).toBe(found.length)
})
