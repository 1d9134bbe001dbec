import { sql } from 'kysely'
import { newId, type Db, type Tx } from '#platform'
import { readBefore, writeBefore, type Before, type BeforeRow, type MovedDraft } from './record.ts'

export interface MergeRow {
  id: string
  caseId: string
  intoId: string
  at: Date
  before: Before
}

export async function insertMerge(tx: Tx, given: { caseId: string; intoId: string; at: Date; before: Before }): Promise<void> {
  await tx.insertInto('case_merge').values({ id: newId(), case_id: given.caseId, into_id: given.intoId, at: given.at, before: writeBefore(given.before) }).execute()
}

/** The merge by which a case lies in another one now. */
export async function findMerge(tx: Tx, caseId: string): Promise<MergeRow | null> {
  const { rows } = await sql<Omit<MergeRow, 'before'> & { before: BeforeRow }>`select id, case_id as "caseId", into_id as "intoId", at, before from case_merge
    where case_id = ${caseId}::uuid and undone_at is null for update`.execute(tx)
  return rows[0] ? { ...rows[0], before: readBefore(rows[0].before) } : null
}

/** The other merges into a case that stand, oldest first. */
export async function mergesInto(tx: Tx, intoId: string, but: string): Promise<MergeRow[]> {
  const { rows } = await sql<Omit<MergeRow, 'before'> & { before: BeforeRow }>`select id, case_id as "caseId", into_id as "intoId", at, before from case_merge
    where into_id = ${intoId}::uuid and undone_at is null and id <> ${but}::uuid order by at, id for update`.execute(tx)
  return rows.map((row) => ({ ...row, before: readBefore(row.before) }))
}

export const saveBefore = (tx: Tx, id: string, before: Before) => sql`update case_merge set before = ${writeBefore(before)}::jsonb where id = ${id}::uuid`.execute(tx)
export const noteUndone = (tx: Tx, id: string, at: Date) => tx.updateTable('case_merge').set({ undone_at: at }).where('id', '=', id).execute()

/**
 * Shows a case's messages in another one, each remembering where it came to. They come after all that was there to be seen, in their own order: whoever
 * is writing an answer is told of them first.
 */
export async function moveIn(tx: Tx, caseId: string, intoId: string): Promise<{ place: number }> {
  const { rows } = await sql`with ordered as (select id from message where case_id = ${caseId}::uuid order by place), placed as (select id, nextval('message_place') as place from ordered)
    update message m set case_id = ${intoId}::uuid, home_id = coalesce(m.home_id, ${caseId}::uuid), place = p.place from placed p where p.id = m.id returning m.id`.execute(tx)
  await follow(tx, rows.map(idOf), intoId)
  const { rows: [bound] } = await sql<{ place: number }>`select nextval('message_place') as place`.execute(tx)
  return bound!
}

/** Everybody whose messages go back with a case: the case, and those that were merged into it before. */
const family = (caseId: string) => sql`(with recursive kin as (select ${caseId}::uuid as id union all select c.id from kin join "case" c on c.merged_into = kin.id) select id from kin)`

/** A message that came in while its case was merged. */
export interface Returned {
  id: string
  direction: string
  at: Date
  automatic: string | null
  address: string | null
  authorId: string | null
  standing: string
}

/** Gives a case its messages back. `alsoFrom` are addresses that take part only through it: what they wrote since belongs to it. @returns what came in since the merge. */
export async function moveOut(tx: Tx, given: { caseId: string; fromId: string; place: number; alsoFrom: readonly string[] }): Promise<Returned[]> {
  const { rows } = await sql<Returned & { was: number }>`
    with ordered as (select id, place from message where case_id = ${given.fromId}::uuid and (home_id in ${family(given.caseId)}
        or (home_id is null and direction = 'in' and place > ${given.place} and from_address = any(${[...given.alsoFrom]}::text[]))) order by place),
      placed as (select id, place as was, nextval('message_place') as place from ordered)
    update message m set case_id = ${given.caseId}::uuid, home_id = nullif(m.home_id, ${given.caseId}::uuid), place = p.place from placed p where p.id = m.id
    returning m.id, m.direction, m.at, m.automatic, m.from_address as address, m.author_id as "authorId", m.standing, p.was`.execute(tx)
  await follow(tx, rows.map(idOf), given.caseId)
  return rows.filter(({ was }) => was > given.place)
}

const idOf = (row: unknown): string => (typeof row === 'object' && row !== null && 'id' in row ? String(row.id) : '')

/** What hangs on messages goes with them. */
export async function follow(tx: Tx, messages: readonly string[], caseId: string): Promise<void> {
  if (messages.length === 0) return
  const moved = sql`any(${[...messages]}::uuid[])`
  await sql`update attachment set case_id = ${caseId}::uuid where message_id = ${moved}`.execute(tx)
  await sql`update mention set case_id = ${caseId}::uuid where message_id = ${moved}`.execute(tx)
}

/** Drafts go along; where their writer has begun one in the kept case, the two become one text. */
export async function moveDrafts(tx: Tx, caseId: string, intoId: string): Promise<MovedDraft[]> {
  const { rows: joined } = await sql<{ agentId: string; visibility: 'public' | 'note'; kept: string; other: string; version: number }>`with pair as (
      select k.id, o.id as other_id, k.agent_id, k.visibility, k.body as kept, o.body as other from draft k join draft o on o.agent_id = k.agent_id and o.visibility = k.visibility
      where k.case_id = ${intoId}::uuid and o.case_id = ${caseId}::uuid and o.body <> ''),
    files as (update attachment a set draft_id = pair.id, case_id = ${intoId}::uuid from pair where a.draft_id = pair.other_id)
    update draft d set body = case when pair.kept = '' then pair.other else pair.kept || E'\n\n' || pair.other end, version = d.version + 1 from pair where d.id = pair.id
    returning d.agent_id as "agentId", d.visibility, pair.kept, pair.other, d.version`.execute(tx)
  await sql`delete from draft o using draft k where o.case_id = ${caseId}::uuid and k.case_id = ${intoId}::uuid and k.agent_id = o.agent_id and k.visibility = o.visibility`.execute(tx)
  const { rows: moved } = await sql<{ agentId: string; visibility: 'public' | 'note' }>`with moved as (update draft set case_id = ${intoId}::uuid where case_id = ${caseId}::uuid returning id, agent_id, visibility),
    files as (update attachment a set case_id = ${intoId}::uuid from moved where a.draft_id = moved.id)
    select agent_id as "agentId", visibility from moved`.execute(tx)
  return [...joined.map(({ agentId, visibility, ...words }) => ({ agentId, visibility, joined: words })), ...moved.map((draft) => ({ ...draft, joined: null }))]
}

/** Puts drafts back that are as the merge left them; what was written on since stays with the kept case. */
export async function moveDraftsBack(tx: Tx, given: { caseId: string; fromId: string; at: Date; drafts: readonly MovedDraft[] }): Promise<void> {
  for (const { agentId, visibility, joined } of given.drafts) {
    if (joined === null) {
      await sql`with moved as (update draft set case_id = ${given.caseId}::uuid where case_id = ${given.fromId}::uuid and agent_id = ${agentId}::uuid and visibility = ${visibility} returning id)
        update attachment a set case_id = ${given.caseId}::uuid from moved where a.draft_id = moved.id`.execute(tx)
    } else {
      await sql`with apart as (update draft set body = ${joined.kept}, version = version + 1 where case_id = ${given.fromId}::uuid and agent_id = ${agentId}::uuid and visibility = ${visibility}
          and version = ${joined.version} returning agent_id)
        insert into draft (id, case_id, agent_id, visibility, body, updated_at) select ${newId()}::uuid, ${given.caseId}::uuid, agent_id, ${visibility}, ${joined.other}, ${given.at} from apart
        on conflict do nothing`.execute(tx)
    }
  }
}

/** Whoever watches a case watches the one that shows its messages. @returns who did not before. */
export async function bringWatchers(tx: Tx, caseId: string, intoId: string, at: Date): Promise<string[]> {
  const { rows } = await sql<{ agentId: string }>`insert into case_watch (case_id, agent_id, state, how, at) select ${intoId}::uuid, agent_id, state, how, ${at} from case_watch
    where case_id = ${caseId}::uuid and state = 'watching' on conflict do nothing returning agent_id as "agentId"`.execute(tx)
  return rows.map(({ agentId }) => agentId)
}

export const watching = async (tx: Tx, caseId: string): Promise<string[]> =>
  (await tx.selectFrom('case_watch').select('agent_id').where('case_id', '=', caseId).where('state', '=', 'watching').execute()).map((row) => row.agent_id)

export const takeWatchers = (tx: Tx, caseId: string, agents: readonly string[]) =>
  sql`delete from case_watch where case_id = ${caseId}::uuid and agent_id = any(${[...agents]}::uuid[]) and state = 'watching'`.execute(tx)

/** Incidents of one problem become another's. @returns their ids. */
export async function moveIncidents(tx: Tx, fromId: string, toId: string, only: readonly string[] | null = null): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`update "case" set parent_id = ${toId}::uuid, version = version + 1 where parent_id = ${fromId}::uuid and id <> ${toId}::uuid
    and (${only === null} or id = any(${[...(only ?? [])]}::uuid[])) returning id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Side conversations are shown where the case's messages are. */
export const moveSidesIn = (tx: Tx, caseId: string, intoId: string) =>
  sql`with moved as (update side set case_id = ${intoId}::uuid, home_id = coalesce(home_id, ${caseId}::uuid) where case_id = ${caseId}::uuid returning id)
    update attachment a set case_id = ${intoId}::uuid from moved join side_message m on m.side_id = moved.id where a.side_message_id = m.id`.execute(tx)
export const moveSidesOut = (tx: Tx, caseId: string, fromId: string) =>
  sql`with moved as (update side set case_id = ${caseId}::uuid, home_id = nullif(home_id, ${caseId}::uuid) where case_id = ${fromId}::uuid and home_id in ${family(caseId)} returning id)
    update attachment a set case_id = ${caseId}::uuid from moved join side_message m on m.side_id = moved.id where a.side_message_id = m.id`.execute(tx)

/** Whether there is anything in a case at all. */
export async function hasMessages(tx: Tx, caseId: string): Promise<boolean> {
  return (await tx.selectFrom('message').select('id').where('case_id', '=', caseId).limit(1).executeTakeFirst()) !== undefined
}

/** How many replies of a case have not left yet. */
export async function leaving(db: Db | Tx, caseId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from message where case_id = ${caseId}::uuid and delivery = 'waiting'`.execute(db)
  return rows[0]?.n ?? 0
}

export interface Similar {
  number: number
  subject: string
  status: string
  openedAt: Date
  queueName: string
}

const SAME_CUSTOMER_MAX = 50

/** Other cases at hand of one customer, under whichever ids they have written. */
export async function othersOf(db: Db, given: { caseId: string; customers: readonly string[]; barred: readonly string[] }): Promise<Similar[]> {
  const { rows } = await sql<Similar>`select c.number, c.subject, c.status, c.opened_at as "openedAt", q.name as "queueName" from "case" c join queue q on q.id = c.queue_id
    where c.customer_id = any(${[...given.customers]}::uuid[]) and c.id <> ${given.caseId}::uuid and c.status in ('new', 'open', 'pending', 'on_hold') and c.removed is null and c.merged_into is null
      and c.queue_id <> all(${[...given.barred]}::uuid[]) order by c.opened_at desc limit ${SAME_CUSTOMER_MAX}`.execute(db)
  return rows
}
