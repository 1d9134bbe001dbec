import { openGround, type Ground } from './ground.ts'
import { drive, type Load, type Measured } from './load.ts'
import { plainWriter } from './plain.ts'
import { atLeast, atMost, type Finding, type Promised } from './table.ts'
import { openCases } from './cases.ts'

const SECONDS = 8
const CREATES_MIN = 300
const P95_MS_MAX = 15
const SHARE_OF_PLAIN_MIN = 0.4

/** The API as programs and screens use it, beside what plain `pg` can write of the same rows in the same run. */
export async function api({ cases }: { cases: number }): Promise<Finding> {
  const ground = await openGround()
  try {
    const numbers = await openCases(ground, Math.min(cases, 2_000))
    const plain = await plainWriter(ground.ownerUrl, numbers[0]!)
    const rows: (string | number)[][] = []
    const found = new Map<string, Measured>()
    for (const connections of [1, 8]) {
      for (const [name, next] of Object.entries(requests(numbers))) {
        const measured = await drive({ ...target(ground), connections, seconds: SECONDS, next })
        found.set(`${name} ${connections}`, measured)
        rows.push([name, connections, measured.perSecond, measured.p50, measured.p95, measured.p99, measured.refused])
      }
      const perSecond = await plain.perSecond(connections, SECONDS)
      found.set(`plain ${connections}`, { perSecond, p50: Number.NaN, p95: Number.NaN, p99: Number.NaN, refused: 0 })
      rows.push(['create, plain pg', connections, perSecond, Number.NaN, Number.NaN, Number.NaN, 0])
    }
    return { title: `api (${numbers.length} cases before)`, columns: ['request', 'connections', 'req/s', 'p50 ms', 'p95 ms', 'p99 ms', 'refused'], rows, promises: promises(found) }
  } finally {
    await ground.close()
  }
}

const target = (ground: Ground) => ({ url: ground.program.url, token: ground.token })

function requests(numbers: number[]): Record<string, Load['next']> {
  let turn = 0
  const number = () => numbers[turn++ % numbers.length]
  const priorities = ['low', 'normal', 'high', 'urgent']
  return {
    create: () => ({ method: 'POST', path: '/api/v1/cases', body: { subject: `Payout ${turn++} has not arrived`, body: 'Hello, my payout of last week is not in my bank account. Could you look?', customer: { email: `bench${turn}-${process.hrtime.bigint()}@example.com`, name: 'Ana Ruiz' } } }),
    get: () => ({ method: 'GET', path: `/api/v1/cases/${number()}` }),
    'list of 50': () => ({ method: 'GET', path: '/api/v1/cases?status=new,open&limit=50' }),
    reply: () => ({ method: 'POST', path: `/api/v1/cases/${number()}/replies`, body: { body: 'Hello Ana, your bank received it this morning.', visibility: 'public' } }),
    patch: () => ({ method: 'PATCH', path: `/api/v1/cases/${number()}`, body: { priority: priorities[turn % 4] } }),
  }
}

function promises(found: ReadonlyMap<string, Measured>): Promised[] {
  const of = (name: string) => found.get(name) ?? { perSecond: 0, p50: Infinity, p95: Infinity, p99: Infinity, refused: 0 }
  return [
    atLeast('create, 8 connections', of('create 8').perSecond, CREATES_MIN, 'req/s'),
    atMost('get p95, 1 connection', of('get 1').p95, P95_MS_MAX, 'ms'),
    atMost('list p95, 1 connection', of('list of 50 1').p95, P95_MS_MAX, 'ms'),
    ...[1, 8].map((connections) => atLeast(`create, share of plain pg, ${connections} connections`, of(`create ${connections}`).perSecond / of(`plain ${connections}`).perSecond, SHARE_OF_PLAIN_MIN, 'of plain')),
    { words: 'nothing refused', holds: [...found.values()].every(({ refused }) => refused === 0), found: `${[...found.values()].reduce((sum, { refused }) => sum + refused, 0)} refused` },
  ]
}
