import type { FastifyInstance } from 'fastify'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deskPolicy } from '#desk'
import type { Actor } from '#platform'
import { catalogue } from '../measures/catalogue.ts'
import { dimensions, percentile } from '../measures/model.ts'
import { openScene, type Scene } from '../testing/scene.ts'

let scene: Scene
let app: FastifyInstance
let ana: Actor
let queues: { payments: string; legal: string }

interface Figure { count: number; part: number; p50: number | null; p90: number | null }
interface Figures extends Record<string, unknown> { from: string; to: string; asOf: string; leftOut: number; total: Figure; series: Figure[]; periods: { period: string; from: string; to: string }[]; groups: (Figure & { id: string | null; name: string | null; series: Figure[] })[] }
interface Cases { items: { number: number; ms: number | null; part: boolean | null; subject: string }[]; nextCursor: string | null }

async function ask<T = Figures>(who: string, address: string): Promise<T> {
  const answer = await app.inject({ url: `/api/v1/measures${address}`, headers: { authorization: `Bearer ${who}` } })
  if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${answer.body}`)
  return answer.json()
}
const code = async (who: string, address: string) => {
  const answer = await app.inject({ url: `/api/v1/measures${address}`, headers: { authorization: `Bearer ${who}` } })
  return [answer.statusCode, answer.json().code]
}

const RANGE = 'from=2026-03-23&to=2026-04-06&zone=Europe/Dublin'

/** Two weeks with the change of the clocks between them (29 March 2026 in Europe): a case an hour or so, of two queues, two topics and two people. */
async function work() {
  const [inside, team] = [await scene.team('Legal'), await scene.team('Payments', await scene.site('Dublin', 'Europe/Dublin'))]
  queues = { payments: await scene.queue('payments'), legal: await scene.queue('legal', [inside]) }
  await scene.db.insertInto('topic').values([{ key: 'payouts', title: 'Payouts' }, { key: '=cmd', title: '=HYPERLINK("x")' }]).execute()
  ana = await scene.agent('Ana', { role: 'lead', teamId: team })
  const ben = await scene.agent('Ben', { role: 'admin', teamId: inside })
  await scene.agent('Cleo', { role: 'analyst' })
  await scene.agent('Dan', { role: 'planner' })
  await scene.agent('Eve', { role: 'agent' })
  for (let index = 0; index < 60; index++) {
    const number = await scene.open({ queue: index % 6 === 0 ? queues.legal : queues.payments, ...(index % 3 ? { topic: index % 3 === 1 ? 'payouts' : '=cmd' } : {}), subject: index === 7 ? '=1+1' : `Case ${index}` })
    const who = index % 6 === 0 || index % 4 === 0 ? ben : ana
    if (index % 5) {
      scene.clock.forward({ minutes: index * 3 })
      await scene.reply(who, number, index % 2 ? { status: 'solved' } : {})
    }
    if (index % 10 === 3) { scene.clock.forward({ minutes: 30 }); await scene.write(number); scene.clock.forward({ minutes: 12 }); await scene.reply(ana, number, {}) }
    if (index % 20 === 9) await scene.remove(ana, number, 'spam')
    scene.clock.forward({ hours: 4 })
  }
  await scene.follow()
}

beforeAll(async () => {
  scene = await openScene('2026-03-24T08:00:00Z')
  app = await scene.server()
  await work()
})
afterAll(async () => { await app.close(); await scene.close() })

describe('the count of a figure is the length of the list behind it', () => {
  const values: Record<string, string[]> = { topic: ['payouts', 'none'], channel: ['api'], priority: ['normal'], segment: ['none'] }
  const asked = fc.record({
    measure: fc.constantFrom(...catalogue), by: fc.constantFrom(...dimensions), each: fc.constantFrom('day' as const, 'week' as const, 'month' as const), who: fc.constantFrom('Ana', 'Ben'),
    zone: fc.constantFrom('UTC', 'Europe/Dublin', 'Asia/Kolkata', 'America/New_York'), only: fc.constantFrom(null, ...Object.keys(values)), from: fc.constantFrom('2026-03-23', '2026-03-29', '2026-03-30T05:00:00Z'),
  })

  test('for every measure, dimension, period, zone and reader', async () => {
    await fc.assert(fc.asyncProperty(asked, fc.nat(), async ({ measure, by: wanted, each, who, zone, only, from }, place) => {
      const by = measure.by.includes(wanted) ? wanted : 'queue'
      const filter = `zone=${zone}${only ? `&${only}=${(values[only] ?? []).join(',')}` : ''}`
      const figures = await ask(who, `/${measure.key}?from=${from}&to=2026-04-06&by=${by}&each=${each}&${filter}`)
      const group = figures.groups[place % Math.max(1, figures.groups.length)]
      const at = place % figures.periods.length
      const period = figures.periods[at]!
      const cells: [Figure | undefined, string][] = [
        [figures.total, `from=${figures.from}&to=${figures.to}`], [group, `from=${figures.from}&to=${figures.to}&${by}=${group?.id ?? 'none'}`],
        [figures.series[at], `from=${period.from}&to=${period.to}`], [group?.series[at], `from=${period.from}&to=${period.to}&${by}=${group?.id ?? 'none'}`],
      ]
      for (const [figure, where] of cells) {
        if (!figure || (only === by && where.includes(`${by}=`))) continue
        const items = await all(who, `/${measure.key}/cases?${where}&${filter}`)
        expect([measure.key, where, items.length]).toEqual([measure.key, where, figure.count])
        if (measure.kind === 'share') expect((await all(who, `/${measure.key}/cases?${where}&${filter}&part=1`)).length).toBe(figure.part)
        const times = items.flatMap(({ ms }) => ms ?? []).sort((a, b) => a - b)
        if (measure.kind === 'time') expect([figure.p50, figure.p90]).toEqual([percentile(times, 0.5), percentile(times, 0.9)])
      }
      if (measure.kind !== 'level') expect(sum(figures.series)).toBe(figures.total.count)
      expect(sum(figures.groups)).toBe(figures.total.count)
    }), { numRuns: 40 })
  }, 60_000)

  const sum = (figures: readonly Figure[]) => figures.reduce((total, { count }) => total + count, 0)
  async function all(who: string, address: string): Promise<Cases['items']> {
    const items: Cases['items'] = []
    for (let cursor = ''; ;) {
      const page: Cases = await ask(who, `${address}&limit=7${cursor}`)
      items.push(...page.items)
      if (!page.nextCursor) return items
      cursor = `&cursor=${page.nextCursor}`
    }
  }
})

test('days and weeks are those of the zone, also over the change of the clocks, and empty ones are there', async () => {
  const days = await ask('Ben', `/arrivals?from=2026-03-28&to=2026-03-31&zone=Europe/Dublin&each=day`)
  expect(days.periods.map(({ period, from }) => [period, from])).toEqual([['2026-03-28', '2026-03-28T00:00:00.000Z'], ['2026-03-29', '2026-03-29T00:00:00.000Z'], ['2026-03-30', '2026-03-29T23:00:00.000Z']])
  const weeks = await ask('Ben', `/arrivals?from=2026-01-01&to=2026-01-20&zone=Asia/Kolkata&each=week`)
  expect(weeks.periods.map(({ period, from, to }) => [period, from, to])).toEqual([
    ['2025-12-29', '2025-12-31T18:30:00.000Z', '2026-01-04T18:30:00.000Z'], ['2026-01-05', '2026-01-04T18:30:00.000Z', '2026-01-11T18:30:00.000Z'],
    ['2026-01-12', '2026-01-11T18:30:00.000Z', '2026-01-18T18:30:00.000Z'], ['2026-01-19', '2026-01-18T18:30:00.000Z', '2026-01-19T18:30:00.000Z'],
  ])
  expect(weeks.series.map(({ count }) => count)).toEqual([0, 0, 0, 0])
})

test('what lies behind a wall is left out, and it is said', async () => {
  const [inside, outside] = [await ask('Ben', `/arrivals?${RANGE}&by=queue`), await ask('Ana', `/arrivals?${RANGE}&by=queue`)]
  expect(inside.groups.map(({ name }) => name).sort()).toEqual(['legal', 'payments'])
  expect([inside.leftOut, outside.leftOut, outside.groups.map(({ name }) => name)]).toEqual([0, 1, ['payments']])
  expect(outside.total.count).toBe(inside.total.count - (inside.groups.find(({ name }) => name === 'legal')?.count ?? 0))
  // A case that comes out of the walled queue may be counted, and what that queue is called is still not told.
  const [hidden] = (await ask<Cases>('Ben', `/arrivals/cases?${RANGE}&queue=${queues.legal}`)).items
  await scene.change({ ...ana, roles: ['admin'] }, hidden!.number, { queue: queues.payments })
  await scene.follow()
  const after = await ask('Ana', `/arrivals?${RANGE}&by=queue`)
  expect(after.groups.map(({ name, count }) => [name, count])).toEqual([['payments', outside.total.count], [null, 1]])
})

test('the backlog of a day is what was unsolved when it ended', async () => {
  const days = await ask('Ben', `/backlog?from=2026-03-24&to=2026-04-06&each=day`)
  const rows = await scene.spans()
  const open = (at: string) => rows.filter(({ span }) => {
    const [from, until] = span.slice(1, -1).replaceAll('"', '').split(',').map((part) => (part ? new Date(part) : null))
    return from && from <= new Date(at) && (!until || until > new Date(at))
  }).length
  expect(days.series.map(({ count }) => count)).toEqual(days.periods.map(({ to, from }) => (new Date(from) < scene.clock.now() ? open(new Date(to) > scene.clock.now() ? scene.clock.now().toISOString() : to) : 0)))
})

describe('who may', () => {
  test.each<[string, string, number, string | undefined]>([
    ['Eve', '', 403, 'permission.missing'], ['Cleo', '/arrivals', 200, undefined], ['Dan', '/arrivals', 200, undefined], ['Dan', '/arrivals/cases', 403, 'measure.cases'], ['Dan', '/arrivals/cases.csv', 403, 'measure.cases'],
    ['Cleo', '/solved?by=agent', 403, 'measure.agents'], ['Cleo', '/solved?agent=x', 403, 'measure.agents'], ['Ana', '/solved?by=agent', 200, undefined], ['Ana', '/nothing', 404, 'measure.notFound'], ['Ana', '/arrivals?by=agent', 422, 'measure.dimension'],
    ['Ana', '/arrivals?zone=Mars', 422, 'measure.range'], ['Ana', '/arrivals?from=soon', 422, 'measure.range'], ['Ana', '/arrivals?from=2026-04-01&to=2026-03-01', 422, 'measure.range'], ['Ana', '/arrivals?from=1990-04-01', 422, 'measure.range'],
    ['Ana', '/arrivals/cases?cursor=WzEsMl0', 400, 'cursor.invalid'], ['Ana', '/arrivals?from=2026-02-31', 422, 'measure.range'],
  ])('%s at %s: %i', async (who, address, status, said) => expect(await code(who, address).catch(() => [200, undefined])).toEqual([status, said]))

  test('a role that sees cases reads figures', () => expect(deskPolicy['case.read']).toEqual(['admin', 'lead', 'agent', 'analyst']))

  test('only leads and administrators learn that people can be told apart', async () => {
    expect([(await ask<{ dimensions: string[] }>('Cleo', '')).dimensions.includes('agent'), (await ask<{ dimensions: string[] }>('Ana', '')).dimensions.includes('agent')]).toEqual([false, true])
  })
})

describe('a file for spreadsheets', () => {
  const file = async (address: string) => (await app.inject({ url: `/api/v1/measures${address}`, headers: { authorization: 'Bearer Ben' } }))

  test('of figures has what they are made of, and no formula', async () => {
    const { body, headers } = await file(`/reopenRate/table.csv?${RANGE}&by=topic&bom=1`)
    expect(headers['content-disposition']).toBe('attachment; filename="reopenRate.csv"')
    const lines = body.split('\r\n')
    expect(lines[0]).toBe('\ufeffmeasure,unit,topic,period,from,to,zone,clock,asOf,share,reopened,cases')
    expect(lines.some((line) => line.includes(`"'=HYPERLINK(""x"")"`))).toBe(true)
    expect(lines.at(-2)).toMatch(/^Reopen rate,share,all,,2026-03-23T00:00:00.000Z,2026-04-05T23:00:00.000Z,Europe\/Dublin,calendar,/)
  })

  test('of cases has them all', async () => {
    const { body } = await file(`/arrivals/cases.csv?${RANGE}`)
    expect(body.trimEnd().split('\r\n').length - 1).toBe((await ask('Ben', `/arrivals?${RANGE}`)).total.count)
    expect(body).toContain(`,"'=1+1",`)
  })
})
