import { parseArgs } from 'node:util'
import { api } from './api.ts'
import { desk } from './desk.ts'
import { intake } from './intake.ts'
import { log } from './log.ts'
import { notices } from './notices.ts'
import { routing } from './routing.ts'
import { screens } from './screens.ts'
import { start } from './start.ts'
import { render, type Finding } from './table.ts'

// npm run bench [-- NAME] [--cases N]: one benchmark, or all of them. The machine should have nothing else to do.

const benches: Record<string, (options: { cases: number }) => Promise<Finding>> = { start, log, api, intake, notices, screens, desk, routing }

const { values, positionals } = parseArgs({ args: process.argv.slice(2), allowPositionals: true, options: { cases: { type: 'string', default: '2000' } } })
const cases = Number(values.cases)
const unknown = positionals.find((name) => !(name in benches))
if (unknown || !Number.isInteger(cases) || cases < 1) {
  console.error(unknown ? `there is no benchmark ${unknown}; there are ${Object.keys(benches).join(', ')}` : '--cases takes a whole number from 1')
  process.exit(1)
}
let short = 0
for (const [name, bench] of Object.entries(benches)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  console.log(`\n${name} ...`)
  const finding = await bench({ cases })
  console.log(render(finding))
  short += finding.promises.filter(({ holds }) => !holds).length
}
console.log(short === 0 ? '\nevery promise holds' : `\n${short} ${short === 1 ? 'promise falls' : 'promises fall'} short`)
