import { startProgram } from '../test/support/program.ts'
import { atMost, type Finding } from './table.ts'

const SECOND_START_SECONDS_MAX = 2
const DEMO_SECONDS_MAX = 30

/** From the command to the `ready` line: empty, with the sample centre, and again in the same folder. Dependencies are installed and the screens built. */
export async function start(): Promise<Finding> {
  await timed({ DEMO: '0' }).then(async ({ program }) => { await program.stop(); await program.discard() })
  const empty = await timed({ DEMO: '0' })
  await empty.program.stop()
  const again = await timed({ DEMO: '0', DATA_DIR: empty.program.dataDir })
  await again.program.stop()
  await again.program.discard()
  const demo = await timed({ DEMO: '1' })
  await demo.program.stop()
  const demoAgain = await timed({ DEMO: '1', DATA_DIR: demo.program.dataDir })
  await demoAgain.program.kill9()
  const recovered = await timed({ DEMO: '1', DATA_DIR: demo.program.dataDir })
  await recovered.program.stop()
  await recovered.program.discard()
  return {
    title: 'start', columns: ['start', 'seconds to ready'],
    rows: [['first, empty', empty.seconds], ['second, empty', again.seconds], ['first, with the sample centre', demo.seconds], ['second, with the sample centre', demoAgain.seconds], ['after kill -9', recovered.seconds]],
    promises: [atMost('second start', Math.max(again.seconds, demoAgain.seconds), SECOND_START_SECONDS_MAX, 's'), atMost('first start with the sample centre', demo.seconds, DEMO_SECONDS_MAX, 's')],
  }
}

async function timed(env: Record<string, string>) {
  const began = performance.now()
  const program = await startProgram(env)
  return { program, seconds: (performance.now() - began) / 1000 }
}
