import { describe, expect, it } from 'vitest'
import type { Agent } from '../wire.ts'
import { changeOf, draftOf, faultsIn, newAgent, saidOf, withRole } from './agent-draft.ts'
import { expiryAt, tokenState } from './token-words.ts'

const ana: Agent = {
  id: 'a', name: 'Ana Ruiz', email: 'ana@example.com', roles: ['admin', 'agent'], teamId: 't', siteId: null, timeZone: null, capacity: 20, presence: 'off', presenceAt: '2026-11-24T10:00:00Z',
  deactivated: false, deactivatedAt: null, createdAt: '2026-11-24T10:00:00Z', version: 3, demo: false, skills: [], waysIn: null,
}

describe('a person in the form', () => {
  it('sends only what was changed', () => {
    expect(changeOf(ana, draftOf(ana))).toEqual({})
    expect(changeOf(ana, { ...draftOf(ana), capacity: '25', name: ' Ana Ruiz ' })).toEqual({ capacity: 25 })
    expect(changeOf(ana, { ...draftOf(ana), teamId: null, roles: ['agent'] })).toEqual({ teamId: null, roles: ['agent'] })
  })

  it.each([
    [{ ...newAgent }, ['name', 'email']], [{ ...draftOf(ana), roles: [] }, ['roles']], [{ ...draftOf(ana), capacity: '1001' }, ['capacity']],
    [{ ...draftOf(ana), capacity: '' }, ['capacity']], [{ ...draftOf(ana), email: 'ana' }, ['email']], [draftOf(ana), []],
  ])('finds what is wrong %#', (draft, fields) => expect(Object.keys(faultsIn(draft))).toEqual(fields))

  it('keeps roles in their order', () => {
    expect(withRole(['agent'], 'admin', true, ['admin', 'lead', 'agent'])).toEqual(['admin', 'agent'])
    expect(withRole(['admin', 'agent'], 'agent', false, ['admin', 'lead', 'agent'])).toEqual(['admin'])
  })

  it('says its fields to people', () => {
    const team = { id: 't', name: 'Payments', siteId: null, archivedAt: null, version: 1, demo: false }
    expect(saidOf(ana, [team], [])).toMatchObject({ roles: 'Administrator, Agent', team: 'Payments', site: null, capacity: '20' })
  })
})

it('knows whether a token works, and until when', () => {
  const now = new Date('2026-11-24T10:00:00Z')
  expect(expiryAt('30', now)).toBe('2026-12-24T10:00:00.000Z')
  expect(expiryAt('never', now)).toBeNull()
  expect(tokenState({ revokedAt: null, expiresAt: null }, now)).toBe('works')
  expect(tokenState({ revokedAt: null, expiresAt: '2026-11-24T10:00:00Z' }, now)).toBe('ended')
  expect(tokenState({ revokedAt: '2026-11-24T09:00:00Z', expiresAt: null }, now)).toBe('revoked')
})
