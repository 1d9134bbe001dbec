import { sql } from 'kysely'
import { oneOf, type Db, type Tx } from '#platform'
import { statuses, type Status } from './model.ts'
import type { CaseRow } from './store.ts'

export interface Link {
  number: number
  subject: string
  status: Status
  /** related, duplicate, problem, followUp (that one follows this) or followUpOf (this follows that one). */
  as: string
}

/** Cases that hang together with this one; those behind a wall of the reader's are left out. */
export async function linksOf(db: Db | Tx, found: CaseRow, barred: readonly string[]): Promise<Link[]> {
  const { rows } = await sql<{ number: number; subject: string; status: string; as: string }>`with linked as (
      select case when l.case_id = ${found.id}::uuid then l.other_id else l.case_id end as id, l.kind as "as" from case_link l where ${found.id}::uuid in (l.case_id, l.other_id)
      union all select id, 'followUp' from "case" where follow_up_of = ${found.id}::uuid
      union all select ${found.followUpOf}::uuid, 'followUpOf' where ${found.followUpOf}::uuid is not null)
    select c.number, c.subject, c.status, linked."as" from linked join "case" c on c.id = linked.id where c.queue_id <> all(${[...barred]}::uuid[]) order by c.number, 4`.execute(db)
  return rows.map((row) => ({ ...row, status: oneOf(statuses, row.status) }))
}
