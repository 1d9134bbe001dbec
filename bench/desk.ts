import { loadCases, type Loaded } from './million/load.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import { openServer, makeToken } from './ground.ts'
import { startProgram } from '../test/support/program.ts'
import { operations, type Desk, type Operation } from './desk/operations.ts'
import { openDesk } from './desk/open.ts'
import { atLeast, atMost, percentile, type Finding, type Promised } from './table.ts'

const SMALL = 10_000
const LOAD_PER_SECOND_MIN = 2_000
const GROWTH_MAX = 2
const ROUTED = 1_000
const ROUTED_PER_SECOND_MIN = 500
/** Below this, twice as long is still nothing that anybody could tell, nor the clock of a shared machine. */
const GROWTH_FROM_MS = 5

interface Measured {
  loaded: Loaded
  bytesPerCase: number
  times: Map<string, number[]>
  routedPerSecond: number
}

/** The desk with many old cases beside the desk with few, doing the same with the same work at hand. */
export async function desk({ cases }: { cases: number }): Promise<Finding> {
  const server = await openServer()
  try {
    const [few, many] = [await measure(server.ownerUrl, 'few', SMALL), await measure(server.ownerUrl, 'many', cases)]
    const column = (measured: Measured, name: string, share: number) => percentile(measured.times.get(name) ?? [], share)
    const rows = operations.map(({ name }) => {
      const [small, large] = [column(few, name, 0.95), column(many, name, 0.95)]
      return [name, many.times.get(name)?.length ?? 0, column(few, name, 0.5), small, column(many, name, 0.5), large, large / small]
    })
    return {
      title: `desk: ${cases} cases beside ${SMALL}, with ${many.loaded.atHand} at hand in both; loaded at ${Math.round(many.loaded.perSecond)} cases/s (${many.loaded.steps.map(({ name, seconds }) => `${name} ${seconds.toFixed(0)} s`).join(', ')}); ${Math.round(many.bytesPerCase)} bytes a case`,
      columns: ['operation', 'times', `p50 ms at ${SMALL}`, `p95 ms at ${SMALL}`, `p50 ms at ${cases}`, `p95 ms at ${cases}`, 'ratio of p95'], rows, promises: promisesOf(few, many),
    }
  } finally {
    await server.stop()
  }
}

function promisesOf(few: Measured, many: Measured): Promised[] {
  const p95 = (measured: Measured, { name }: Operation) => percentile(measured.times.get(name) ?? [], 0.95)
  return [
    atLeast('loading with messages, facts and promises, cases a second', loadedPerSecond(many.loaded), LOAD_PER_SECOND_MIN, '/s'),
    atLeast(`routing of ${ROUTED} waiting cases`, many.routedPerSecond, ROUTED_PER_SECOND_MIN, 'cases/s'), atMost('routing, growth', few.routedPerSecond / many.routedPerSecond, GROWTH_MAX, 'times'),
    ...operations.flatMap((operation) => (operation.limitMs === undefined ? [] : [atMost(`${operation.name}, p95`, p95(many, operation), operation.limitMs, 'ms')])),
    ...operations.filter((operation) => p95(many, operation) > GROWTH_FROM_MS).map((operation) => atMost(`${operation.name}, growth`, p95(many, operation) / p95(few, operation), GROWTH_MAX, 'times')),
  ]
}

/** Without what only helps to find and to measure. */
const BESIDE = ['search', 'measures', 'tally']
const loadedPerSecond = ({ cases, steps }: Loaded) => cases / steps.filter(({ name }) => !BESIDE.includes(name)).reduce((sum, { seconds }) => sum + seconds, 0)

async function measure(serverUrl: string, name: string, cases: number): Promise<Measured> {
  const ownerUrl = await makeDatabase(serverUrl, name)
  await migrate(ownerUrl)
  console.log(`loading ${cases} cases ...`)
  const loaded = await loadCases(ownerUrl, cases, (line) => console.log(`  ${line}`))
  const program = await startProgram({ DATABASE_URL: ownerUrl, SMTP_URL: '', UNDO_SEND_SECONDS: '0' })
  try {
    const token = await makeToken({ DATABASE_URL: ownerUrl, DATA_DIR: program.dataDir })
    const open = await openDesk({ ownerUrl, url: program.url, token })
    const times = new Map<string, number[]>()
    for (const operation of operations) times.set(operation.name, await timesOf(open, operation))
    const routedPerSecond = (ROUTED * 1000) / (await open.routeAll(ROUTED))
    await open.close()
    return { loaded, bytesPerCase: open.bytes / cases, times, routedPerSecond }
  } finally {
    await program.stop()
    await program.discard()
  }
}

async function makeDatabase(serverUrl: string, name: string): Promise<string> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  await client.query(`create database desk_${name}`)
  await client.end()
  const url = new URL(serverUrl)
  url.pathname = `/desk_${name}`
  return url.href
}

const WARM = 8

/** How long each of so many goes took, after some that warm the caches. */
async function timesOf(open: Desk, operation: Operation): Promise<number[]> {
  const times: number[] = []
  for (let turn = 0; turn < operation.times + WARM; turn++) {
    await operation.before?.(open, turn)
    const began = performance.now()
    await operation.run(open, turn)
    if (turn >= WARM) times.push(performance.now() - began)
  }
  return times
}
