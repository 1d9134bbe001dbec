import { systemClock } from '../clock.ts'
import { openDatabase } from '../db/database.ts'
import { startJobs } from '../jobs/runner.ts'
import { performer } from '../work/work.ts'

// An instance in a process of its own, that can be killed: it takes up jobs named `test.hang` and never finishes one.
const ownerUrl = process.argv[2] ?? ''
const { db, pool } = openDatabase(ownerUrl, 4)
const hang = () => {
  process.stdout.write('taken\n')
  return new Promise<never>(() => {})
}
await startJobs({ ownerUrl, db, pool, perform: performer(db, systemClock, () => {}), table: { 'test.hang': hang }, repeating: [], concurrency: 2, fault: () => {} })
