import { sql } from 'kysely'
import { routeAll } from '../../src/desk/routing/router.ts'
import { migrate, openDatabase, performer, system, systemClock } from '../../src/platform/index.ts'
import { openServer } from '../ground.ts'

/** How fast a thousand waiting cases go to two hundred people, on a database of its own with everything forced to disk. @returns assignments a second, of each round. */
export async function assignmentsASecond(rounds: number, waiting = 1_000, people = 200): Promise<number[]> {
  const server = await openServer()
  await migrate(server.ownerUrl)
  const { db, close } = openDatabase(server.ownerUrl, 4)
  try {
    await sql`insert into team (id, name) values (gen_random_uuid(), 'Team')`.execute(db)
    await sql`insert into skill (id, key, name) select gen_random_uuid(), 'skill' || n, 'Skill ' || n from generate_series(1, 8) n`.execute(db)
    await sql`insert into agent (id, name, email, team_id, capacity, presence) select gen_random_uuid(), 'Agent ' || n, 'agent' || n || '@desk.test', (select id from team), 1000, 'available' from generate_series(1, ${people}::int) n`.execute(db)
    await sql`insert into agent_role select id, 'agent' from agent`.execute(db)
    await sql`insert into agent_skill select a.id, s.id, 1 + abs(hashtext(a.email || s.key)) % 5 from agent a join skill s on abs(hashtext(s.key || a.email)) % 2 = 0`.execute(db)
    await sql`insert into queue_routing (queue_id, mode, sticky_minutes) select id, 'push', 0 from queue`.execute(db)
    await sql`insert into queue_skill select q.id, s.id, 2, null, 0 from queue q, skill s where s.key = 'skill1'`.execute(db)
    await sql`insert into customer (id, name) select gen_random_uuid(), 'Customer ' || n from generate_series(1, 500) n`.execute(db)
    const perform = performer(db, systemClock, () => {})
    const figures: number[] = []
    for (let round = 0; round < rounds; round++) {
      await sql`insert into "case" (id, subject, channel, queue_id, customer_id, opened_at, updated_at, status_at, last_message_at, waiting_since)
        select gen_random_uuid(), 'Question ' || n, 'email', (select id from queue), (array(select id from customer))[1 + n % 500], now(), now(), now(), now(), now() from generate_series(1, ${waiting}::int) n`.execute(db)
      const began = performance.now()
      const given = await routeAll(perform, system('routing'), { onShift: async (_db, ids) => new Set(ids) })
      if (given !== waiting) throw new Error(`${given} of ${waiting} cases were given`)
      figures.push((given / (performance.now() - began)) * 1_000)
    }
    return figures
  } finally {
    await close()
    await server.stop()
  }
}
