import { sql } from 'kysely'
import { Refusal, type Fact, type Work } from '#platform'

/**
 * Tries a verb inside of a unit of work: refused, it leaves nothing behind, and the others go on. Each of its facts says what it belongs to.
 * What it asks to be done before the commit tells through it, too, when its turn comes.
 */
export async function attempt<T>(work: Work, data: Record<string, string>, verb: (inner: Work) => Promise<T>): Promise<{ done: T } | { refused: string }> {
  const held: (() => void)[] = []
  let holding = true
  const later = (action: () => void) => { if (holding) held.push(action); else action() }
  const told = (room: string, fact: Fact) => work.tell(room, { ...fact, data: { ...fact.data, ...data } })
  const inner: Work = {
    tx: work.tx, at: work.at, actor: work.actor, tell: (room, fact) => later(() => told(room, fact)), enqueue: (job) => later(() => work.enqueue(job)),
    beforeCommit: (key, action) => later(() => work.beforeCommit(key, action)), afterCommit: (action) => later(() => work.afterCommit(action)),
  }
  await sql`savepoint one_case`.execute(work.tx)
  try {
    const done = await verb(inner)
    await sql`release savepoint one_case`.execute(work.tx)
    holding = false
    for (const action of held) action()
    return { done }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await sql`rollback to savepoint one_case`.execute(work.tx)
    return { refused: error.code }
  }
}
