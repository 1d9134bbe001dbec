import { loadCases } from './load.ts'
import { migrate } from '../../src/platform/db/migrate.ts'

// node bench/million/main.ts DATABASE_URL CASES: fills a database for looking at plans.
const [url, cases] = process.argv.slice(2)
if (!url || !(Number(cases) > 0)) throw new Error('node bench/million/main.ts DATABASE_URL CASES')
await migrate(url)
const loaded = await loadCases(url, Number(cases), (line) => console.log(line))
console.log(`${loaded.cases} cases, ${Math.round(loaded.perSecond)} a second`)
