import { sql } from 'kysely'
import { oneOf, roles, type Db, type Role, type Tx } from '#platform'
import { digests, noticeKinds, standardSettings, standardWays, ways, type NoticeKind, type NoticeSettings, type Way, type Ways } from './model.ts'

/** Somebody who can be told of things, and what they chose. */
export interface Listener {
  id: string
  name: string
  email: string
  teamId: string | null
  roles: Role[]
  deactivated: boolean
  presence: string
  /** IANA: their own, else that of their site, else UTC. */
  zone: string
  settings: NoticeSettings
  version: number
}

interface Row {
  id: string
  name: string
  email: string
  team_id: string | null
  roles: string[]
  deactivated: boolean
  presence: string
  zone: string
  ways: unknown
  digest: string | null
  digest_hour: number | null
  quiet_from: number | null
  quiet_to: number | null
  mail_while_here: boolean | null
  mail_words: boolean | null
  watch_on_note: boolean | null
  watch_on_mention: boolean | null
  version: number | null
}

/** Kinds that somebody chose otherwise, over the standard ones. A kind that came later has its standard way. */
export function waysFrom(chosen: unknown): Ways {
  if (typeof chosen !== 'object' || chosen === null) return standardWays
  const own: Partial<Record<NoticeKind, Way>> = {}
  for (const [kind, way] of Object.entries(chosen)) {
    const [known, by] = [noticeKinds.find((each) => each === kind), ways.find((each) => each === way)]
    if (known && by) own[known] = by
  }
  return { ...standardWays, ...own }
}

/** Only what differs, so that a standard that changes changes for all who left it as it was. */
export const waysToKeep = (chosen: Ways): Partial<Record<NoticeKind, Way>> => Object.fromEntries(Object.entries(chosen).filter(([kind, way]) => standardWays[oneOf(noticeKinds, kind)] !== way))

const settingsFrom = (row: Row): NoticeSettings => (row.version === null ? standardSettings : {
  ways: waysFrom(row.ways), digest: oneOf(digests, row.digest ?? 'off'), digestHour: row.digest_hour ?? standardSettings.digestHour,
  quiet: row.quiet_from === null || row.quiet_to === null ? null : { from: row.quiet_from, to: row.quiet_to },
  mailWhileHere: row.mail_while_here ?? false, mailWords: row.mail_words ?? false, watchOnNote: row.watch_on_note ?? true, watchOnMention: row.watch_on_mention ?? true,
})

export async function listenersByIds(db: Db | Tx, ids: readonly string[]): Promise<Map<string, Listener>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Row>`select a.id, a.name, a.email, a.team_id, array(select r.role from agent_role r where r.agent_id = a.id) as roles, a.deactivated_at is not null as deactivated, a.presence,
      coalesce(a.time_zone, (select s.time_zone from site s where s.id = a.site_id), 'UTC') as zone,
      n.ways, n.digest, n.digest_hour, n.quiet_from, n.quiet_to, n.mail_while_here, n.mail_words, n.watch_on_note, n.watch_on_mention, n.version
    from agent a left join notice_setting n on n.agent_id = a.id where a.id = any(${[...ids]}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, {
    id: row.id, name: row.name, email: row.email, teamId: row.team_id, roles: row.roles.map((role) => oneOf(roles, role)), deactivated: row.deactivated, presence: row.presence, zone: row.zone,
    settings: settingsFrom(row), version: row.version ?? 0,
  }]))
}

/** Keeps what somebody chose, over the version seen. @returns the new version; null when it was changed in between. */
export async function keepSettings(tx: Tx, agentId: string, given: NoticeSettings, { digestAt, versionSeen }: { digestAt: Date | null; versionSeen: number }): Promise<number | null> {
  const values = {
    ways: JSON.stringify(waysToKeep(given.ways)), digest: given.digest, digest_hour: given.digestHour, quiet_from: given.quiet?.from ?? null, quiet_to: given.quiet?.to ?? null,
    mail_while_here: given.mailWhileHere, mail_words: given.mailWords, watch_on_note: given.watchOnNote, watch_on_mention: given.watchOnMention, digest_at: digestAt,
  }
  const row = await tx.insertInto('notice_setting').values({ agent_id: agentId, ...values })
    .onConflict((conflict) => conflict.column('agent_id').doUpdateSet({ ...values, version: sql`notice_setting.version + 1` }).where('notice_setting.version', '=', versionSeen)).returning('version').executeTakeFirst()
  return row?.version ?? null
}

export interface DueDigest {
  agentId: string
  dueAt: Date
  /** Up to when the one before told. */
  toldAt: Date | null
}

/** Digests that are due, the longest due first, locked; those that another instance is at are left to it. */
export async function dueDigests(tx: Tx, at: Date, limit: number): Promise<DueDigest[]> {
  const { rows } = await sql<DueDigest>`select agent_id as "agentId", digest_at as "dueAt", digest_told_at as "toldAt" from notice_setting where digest_at <= ${at}::timestamptz
    order by digest_at limit ${limit} for update skip locked`.execute(tx)
  return rows
}

/** Says when the next one is due. A null is only for whoever switched them off meanwhile. */
export async function bookDigest(tx: Tx, agentId: string, at: Date | null, toldAt: Date | null): Promise<void> {
  await tx.updateTable('notice_setting').set({ digest_at: at, digest_told_at: toldAt }).where('agent_id', '=', agentId).execute()
}
