import { sql } from 'kysely'
import { canonicalCustomer, idsMergedInto } from '#accounts'
import { oneOf, type Actor, type Db } from '#platform'
import { isUnsolved, statuses } from '../cases/model.ts'
import { participantsOf } from '../cases/participants.ts'
import { requireCase } from '../cases/present.ts'
import { tagsOf, type CaseRow } from '../cases/store.ts'
import { queueById } from '../queues/store.ts'
import { refuse } from '../refusals.ts'
import { betweenAccounts, courseOfBoth, likeness } from './model.ts'
import { courseFrom } from './service.ts'
import { othersOf } from './store.ts'
import type { MergePreview } from './views.ts'

/** What merging would do, without doing it. */
export async function previewMerge(db: Db, actor: Actor, number: number, from: number): Promise<MergePreview> {
  if (number === from) throw refuse('merge.self')
  const [kept, other] = [await requireCase(db, actor, number), await requireCase(db, actor, from)]
  for (const found of [kept, other]) if (found.mergedInto) throw refuse('case.merged')
  for (const found of [kept, other]) if (found.removed || found.status === 'closed') throw refuse(found.removed ? 'case.removed' : 'case.closed')
  const counts = await countsOf(db, other)
  const there = new Set((await participantsOf(db, kept.id)).map(({ address }) => address))
  const people = await participantsOf(db, other.id)
  const accounts = await accountsOf(db, people.map(({ customerId }) => customerId))
  const tags = await tagsOf(db, kept.id)
  const { leaving, ...shown } = counts
  return {
    into: brief(kept), from: brief(other), ...shown,
    people: people.map(({ name, address, customerId }) => ({ name, address, there: there.has(address), account: accounts.get(customerId) ?? null })),
    tags: (await tagsOf(db, other.id)).filter((tag) => !tags.includes(tag)), status: courseOfBoth(courseFrom(kept), courseFrom(other), new Date()).life.status,
    warnings: [...(betweenAccounts(kept, other) ? ['accounts' as const] : []), ...(await leavesWall(db, kept, other) ? ['wall' as const] : []), ...(leaving > 0 ? ['leaving' as const] : [])],
  }
}

const brief = ({ number, subject, status, version }: CaseRow) => ({ number, subject, status, version })

async function countsOf(db: Db, other: CaseRow) {
  const { rows } = await sql<{ messages: number; notes: number; attachments: number; drafts: number; incidents: number; sides: number; leaving: number }>`select
      count(*) filter (where visibility = 'public') as messages, count(*) filter (where visibility = 'note') as notes, count(*) filter (where delivery = 'waiting') as leaving,
      (select count(*) from attachment a where a.case_id = ${other.id}::uuid and a.message_id is not null) as attachments, (select count(*) from draft d where d.case_id = ${other.id}::uuid and d.body <> '') as drafts,
      (select count(*) from "case" i where i.parent_id = ${other.id}::uuid) as incidents, (select count(*) from side s where s.case_id = ${other.id}::uuid) as sides
    from message where case_id = ${other.id}::uuid and standing <> 'declined' and delivery is distinct from 'recalled'`.execute(db)
  return rows[0]!
}

async function accountsOf(db: Db, customers: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.selectFrom('customer').innerJoin('account', 'account.id', 'customer.account_id').select(['customer.id', 'account.name']).where('customer.id', '=', sql<string>`any(${[...customers]}::uuid[])`).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Whether those who may read the kept case are others than those who may read this one. */
async function leavesWall(db: Db, kept: CaseRow, other: CaseRow): Promise<boolean> {
  return kept.queueId !== other.queueId && (await queueById(db, other.queueId))?.walled === true
}

/** Other cases at hand of the same customer, the most alike first. */
export async function suggestMerges(db: Db, actor: Actor, number: number) {
  const found = await requireCase(db, actor, number)
  if (!isUnsolved(found.status) || found.removed) return []
  const customer = (await canonicalCustomer(db, found.customerId))?.id ?? found.customerId
  const others = await othersOf(db, { caseId: found.id, customers: await idsMergedInto(db, [customer]), barred: actor.kind === 'system' ? [] : actor.barred })
  return others.map(({ subject, status, queueName, ...other }) => ({ ...other, subject, status: oneOf(statuses, status), queue: queueName, likeness: likeness(found.subject, subject) }))
    .sort((a, b) => b.likeness - a.likeness || b.openedAt.getTime() - a.openedAt.getTime()).slice(0, SUGGESTIONS_MAX)
}

const SUGGESTIONS_MAX = 10
