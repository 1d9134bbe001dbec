import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

const STOP_WITHIN_MS = 9_500
const SAME_SIGNAL_MS = 400
const say = (line: string) => console.log(line)

/** Resolves when the program is told to stop, and aborts what is still starting. A second Ctrl-C does not wait. */
function untilTold(told: AbortController): Promise<void> {
  let toldAt = 0
  return new Promise((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => {
      // npm hands a Ctrl-C on to us that the terminal has sent us already: what comes at once is the same one.
      if (told.signal.aborted && performance.now() - toldAt < SAME_SIGNAL_MS) return
      if (told.signal.aborted) process.exit(130)
      toldAt = performance.now()
      say('stopping; what is under way is finished first')
      told.abort()
      setTimeout(() => { say('not everything could be finished in time; the next start takes it up'); process.exit(0) }, STOP_WITHIN_MS).unref()
      resolve()
    })
  })
}

/** Runs the program until it is told to stop. */
async function run(): Promise<never> {
  const told = new AbortController()
  const stopped = untilTold(told)
  // Compiled once and kept: half of the time of a start would go into reading the same packages again. What is imported above is not.
  enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/meridian-code'))
  const { isForOperator, openProgram, readConfig } = await import('./program.ts')
  try {
    const program = await openProgram(readConfig(process.env, process.cwd()), { say, signal: told.signal })
    await stopped
    await program.stop()
  } catch (error) {
    if (told.signal.aborted) process.exit(0)
    console.error(isForOperator(error) ? error.message : error)
    process.exit(1)
  }
  process.exit(0)
}

if (import.meta.main) await run()
