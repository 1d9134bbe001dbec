import pg from 'pg'
import { migrate, newId, openDatabase, performer, sealAll, startSealer, system, systemClock, verifyLog } from '#platform'
import { openServer } from './ground.ts'
import { atLeast, type Finding } from './table.ts'

const SECONDS = 6
const WRITERS = 8
const FACTS_A_VERB = 2

/** Facts a second by many writers: as plain rows, told by verbs without a chain, and with the chain sealed beside them. */
export async function log(): Promise<Finding> {
  const server = await openServer()
  await migrate(server.ownerUrl)
  const { db, close } = openDatabase(server.ownerUrl, WRITERS + 2)
  try {
    const plain = await plainRows(server.ownerUrl)
    const perform = performer(db, systemClock, () => {})
    const without = await timed((at) => perform(system('bench'), async (work) => tell(work), at))
    const drained = await sealing(async () => { await sealAll(db) })
    const sealer = startSealer(db, (error) => { throw error })
    const chained = performer(db, systemClock, () => sealer.poke())
    const beside = await timed((at) => chained(system('bench'), async (work) => tell(work), at))
    const behind = await sealing(async () => { await sealer.stop(); await sealAll(db) })
    const { verified, events } = await verifyLog(db)
    return {
      title: `log (${WRITERS} writers, ${FACTS_A_VERB} facts a transaction)`, columns: ['writing', 'facts/s', 'then sealed in ms'],
      rows: [['plain pg, rows only', plain, Number.NaN], ['verbs, no sealer', without, drained], ['verbs, chain sealed beside', beside, behind]],
      promises: [atLeast('with the chain, share of without', beside / without, 0.7, 'of it'), { words: `the chain of ${events} facts verifies`, holds: verified, found: String(verified) }],
    }
  } finally {
    await close()
    await server.stop()
  }
}

interface Telling { tell(room: string, fact: { kind: `${string}.${string}`; case?: number; data?: Record<string, unknown> }): void }
const tell = (work: Telling) => { for (let n = 0; n < FACTS_A_VERB; n++) work.tell('desk', { kind: 'priority.changed', case: 10_001 + n, data: { from: 'low', to: 'high', id: newId() } }) }

async function timed(verb: (at: Date) => Promise<unknown>): Promise<number> {
  const began = performance.now()
  let facts = 0
  await Promise.all(Array.from({ length: WRITERS }, async () => {
    while (performance.now() - began < SECONDS * 1000) {
      await verb(new Date())
      facts += FACTS_A_VERB
    }
  }))
  return facts / ((performance.now() - began) / 1000)
}

async function sealing(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** The limit: the same rows, one prepared insert a transaction. */
async function plainRows(ownerUrl: string): Promise<number> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: WRITERS })
  const insert = {
    name: 'plain event', text: `insert into event (at, room, kind, case_number, actor_kind, actor_id, data)
      select $1::timestamptz, 'desk', 'priority.changed', 10000 + n, 'system', 'bench', $2::jsonb from generate_series(1, ${FACTS_A_VERB}) n`,
  }
  const rate = await timed((at) => pool.query({ ...insert, values: [at, JSON.stringify({ from: 'low', to: 'high', id: newId() })] }))
  // Written past the program, so the chain would rightly call them inserted.
  await pool.query('alter table event disable trigger all; truncate event; alter table event enable trigger all')
  await pool.end()
  return rate
}
