import { expect, test } from 'vitest'
import { bytes, counted, money } from './figures.tsx'
import { initials } from './marks.tsx'

test('money in the digits of its own currency', () => {
  expect(money(1204.5, 'EUR')).toBe('€1,204.50')
  expect(money(1204, 'JPY')).toMatch(/1,204$/)
  expect(money(1204.567, 'KWD')).toMatch(/1,204\.567$/)
  expect(money(3, 'not a currency')).toBe('3 not a currency')
})

test('counts with their unit and their denominator', () => {
  expect([counted(1, 'case'), counted(12408, 'case'), counted(3, 'reply|replies', 12), counted(0, 'case')]).toEqual(['1 case', '12,408 cases', '3 of 12 replies', '0 cases'])
})

test('sizes', () => expect([0, 812, 1_500, 348_160, 26_214_400, 5e12].map(bytes)).toEqual(['0 bytes', '812 bytes', '1.5 KB', '348 KB', '26 MB', '5 TB']))

test('initials, also of names in other scripts and of none', () => {
  expect(['Ana Ruiz', 'Lee', 'María José Ortega', '李 小龙', 'ana.ruiz@x', '', '—', '🙂 Ana'].map(initials)).toEqual(['AR', 'L', 'MO', '李小', 'AR', '?', '?', 'A'])
})
