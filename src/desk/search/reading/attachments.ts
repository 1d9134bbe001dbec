import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import type { Db, Files } from '#platform'
import { formatOf } from './formats.ts'
import { readApart } from './read.ts'

interface Waiting {
  id: string
  sha256: string
  name: string
  type: string
  size: number
}

const TRIES_MAX = 3
const SIZE_MAX = 20_000_000

/** The newest files that nobody has read yet. Each try is counted beforehand, so that one that ends the program is not tried for ever. */
async function take(db: Db, limit: number): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`update attachment_text t set tries = t.tries + 1 from attachment a
    where a.id = t.attachment_id and t.attachment_id in (select attachment_id from attachment_text where state = 'waiting' order by place desc limit ${limit} for update skip locked)
    returning a.id, a.sha256, a.name, a.type, a.size`.execute(db)
  return rows
}

const keep = (db: Db, id: string, state: 'read' | 'empty', text: string) => db.updateTable('attachment_text').set({ state, text }).where('attachment_id', '=', id).execute()
const giveUp = (db: Db, id: string) => sql`update attachment_text set state = 'failed' where attachment_id = ${id}::uuid and tries >= ${TRIES_MAX}`.execute(db)

/** Reads the text out of files that came, so that they are found by what they hold. @returns how many were looked at. */
export async function readAttachments(db: Db, files: Files, limit: number): Promise<number> {
  const waiting = await take(db, limit)
  for (const { id, sha256, name, type, size } of waiting) {
    const format = size > SIZE_MAX ? null : formatOf(type, name)
    if (!format) {
      await keep(db, id, 'empty', '')
      continue
    }
    try {
      const text = await readApart(format, await buffer((await files.get(sha256)).stream))
      await keep(db, id, text === '' ? 'empty' : 'read', text)
    } catch {
      await giveUp(db, id)
    }
  }
  return waiting.length
}
