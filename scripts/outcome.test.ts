import { describe, expect, test } from 'vitest'
import { countPlaywright, countVitest, settle } from './outcome.ts'

describe('a step', () => {
  test.each([
    ['a check that passes counts as one', 0, null, { passed: 1, failed: 0, skipped: 0 }],
    ['a check that fails counts as one', 2, null, { passed: 0, failed: 1, skipped: 0 }],
    ['a check that was killed failed', null, null, { passed: 0, failed: 1, skipped: 0 }],
    ['tests are summed', 0, { passed: 7, failed: 0, skipped: 1 }, { passed: 7, failed: 0, skipped: 1 }],
    ['failed tests stay failed', 1, { passed: 5, failed: 2, skipped: 0 }, { passed: 5, failed: 2, skipped: 0 }],
    ['a tool that fails outside its tests failed', 1, { passed: 7, failed: 0, skipped: 0 }, { passed: 7, failed: 1, skipped: 0 }],
    ['no tests at all is a failure', 0, { passed: 0, failed: 0, skipped: 0 }, { passed: 0, failed: 1, skipped: 0 }],
    ['everything skipped is a failure', 0, { passed: 0, failed: 0, skipped: 9 }, { passed: 0, failed: 1, skipped: 9 }],
  ])('%s', (_name, status, counts, outcome) => expect(settle(status, counts)).toEqual(outcome))
})

test('the tools\' reports are read, and a report of another form is refused', () => {
  const counts = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 1, numTodoTests: 2 }
  expect(countVitest({ ...counts, testResults: [{ status: 'failed', assertionResults: [{ status: 'failed' }] }] })).toEqual({ passed: 3, failed: 1, skipped: 3 })
  expect(countVitest({ ...counts, testResults: [{ status: 'failed', assertionResults: [] }, { status: 'passed', assertionResults: [] }] })).toEqual({ passed: 3, failed: 2, skipped: 3 })
  expect(countPlaywright({ stats: { expected: 4, unexpected: 1, flaky: 2, skipped: 0 } })).toEqual({ passed: 4, failed: 3, skipped: 0 })
  expect(() => countVitest({ passed: 3 })).toThrow('numPassedTests')
  expect(() => countPlaywright(null)).toThrow('expected')
})
