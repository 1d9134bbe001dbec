import { sql } from 'kysely'
import { type Db, type Tx, violatedConstraint } from '#platform'
import { refuse } from '../../refusals.ts'
import { imapSecurities, type ImapSettings, type ImapStatus, type Mailbox } from './model.ts'

interface MailboxRow {
  id: string
  address: string
  name: string
  queue_id: string | null
  standard: boolean
  made_by_program: boolean
  demo: boolean
  version: number
  imap: unknown
  imap_status: unknown
}

const columns = ['id', 'address', 'name', 'queue_id', 'standard', 'made_by_program', 'demo', 'version', 'imap', 'imap_status'] as const

const mailboxFrom = (row: MailboxRow): Mailbox => ({
  id: row.id, address: row.address, name: row.name, queueId: row.queue_id, standard: row.standard, madeByProgram: row.made_by_program, demo: row.demo,
  version: row.version, imap: readImap(row.imap), imapStatus: readStatus(row.imap_status),
})

function readImap(value: unknown): ImapSettings | null {
  if (typeof value !== 'object' || value === null || !('host' in value)) return null
  const at: Record<string, unknown> = { ...value }
  return {
    host: String(at['host']), port: Number(at['port']), security: imapSecurities.find((word) => word === at['security']) ?? 'tls', user: String(at['user']),
    folder: String(at['folder'] ?? 'INBOX'), markSeen: at['markSeen'] !== false,
  }
}

function readStatus(value: unknown): ImapStatus | null {
  if (typeof value !== 'object' || value === null || !('at' in value)) return null
  const at: Record<string, unknown> = { ...value }
  return { state: at['state'] === 'connected' ? 'connected' : 'failed', at: String(at['at']), problem: typeof at['problem'] === 'string' ? at['problem'] : null }
}

/** The mailboxes in use, the standard one first. */
export async function listMailboxes(db: Db | Tx): Promise<Mailbox[]> {
  const rows = await db.selectFrom('mailbox').select(columns).where('archived_at', 'is', null).orderBy('standard', 'desc').orderBy('address').execute()
  return rows.map(mailboxFrom)
}

export async function findMailbox(db: Db | Tx, id: string): Promise<Mailbox | null> {
  const row = await db.selectFrom('mailbox').select(columns).where('id', '=', id).where('archived_at', 'is', null).executeTakeFirst()
  return row ? mailboxFrom(row) : null
}

export async function lockMailbox(tx: Tx, id: string): Promise<Mailbox | null> {
  const row = await tx.selectFrom('mailbox').select(columns).where('id', '=', id).where('archived_at', 'is', null).forUpdate().executeTakeFirst()
  return row ? mailboxFrom(row) : null
}

/** The sealed password of a mailbox; kept out of every other answer. */
export async function readSecret(db: Db | Tx, id: string): Promise<Buffer | null> {
  const row = await db.selectFrom('mailbox').select('imap_secret').where('id', '=', id).executeTakeFirst()
  return row?.imap_secret ?? null
}

/** Writes the mailbox; a secret of undefined stays as it is. @throws mailbox.addressTaken, mailbox.queueUnknown */
export async function saveMailbox(tx: Tx, mailbox: Mailbox, secret: Buffer | null | undefined): Promise<void> {
  const values = {
    address: mailbox.address, name: mailbox.name, queue_id: mailbox.queueId, standard: mailbox.standard, made_by_program: mailbox.madeByProgram,
    demo: mailbox.demo, version: mailbox.version, imap: mailbox.imap ? JSON.stringify(mailbox.imap) : null, ...(secret === undefined ? {} : { imap_secret: secret }),
    archived_at: null,
  }
  try {
    await tx.insertInto('mailbox').values({ id: mailbox.id, ...values }).onConflict((conflict) => conflict.column('id').doUpdateSet(values)).execute()
  } catch (error) {
    const constraint = violatedConstraint(error)
    if (constraint === 'mailbox_address_key') throw refuse('mailbox.addressTaken')
    if (constraint === 'mailbox_queue_id_fkey') throw refuse('mailbox.queueUnknown')
    throw error
  }
}

export const clearStandard = (tx: Tx, except: string) => tx.updateTable('mailbox').set({ standard: false }).where('standard', '=', true).where('id', '<>', except).execute()

/** An archived mailbox keeps its row, since cases point at it; its address is free again. */
export const archiveRow = (tx: Tx, id: string, at: Date) =>
  tx.updateTable('mailbox').set({ archived_at: at, standard: false, address: sql`address || '#' || id`, imap: null, imap_secret: null }).where('id', '=', id).execute()

/** The first mailbox, made by the program so that answers have an address to come from. */
export async function insertStandard(tx: Tx, id: string, address: string): Promise<boolean> {
  const { rows } = await sql`insert into mailbox (id, address, standard, made_by_program)
    select ${id}::uuid, ${address}, true, true where not exists (select from mailbox where standard or made_by_program)
    on conflict do nothing returning id`.execute(tx)
  return rows.length > 0
}

export const saveStatus = (db: Db, id: string, status: ImapStatus) => db.updateTable('mailbox').set({ imap_status: JSON.stringify(status) }).where('id', '=', id).execute()
