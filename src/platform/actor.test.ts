import { describe, expect, test } from 'vitest'
import { authorisation, roles, system, type Actor, type Role } from './actor.ts'

const actor = (role: Role, barred: string[] = []): Actor => ({ kind: 'agent', id: 'x', name: 'x', roles: [role], teamId: null, barred })

describe('may', () => {
  const may = authorisation({ 'thing.read': ['admin', 'agent'], 'thing.open': 'everybody' }, { 'me.read': 'signedIn' })

  test.each<[string, Actor | null, Record<string, boolean>]>([
    ['nobody', null, { 'thing.read': false, 'thing.open': true, 'me.read': false }],
    ['a role that is named', actor('agent'), { 'thing.read': true, 'thing.open': true, 'me.read': true }],
    ['a role that is not', actor('partner'), { 'thing.read': false, 'thing.open': true, 'me.read': true }],
    ['one without roles', { ...actor('agent'), roles: [] }, { 'thing.read': false, 'thing.open': true, 'me.read': true }],
    ['the system', system('test'), { 'thing.read': true, 'thing.open': true, 'me.read': true }],
  ])('%s', (_who, who, expected) => {
    expect(Object.fromEntries(Object.keys(expected).map((permission) => [permission, may(who, permission)]))).toEqual(expected)
  })

  test('a wall holds whatever the role; it does not hold the system, nor things that lie nowhere', () => {
    for (const role of roles) expect(may(actor(role, ['walled']), 'me.read', { space: 'walled' })).toBe(false)
    expect(may(actor('agent', ['walled']), 'thing.read', { space: 'other' })).toBe(true)
    expect(may(actor('agent', ['walled']), 'thing.read', { space: null })).toBe(true)
    expect(may({ ...system('test'), barred: ['walled'] }, 'thing.read', { space: 'walled' })).toBe(true)
  })

  test('a permission that nobody declared, or two rooms, is a bug', () => {
    expect(() => may(actor('admin'), 'thing.burn')).toThrow('nobody declared the permission thing.burn')
    expect(() => authorisation({ a: 'everybody' }, { a: 'signedIn' })).toThrow('two rooms grant a')
  })
})
