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

export async function linksOf(db: Db | Tx, found: CaseRow): Promise<Link[]> {
  const { rows } = await sql<{ number: number; subject: string; status: string; as: string }>`
    select c.number, c.subject, c.status, l.kind as "as" from case_link l join "case" c on c.id = case when l.case_id = ${found.id}::uuid then l.other_id else l.case_id end
      where l.case_id = ${found.id}::uuid or l.other_id = ${found.id}::uuid
    union all select number, subject, status, 'followUp' from "case" where follow_up_of = ${found.id}::uuid
    union all select number, subject, status, 'followUpOf' from "case" where id = ${found.followUpOf}::uuid
    order by 1`.execute(db)
  return rows.map((row) => ({ ...row, status: oneOf(statuses, row.status) }))
}
