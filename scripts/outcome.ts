/** How many tests a tool ran, read from its own JSON report. */
export interface Outcome { passed: number; failed: number; skipped: number }

/**
 * One step's outcome. `counts` is null for a check without tests, which counts as one. A step that ran nothing, or whose tool failed
 * without a failed test (a crash, an error outside a test), counts as one failure.
 */
export function settle(status: number | null, counts: Outcome | null): Outcome {
  if (counts === null) return status === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }
  const silent = counts.failed === 0 && (status !== 0 || counts.passed === 0)
  return silent ? { ...counts, failed: 1 } : counts
}

/** https://vitest.dev/guide/reporters.html#json-reporter; a file that fails before its tests counts as one failure. */
export const countVitest = (report: unknown): Outcome => ({
  passed: numberAt(report, 'numPassedTests'),
  failed: numberAt(report, 'numFailedTests') + (isRecord(report) ? listOf(report['testResults']).filter(failedAsAWhole).length : 0),
  skipped: numberAt(report, 'numPendingTests') + numberAt(report, 'numTodoTests'),
})

const failedAsAWhole = (file: unknown) => isRecord(file) && file['status'] === 'failed'
  && !listOf(file['assertionResults']).some((test) => isRecord(test) && test['status'] === 'failed')

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** Playwright's JSONReport.stats; a test that passes only when tried again counts as failed. */
export function countPlaywright(report: unknown): Outcome {
  const stats = isRecord(report) ? report['stats'] : undefined
  return { passed: numberAt(stats, 'expected'), failed: numberAt(stats, 'unexpected') + numberAt(stats, 'flaky'), skipped: numberAt(stats, 'skipped') }
}

function numberAt(record: unknown, name: string): number {
  const value = isRecord(record) ? record[name] : undefined
  if (typeof value !== 'number') throw new Error(`the report has no number "${name}"`)
  return value
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
