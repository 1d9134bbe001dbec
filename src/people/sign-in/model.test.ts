import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PASSWORD_LENGTH_MIN, passwordFault, wordsAbout } from './model.ts'

const about = wordsAbout({ name: 'Siobhán Murphy', email: 's.murphy@meridian.example' })

test.each([
  ['short', 'tooShort'], ['elevenchars', 'tooShort'], ['🦦🦦🦦🦦', 'tooShort'], ['x'.repeat(257), 'tooLong'],
  ['aaaaaaaaaaaaaaaa', 'monotonous'], ['abababababababab', 'monotonous'], ['111122223333', 'monotonous'],
  ['password12345', 'common'], ['Passwort!2026', 'common'], ['123456789012', 'common'], ['qwertyuiop12', 'common'], ['abcdefghijkl', 'common'], ['abcdeabcdeabcde', 'common'],
  ['WelcomeAdmin2026!', null], ['welcome-admin-2026', 'common'], ['correcthorsebatterystaple', 'common'],
  ['s.murphy@meridian.example', 'personal'], ['siobhán-murphy1', 'personal'], ['siobhánmurphy', 'personal'],
  ['seven wet otters sing', null], ['𝖘𝖊𝖛𝖊𝖓 wet otters', null], ['пять мокрых выдр', null], ['murphy keeps nine tame badgers', null], ['kX9#mQ2$vL7!', null],
])('%j: %s', (password, fault) => {
  expect(passwordFault(password, about)).toBe(fault)
})

test('a long enough password made by chance is always taken', () => {
  const letters = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
  fc.assert(fc.property(fc.array(fc.constantFrom(...letters), { minLength: 20, maxLength: 60 }), (characters) => {
    fc.pre(new Set(characters.map((one) => one.toLowerCase())).size >= 10)
    expect(passwordFault(characters.join(''), about)).toBeNull()
  }))
})

test('no text stops the rules, and what is accepted is never short', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.string(), (password, word) => {
    if (passwordFault(password, [word]) === null) expect([...password.normalize('NFKC')].length).toBeGreaterThanOrEqual(PASSWORD_LENGTH_MIN)
  }))
})
