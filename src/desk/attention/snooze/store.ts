import { sql } from 'kysely'
import type { Db, Tx } from '#platform'

/** How a case is put off. `until` is null while it waits for its customer alone. */
export interface Snooze {
  until: Date | null
  by: string | null
  at: Date
  reason: string | null
}

export interface Changed {
  number: number
  version: number
  by: string | null
}

const FOREVER = sql<Date>`'infinity'::timestamptz`

/** Puts a case off, as its next version; it is locked by whoever asks. */
export async function putOff(tx: Tx, caseId: string, { until, by, at, reason }: Snooze): Promise<number> {
  const { version } = await tx.updateTable('case').set({
    snoozed_until: until === null ? FOREVER : until, snoozed_by: by, snoozed_at: at, snooze_reason: reason, updated_at: at, version: sql`version + 1`,
  }).where('id', '=', caseId).returning('version').executeTakeFirstOrThrow()
  return version
}

export async function snoozeOf(db: Db | Tx, caseId: string): Promise<Snooze | null> {
  const { rows: [row] } = await sql<{ until: Date | null; by: string | null; at: Date | null; reason: string | null }>`select nullif(snoozed_until, 'infinity') as until, snoozed_by as by, snoozed_at as at, snooze_reason as reason
    from "case" where id = ${caseId}::uuid and snoozed_until is not null`.execute(db)
  return row?.at ? { ...row, at: row.at } : null
}

const awake = sql`snoozed_until = null, snoozed_by = null, snoozed_at = null, snooze_reason = null`

/** Wakes a case by hand, as its next version. @returns null when it was awake. */
export async function wakeNow(tx: Tx, number: number, at: Date): Promise<Changed | null> {
  const { rows } = await sql<Changed>`with slept as (select id, snoozed_by from "case" where number = ${number} and snoozed_until is not null for update)
    update "case" c set ${awake}, updated_at = ${at}::timestamptz, version = version + 1 from slept where c.id = slept.id returning c.number, c.version, slept.snoozed_by as by`.execute(tx)
  return rows[0] ?? null
}

/**
 * Wakes cases because of something else that this unit of work did to them, each in the version which that made: the reader's next change must not
 * run into this one. What was put off in the same unit of work stays so.
 */
export async function wakeBeside(tx: Tx, numbers: readonly number[], at: Date): Promise<Changed[]> {
  const { rows } = await sql<Changed>`with slept as (select id, snoozed_by from "case" where number = any(${[...numbers]}::bigint[]) and snoozed_until is not null and snoozed_at <> ${at}::timestamptz for update)
    update "case" c set ${awake} from slept where c.id = slept.id returning c.number, c.version, slept.snoozed_by as by`.execute(tx)
  return rows
}

/** Wakes what is due, the longest due first. Cases that somebody is working on at this moment wait for the next look. */
export async function wakeDue(tx: Tx, at: Date, limit: number): Promise<(Changed & { until: Date })[]> {
  const { rows } = await sql<Changed & { until: Date }>`with due as (select id, snoozed_by, snoozed_until from "case" where snoozed_until <= ${at}::timestamptz order by snoozed_until limit ${limit} for update skip locked)
    update "case" c set ${awake}, updated_at = ${at}::timestamptz, version = version + 1 from due where c.id = due.id
    returning c.number, c.version, due.snoozed_by as by, due.snoozed_until as until`.execute(tx)
  return rows
}
