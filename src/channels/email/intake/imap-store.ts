import { sql } from 'kysely'
import type { Db, Tx } from '#platform'

/** Where the reading of a folder stands; UIDs mean something only together with their UIDVALIDITY (RFC 9051 §2.3.1.1). */
export interface Position {
  uidValidity: number
  uid: number
}

export async function readPosition(db: Db, mailboxId: string, folder: string): Promise<Position | null> {
  const row = await db.selectFrom('imap_position').select(['uid_validity as uidValidity', 'uid']).where('mailbox_id', '=', mailboxId).where('folder', '=', folder).executeTakeFirst()
  return row ?? null
}

export async function savePosition(db: Db, mailboxId: string, folder: string, position: Position): Promise<void> {
  await sql`insert into imap_position (mailbox_id, folder, uid_validity, uid) values (${mailboxId}, ${folder}, ${position.uidValidity}, ${position.uid})
    on conflict (mailbox_id, folder) do update set uid_validity = excluded.uid_validity, uid = excluded.uid`.execute(db)
}

/** Those of the UIDs that were taken before. */
export async function takenAmong(db: Db, mailboxId: string, folder: string, uidValidity: number, uids: readonly number[]): Promise<Set<number>> {
  if (uids.length === 0) return new Set()
  const { rows } = await sql<{ uid: number }>`select uid from imap_taken
    where mailbox_id = ${mailboxId} and folder = ${folder} and uid_validity = ${uidValidity} and uid = any(${[...uids]}::bigint[])`.execute(db)
  return new Set(rows.map((row) => row.uid))
}

/** @returns false when this very mail was taken already, perhaps by a run that fell before it could say so. */
export async function take(tx: Tx, taken: { mailboxId: string; folder: string; uidValidity: number; uid: number }): Promise<boolean> {
  const { rows } = await sql`insert into imap_taken (mailbox_id, folder, uid_validity, uid) values (${taken.mailboxId}, ${taken.folder}, ${taken.uidValidity}, ${taken.uid})
    on conflict do nothing returning uid`.execute(tx)
  return rows.length > 0
}

export async function noteTaken(tx: Tx, taken: { mailboxId: string; folder: string; uidValidity: number; uid: number }, rawMailId: string): Promise<void> {
  await tx.updateTable('imap_taken').set({ raw_mail_id: rawMailId })
    .where('mailbox_id', '=', taken.mailboxId).where('folder', '=', taken.folder).where('uid_validity', '=', taken.uidValidity).where('uid', '=', taken.uid).execute()
}

/** When this mailbox last got a mail over IMAP. */
export async function lastArrival(db: Db, mailboxId: string): Promise<Date | null> {
  const row = await db.selectFrom('raw_mail').select('received_at').where('mailbox_id', '=', mailboxId).where('way', '=', 'imap').orderBy('received_at', 'desc').limit(1).executeTakeFirst()
  return row?.received_at ?? null
}
