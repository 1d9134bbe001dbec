import fc from 'fast-check'
import { expect, test } from 'vitest'
import { copyName, mayChange, maySee, mayShareWith, sharings, type Asker, type Belongs } from './model.ts'

const who = (given: Partial<Asker> = {}): Asker => ({ id: 'ana', teamId: 'payments', leads: false, administers: false, ...given })
const [lead, admin, stranger] = [who({ id: 'lea', leads: true }), who({ id: 'ada', teamId: null, administers: true }), who({ id: 'sam', teamId: 'risk' })]
const own: Belongs = { ownerId: 'ana', shared: 'no', teamId: null }
const teams: Belongs = { ownerId: 'ana', shared: 'team', teamId: 'payments' }
const all: Belongs = { ownerId: 'ana', shared: 'all', teamId: null }

test.each([
  ['one’s own', own, who(), true, true], ['another’s own', own, lead, false, false], ['another’s own, for an administrator', own, admin, false, false],
  ['the team’s, for a member', teams, who({ id: 'bo' }), true, false], ['the team’s, for its lead', teams, lead, true, true], ['the team’s, for an administrator', teams, admin, true, true],
  ['the team’s, for another team', teams, stranger, false, false], ['the team’s, for the lead of another team', teams, who({ id: 'x', teamId: 'risk', leads: true }), false, false],
  ['everybody’s', all, stranger, true, false], ['everybody’s, for a lead', all, lead, true, false], ['everybody’s, for an administrator', all, admin, true, true],
  ['nobody’s, shared with all', { ...all, ownerId: null }, admin, true, true],
])('%s', (_name, view, asker, sees, changes) => expect([maySee(view, asker), mayChange(view, asker)]).toEqual([sees, changes]))

test('whoever may change a view sees it', () => {
  const asker = fc.record({ id: fc.constantFrom('ana', 'bo'), teamId: fc.constantFrom('payments', 'risk', null), leads: fc.boolean(), administers: fc.boolean() })
  const view = fc.record({ ownerId: fc.constantFrom('ana', 'bo', null), shared: fc.constantFrom(...sharings), teamId: fc.constantFrom('payments', 'risk') })
  fc.assert(fc.property(view, asker, (given, by) => !mayChange(given, by) || maySee(given, by)))
})

test('agents share nothing, leads with their team and all, administrators with any team', () => {
  expect([mayShareWith('team', 'payments', who()), mayShareWith('all', null, who()), mayShareWith('no', null, who())]).toEqual([false, false, true])
  expect([mayShareWith('team', 'payments', lead), mayShareWith('team', 'risk', lead), mayShareWith('all', null, lead)]).toEqual([true, false, true])
  expect([mayShareWith('team', 'risk', admin), mayShareWith('all', null, admin)]).toEqual([true, true])
})

test('copies are named apart', () => {
  expect(copyName('Late', [])).toBe('Late (copy)')
  expect(copyName('Late', ['Late (copy)'])).toBe('Late (copy 2)')
  expect(copyName('Late (copy 2)', ['Late (copy)', 'Late (copy 2)'])).toBe('Late (copy 3)')
})
