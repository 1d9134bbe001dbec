import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { countPlaywright, countVitest, settle, type Outcome } from './outcome.ts'

/** What `npm test` runs, in this order; the cheap ones first. A check without tests of its own counts as one. */
interface Step { name: string; program: string; args: (report: string) => string[]; env?: (report: string) => Record<string, string>; count?: (report: unknown) => Outcome }

const root = join(import.meta.dirname, '..')
const vitest = (project: string, ...only: string[]): Pick<Step, 'program' | 'args' | 'count'> => ({
  program: 'vitest/vitest.mjs',
  args: (report) => ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...only],
  count: countVitest,
})

const steps: Step[] = [
  { name: 'types', program: 'typescript/bin/tsc', args: () => ['--noEmit', '-p', '.'] },
  { name: 'lint', program: 'oxlint/bin/oxlint', args: () => ['--deny-warnings', '--quiet'] },
  { name: 'tidy', ...vitest('form', 'test/tidy.test.ts') },
  { name: 'arrows', ...vitest('form', 'test/arrows.test.ts') },
  { name: 'unit and database', ...vitest('unit') },
  {
    name: 'journeys', program: '@playwright/test/cli.js', args: () => ['test', '--reporter=list,json'],
    env: (report) => ({ PLAYWRIGHT_JSON_OUTPUT_NAME: report }), count: countPlaywright,
  },
]

const reports = mkdtempSync(join(tmpdir(), 'meridian-reports-'))
const total = { passed: 0, failed: 0 }
for (const [index, step] of steps.entries()) {
  console.log(`\n[${index + 1}/${steps.length}] ${step.name} ...`)
  const began = Date.now()
  const outcome = await run(step, join(reports, `${index}.json`))
  const skipped = outcome.skipped > 0 ? `, ${outcome.skipped} skipped` : ''
  console.log(`[${index + 1}/${steps.length}] ${step.name}: ${outcome.passed} passed, ${outcome.failed} failed${skipped} (${((Date.now() - began) / 1000).toFixed(1)} s)`)
  total.passed += outcome.passed
  total.failed += outcome.failed
}
rmSync(reports, { recursive: true })
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0
console.log(`\n${total.passed} passed, ${total.failed} failed`)

async function run(step: Step, report: string): Promise<Outcome> {
  const child = spawn(process.execPath, [join(root, 'node_modules', step.program), ...step.args(report)], {
    cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...step.env?.(report) },
  })
  const status = await new Promise<number | null>((resolve) => { child.once('error', () => resolve(null)).once('exit', resolve) })
  return settle(status, step.count ? readCounts(step.count, report) : null)
}

/** @returns no tests at all when the tool ended without writing its report. */
function readCounts(count: (report: unknown) => Outcome, report: string): Outcome {
  try {
    return count(JSON.parse(readFileSync(report, 'utf8')))
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }
  }
}
