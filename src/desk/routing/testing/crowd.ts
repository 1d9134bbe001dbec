import { openDatabase, performer, system, systemClock, type Actor, type Work } from '#platform'
import { createCase } from '../../cases/create.ts'
import { changeCase } from '../../cases/service.ts'
import type { Staffing } from '../../ports.ts'
import { routeAll } from '../router.ts'
import { takeNext } from '../service.ts'

// An instance in a process of its own, that can be killed. It routes, or people work on it: they open cases, take them by hand and as the next one,
// give them back, solve and reopen them. It ends when its input does.
const [ownerUrl = '', part = 'route', seed = '1'] = process.argv.slice(2)
const { db, close } = openDatabase(ownerUrl, 6)
const perform = performer(db, systemClock, () => {})
const staffing: Staffing = { onShift: async (_db, ids) => new Set(ids) }
let ending = false
process.stdin.on('end', () => { ending = true }).resume()

let state = Number(seed)
/** The same numbers for the same seed (a linear congruential generator; Numerical Recipes). */
const dice = (sides: number) => { state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32; return Math.floor((state / 2 ** 32) * sides) }
const pick = <T>(items: readonly T[]): T | undefined => items[dice(items.length)]

async function people(): Promise<Actor[]> {
  const rows = await db.selectFrom('agent').select(['id', 'team_id']).orderBy('id').execute()
  return rows.map(({ id, team_id }) => ({ kind: 'agent', id, name: '', roles: ['agent'], teamId: team_id, barred: [] }))
}

const openOne = (work: Work) => createCase(work, { subject: 'Question', body: 'Where is it?', customer: { email: `someone${dice(40)}@customer.test` }, channel: dice(3) === 0 ? 'form' : 'api' })

async function workOnce(actor: Actor): Promise<unknown> {
  const numbers = await db.selectFrom('case').select(['number', 'status', 'assignee_id']).where('status', '<>', 'closed').orderBy('number', 'desc').limit(60).execute()
  const free = pick(numbers.filter(({ assignee_id }) => assignee_id === null))
  const mine = pick(numbers.filter(({ assignee_id, status }) => assignee_id === actor.id && status !== 'solved'))
  const done = pick(numbers.filter(({ assignee_id, status }) => assignee_id === actor.id && status === 'solved'))
  const change = (number: number, words: Parameters<typeof changeCase>[2]) => perform(actor, (work) => changeCase(work, number, words))
  const turn = dice(20)
  if (turn < 4 || turn > 16) return perform(system('crowd'), openOne)
  if (turn === 4) return free && change(free.number, { assignee: 'me' })
  if (turn === 5) return perform(actor, (work) => takeNext(work, staffing))
  if (turn === 6) return done && change(done.number, { status: 'open' })
  if (turn === 7) return mine && change(mine.number, { assignee: null })
  if (turn === 8) return mine && change(mine.number, { status: mine.status === 'pending' ? 'open' : 'pending' })
  return mine && change(mine.number, { status: 'solved' })
}

/** What two people did at once may refuse one of them; anything else is a fault. */
const isRefusal = (error: unknown) => error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.includes('.')

const crew = await people()
process.stdout.write('ready\n')
while (!ending) {
  if (part === 'route') {
    await routeAll(perform, system('routing'), staffing, 5)
    // Others come between two rounds, too.
    await new Promise((resolve) => { setTimeout(resolve, 5) })
    continue
  }
  await Promise.all([1, 2, 3].map(async () => {
    const actor = pick(crew)
    if (actor) await workOnce(actor).catch((error: unknown) => { if (!isRefusal(error)) throw error })
  }))
}
await close()
