import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isTimeZone, mayStepDown, normaliseEmail, normaliseName } from './model.ts'

test.each([
  [' Ana.Ruiz+Desk@Example.COM ', 'ana.ruiz+desk@example.com'], ['josé@büro.example', 'josé@büro.example'], ['admin@localhost', 'admin@localhost'],
  ['no address', null], ['@example.com', null], ['a@', null], ['a@b@c', null], ['a b@example.com', null], ['a@exa..mple.com', null], ['a@-example.com', null], ['a\u0000@example.com', null],
  [`${'x'.repeat(65)}@example.com`, null], ['"quoted"@example.com', null],
])('the address %j is %j', (text, email) => {
  expect(normaliseEmail(text)).toBe(email)
})

test('what has been normalised stays as it is', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
    const [name, email] = [normaliseName(text), normaliseEmail(`${text}@example.com`)]
    expect(normaliseName(name)).toBe(name)
    if (email !== null) expect(normaliseEmail(email)).toBe(email)
  }))
})

test.each([
  ['  Ana   Ruiz ', 'Ana Ruiz'], ['Ana\u202eziuR', 'Ana ziuR'], ['a\nb\u0000c', 'a b c'], ['\u200b\u200d', ''], ['   ', ''], ['José', 'José'], ['👩‍🚀', '👩‍🚀'],
])('the name %j is %j', (text, name) => {
  expect(normaliseName(text)).toBe(name)
})

test.each([
  ['not an administrator', 'x', [{ id: 'a', canSignIn: true }], true],
  ['the only one', 'a', [{ id: 'a', canSignIn: true }], false],
  ['the only one who can sign in', 'a', [{ id: 'a', canSignIn: true }, { id: 'b', canSignIn: false }], false],
  ['one of two who can', 'a', [{ id: 'a', canSignIn: true }, { id: 'b', canSignIn: true }], true],
  ['one who cannot, beside one who can', 'b', [{ id: 'a', canSignIn: true }, { id: 'b', canSignIn: false }], true],
  ['the only one, who cannot', 'b', [{ id: 'b', canSignIn: false }], false],
])('an administrator may step down: %s', (_name, id, administrators, may) => {
  expect(mayStepDown(id, administrators)).toBe(may)
})

test.each([['Europe/Dublin', true], ['UTC', true], ['Mars/Olympus', false], ['', false], ['+02:00', false]])('the time zone %j: %s', (name, known) => {
  expect(isTimeZone(name)).toBe(known)
})
