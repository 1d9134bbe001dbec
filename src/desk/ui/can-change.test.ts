import { expect, test } from 'vitest'
import { canChange } from './can-change.ts'
import { newTag } from './pickers/choices.ts'
import { row } from './testing/cases.ts'

test('what is closed, or out of sight, offers no change', () => {
  expect(canChange(row(1))).toBe(true)
  expect(canChange(row(1, { status: 'solved' }))).toBe(true)
  expect(canChange(row(1, { status: 'closed' }))).toBe(false)
  expect(canChange(row(1, { removed: 'spam' }))).toBe(false)
})

test('letters that no tag begins with are a new one, written as tags are', () => {
  const doing = { row: row(1), names: { me: 'me', agent: () => null, team: () => null, queue: () => null, topic: () => null, customer: () => null } }
  expect(newTag(doing, ' Charge Back ')?.name).toBe('New tag “charge-back”')
  expect(newTag(doing, ' ,')).toBeNull()
})
