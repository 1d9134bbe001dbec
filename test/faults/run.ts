import { parseArgs } from 'node:util'
import { openSink } from '../../src/channels/email/outgoing/testing/sink.ts'
import { runFaults } from './faults.ts'

// npm run faults -- --kills N: real processes, killed again and again during intake and sending; then what went in is counted against what came out.

const { values } = parseArgs({ options: { kills: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' }, instances: { type: 'string', default: '1' } } })
const [kills, seed, instances] = [Number(values.kills), Number(values.seed), Number(values.instances)]
if (!Number.isInteger(kills) || kills < 0 || !Number.isInteger(seed) || !Number.isInteger(instances) || instances < 1) {
  console.error('--kills takes a whole number from 0, --seed a whole number, --instances one from 1')
  process.exit(1)
}
const sink = await openSink()
const count = await runFaults({ kills, seed, instances, sink, log: (line) => console.log(line) })
await sink.close()
console.log('')
for (const [name, value] of Object.entries(count.figures)) console.log(`${name.padEnd(58)} ${value}`)
for (const fault of count.faults) console.log(`FAULT ${fault}`)
console.log(count.faults.length === 0 ? '\nnothing lost, nothing doubled' : `\n${count.faults.length} faults`)
// After a fault there may be customers left who would try for ever.
process.exit(count.faults.length === 0 ? 0 : 1)
