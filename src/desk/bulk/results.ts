import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { Actor, Db } from '#platform'
import { csvLine } from './model.ts'
import { itemsOf, type ItemView, type Run } from './store.ts'

const PAGE = 500

/** The results as a table, sent as it is read. */
export async function sendResults(reply: FastifyReply, db: Db, actor: Actor, run: Run) {
  return reply.headers({ 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="bulk-${run.id}.csv"`, 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' })
    .send(Readable.from(lines(db, actor, run)))
}

async function* lines(db: Db, actor: Actor, run: Run): AsyncGenerator<string> {
  yield csvLine(['case', 'subject', 'result', 'code', 'at', 'changes', 'kept'])
  for (let after = 0; ;) {
    const items = await itemsOf(db, run.id, actor.barred, { states: null, after, limit: PAGE })
    if (items.length > 0) yield items.map(lineOf).join('')
    const last = items.at(-1)
    if (!last || items.length < PAGE) return
    after = last.place
  }
}

const lineOf = ({ number, subject, state, code, at, changes, kept }: ItemView): string => csvLine([
  number, subject, state, code, at?.toISOString() ?? null, (changes?.fields ?? []).map(({ field, from, to }) => `${field}: ${from ?? 'none'} > ${to ?? 'none'}`).join('; '),
  (kept ?? []).map(({ field, value, why }) => `${field}${value ? ` ${value}` : ''}: ${why}`).join('; '),
])
