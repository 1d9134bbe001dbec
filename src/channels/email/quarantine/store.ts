import { sql } from 'kysely'
import type { Db, Tx } from '#platform'

/** The breaker of a sender trips: from now on mail of this address waits, until somebody releases it. */
export async function trip(tx: Tx, address: string, reason: string, at: Date): Promise<void> {
  await tx.insertInto('sender_breaker').values({ address, tripped_at: at, reason })
    .onConflict((conflict) => conflict.column('address').doUpdateSet({ tripped_at: at, reason, released_at: null, released_by: null })).execute()
}

export interface Held {
  sender: string
  reason: string
  trippedAt: Date
  mails: number
  lastAt: Date | null
}

/** Senders whose mail waits, the newest first; those who wrote only behind a wall of this actor's are left out. */
export async function listHeld(db: Db, barred: readonly string[], limit: number, before: Date | null): Promise<Held[]> {
  const { rows } = await sql<Held>`with waiting as (
      select r.id, r.received_at, r.outcome ->> 'sender' as sender, coalesce(m.queue_id = any(${[...barred]}::uuid[]), false) as walled
      from raw_mail r left join mailbox m on m.id = r.mailbox_id where r.state = 'quarantined')
    select b.address as sender, b.reason, b.tripped_at as "trippedAt", count(w.id) filter (where not w.walled) as mails, max(w.received_at) filter (where not w.walled) as "lastAt"
    from sender_breaker b left join waiting w on w.sender = b.address
    where b.released_at is null and (${before}::timestamptz is null or b.tripped_at < ${before})
    group by b.address having count(w.id) = 0 or bool_or(not w.walled) order by b.tripped_at desc limit ${limit}`.execute(db)
  return rows
}

export interface Waiting {
  /** Mails that this actor sees, and mails behind a wall of theirs. */
  seen: number
  walled: number
}

/** What waits of a sender, who is kept from being let go by somebody else meanwhile; null when the sender is not held. */
export async function waitingOf(tx: Tx, sender: string, barred: readonly string[]): Promise<Waiting | null> {
  const held = await tx.selectFrom('sender_breaker').select('address').where('address', '=', sender).where('released_at', 'is', null).forUpdate().executeTakeFirst()
  if (!held) return null
  const { rows } = await sql<Waiting>`select count(*) filter (where m.queue_id is null or m.queue_id <> all(${[...barred]}::uuid[])) as seen, count(*) filter (where m.queue_id = any(${[...barred]}::uuid[])) as walled
    from raw_mail r left join mailbox m on m.id = r.mailbox_id where r.state = 'quarantined' and r.outcome ->> 'sender' = ${sender}`.execute(tx)
  return rows[0]!
}

/** Lets a sender write again. */
export async function release(tx: Tx, address: string, at: Date, by: string): Promise<void> {
  await sql`update sender_breaker set released_at = ${at}, released_by = ${by} where address = ${address} and released_at is null`.execute(tx)
}

/** Mails of a sender that wait, as far as this actor sees them, set to `state`. @returns their ids, oldest first. */
export async function moveHeld(tx: Tx, sender: string, state: 'received' | 'discarded', at: Date, barred: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`with moved as (
      update raw_mail r set state = ${state}, settled_at = ${state === 'discarded' ? at : null}::timestamptz,
        outcome = case when ${state} = 'discarded' then outcome || '{"became": "discarded"}' else null end
      where state = 'quarantined' and outcome ->> 'sender' = ${sender}
        and not exists (select from mailbox m where m.id = r.mailbox_id and m.queue_id = any(${[...barred]}::uuid[])) returning id, received_at)
    select id from moved order by received_at, id`.execute(tx)
  return rows.map((row) => row.id)
}
