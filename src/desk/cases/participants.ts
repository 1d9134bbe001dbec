import { sql } from 'kysely'
import { newId, oneOf, type Db, type Tx } from '#platform'
import { newReplyToken } from './token.ts'

/** People on a case: its customer and those in copy. Each has an address of their own that answers come back to. */
export interface Participant {
  id: string
  caseId: string
  customerId: string
  address: string
  name: string
  role: 'customer' | 'cc'
  replyToken: string
  droppedAt: Date | null
}

export async function addParticipant(tx: Tx, given: { caseId: string; customerId: string; address: string; role: 'customer' | 'cc'; at: Date }): Promise<boolean> {
  const row = await tx.insertInto('participant')
    .values({ id: newId(), case_id: given.caseId, customer_id: given.customerId, address: given.address, role: given.role, reply_token: newReplyToken(), added_at: given.at })
    .onConflict((conflict) => conflict.columns(['case_id', 'address']).doUpdateSet({ dropped_at: null }).where('participant.dropped_at', 'is not', null))
    .returning('id').executeTakeFirst()
  return row !== undefined
}

const select = (db: Db | Tx) => db.selectFrom('participant').innerJoin('customer', 'customer.id', 'participant.customer_id')
  .select(['participant.id', 'participant.case_id', 'participant.customer_id', 'participant.address', 'customer.name', 'participant.role', 'participant.reply_token', 'participant.dropped_at'])

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]
const fromRow = (row: Row): Participant => ({
  id: row.id, caseId: row.case_id, customerId: row.customer_id, address: row.address, name: row.name, role: oneOf(['customer', 'cc'], row.role),
  replyToken: row.reply_token, droppedAt: row.dropped_at,
})

/** Those on the case now, the customer first. */
export async function participantsOf(db: Db | Tx, caseId: string): Promise<Participant[]> {
  const rows = await select(db).where('case_id', '=', caseId).where('dropped_at', 'is', null).orderBy('role', 'desc').orderBy('added_at').execute()
  return rows.map(fromRow)
}

export async function participantByToken(tx: Tx, token: string): Promise<Participant | null> {
  const row = await select(tx).where('reply_token', '=', token.toLowerCase()).executeTakeFirst()
  return row ? fromRow(row) : null
}

/** The participants of a numbered case, dropped ones too: for checking a token in a subject. */
export async function participantsOfNumber(tx: Tx, number: number): Promise<Participant[]> {
  const rows = await select(tx).innerJoin('case', 'case.id', 'participant.case_id').where('case.number', '=', number).execute()
  return rows.map(fromRow)
}

export async function dropParticipant(tx: Tx, caseId: string, address: string, at: Date): Promise<boolean> {
  const row = await tx.updateTable('participant').set({ dropped_at: at }).where('case_id', '=', caseId).where('address', '=', address)
    .where('dropped_at', 'is', null).returning('id').executeTakeFirst()
  return row !== undefined
}

/** The person at this address becomes the customer; whoever was is in copy. */
export async function makeCustomer(tx: Tx, caseId: string, address: string): Promise<void> {
  await tx.updateTable('participant').set({ role: sql`case when address = ${address} then 'customer' else 'cc' end` }).where('case_id', '=', caseId)
    .where((e) => e.or([e('role', '=', 'customer'), e('address', '=', address)])).execute()
}
