import { sql } from 'kysely'
import { normaliseAddress } from '#accounts'
import { newId, violatedConstraint, type Db, type Tx, type Work } from '#platform'
import { refuse } from '../refusals.ts'

/** The address book of whom we ask again and again: banks, carriers, other departments. */
export interface Partner {
  id: string
  name: string
  address: string
  note: string
  /** How long they usually may take, in hours. */
  dueHours: number | null
  archived: boolean
  version: number
}

export interface PartnerWords {
  name: string
  address: string
  note?: string | undefined
  dueHours?: number | null | undefined
}

const columns = sql`id, name, address, note, due_hours as "dueHours", archived_at is not null as archived, version`

export async function allPartners(db: Db | Tx): Promise<Partner[]> {
  return (await sql<Partner>`select ${columns} from partner order by lower(name), address`.execute(db)).rows
}

export async function findPartner(db: Db | Tx, id: string): Promise<Partner | null> {
  return (await sql<Partner>`select ${columns} from partner where id = ${id}::uuid`.execute(db)).rows[0] ?? null
}

const taken = (error: unknown) => { throw violatedConstraint(error) === 'partner_address_key' ? refuse('partner.there', { errors: [{ path: '/address', code: 'partner.there' }] }) : error }

function sound(address: string): string {
  const plain = normaliseAddress(address)
  if (plain === null) throw refuse('customer.mailInvalid', { errors: [{ path: '/address', code: 'customer.mailInvalid' }] })
  return plain
}

/** Adds somebody to the address book. @throws partner.there */
export async function createPartner(work: Work, given: PartnerWords, { demo = false } = {}): Promise<Partner> {
  const id = newId()
  await work.tx.insertInto('partner').values({ id, name: given.name, address: sound(given.address), note: given.note ?? '', due_hours: given.dueHours ?? null, demo }).execute().catch(taken)
  work.tell('desk', { kind: 'partner.created', subject: `partner:${id}` })
  return (await findPartner(work.tx, id))!
}

/** Changes a partner, or puts one away. @throws partner.stale */
export async function changePartner(work: Work, id: string, given: Partial<PartnerWords> & { archived?: boolean | undefined }, versionSeen: number | null = null): Promise<Partner> {
  const row = await work.tx.selectFrom('partner').select('version').where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw refuse('partner.notFound')
  if (versionSeen !== null && versionSeen !== row.version) throw refuse('partner.stale')
  await work.tx.updateTable('partner').set({
    version: sql`version + 1`, ...(given.name === undefined ? {} : { name: given.name }), ...(given.address === undefined ? {} : { address: sound(given.address) }), ...(given.note === undefined ? {} : { note: given.note }),
    ...(given.dueHours === undefined ? {} : { due_hours: given.dueHours }), ...(given.archived === undefined ? {} : { archived_at: given.archived ? work.at : null }),
  }).where('id', '=', id).execute().catch(taken)
  work.tell('desk', { kind: 'partner.changed', subject: `partner:${id}` })
  return (await findPartner(work.tx, id))!
}
