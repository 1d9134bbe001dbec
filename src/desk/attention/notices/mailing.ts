import type { Work } from '#platform'
import { readsCases } from '../../cases/sight.ts'
import type { Post } from '../../ports.ts'
import { walledFrom } from '../../queues/store.ts'
import { digestOf } from './digest.ts'
import { tellNotices } from './follow.ts'
import { nextDigestAt, quietUntil } from './model.ts'
import { bookDigest, dueDigests, listenersByIds, type DueDigest, type Listener } from './settings.ts'
import { noteMailed, noticesToMail } from './store.ts'

export interface Mailing {
  post: Post
  publicUrl: string
}

/** So long a digest waits while its reader is at work, before it looks again. */
const HERE_PAUSE_MS = 15 * 60_000
const NOTICES_MAX = 200

/**
 * Hands over the digests that are due, each in the unit of work that books the next one: one for a window, whichever instance it is and however
 * that ends. Where there is nothing to tell nothing is sent. @returns how many people were looked at, at most `limit`.
 */
export async function sendDueDigests(work: Work, mailing: Mailing, limit: number): Promise<number> {
  const rows = await dueDigests(work.tx, work.at, limit)
  const listeners = await listenersByIds(work.tx, rows.map(({ agentId }) => agentId))
  for (const due of rows) {
    const listener = listeners.get(due.agentId)
    if (listener) await sendOne(work, listener, due, mailing)
  }
  return rows.length
}

async function sendOne(work: Work, listener: Listener, due: DueDigest, { post, publicUrl }: Mailing): Promise<void> {
  const { settings, zone } = listener
  const next = nextDigestAt(settings, work.at, zone)
  if (!readsCases(listener)) return bookDigest(work.tx, listener.id, next, due.toldAt)
  const peace = quietUntil(settings, work.at, zone)
  if (peace > work.at) return bookDigest(work.tx, listener.id, peace, due.toldAt)
  if (!settings.mailWhileHere && listener.presence !== 'off' && listener.presence !== 'away') return bookDigest(work.tx, listener.id, new Date(work.at.getTime() + HERE_PAUSE_MS), due.toldAt)
  const found = await noticesToMail(work.tx, listener.id, await walledFrom(work.tx, listener), NOTICES_MAX + 1)
  if (found.length === 0) return bookDigest(work.tx, listener.id, next, due.toldAt)
  const mail = digestOf(found.slice(0, NOTICES_MAX), { publicUrl, name: listener.name, digest: settings.digest, words: settings.mailWords, more: found.length > NOTICES_MAX })
  const sent = await post.submit(work, { key: `digest:${listener.id}:${due.dueAt.toISOString()}`, agentId: listener.id, address: listener.email, name: listener.name, ...mail })
  await noteMailed(work.tx, found.map(({ id }) => id))
  if (sent) tellNotices(work, 'notice.mailed', [listener.id], { count: found.length })
  return bookDigest(work.tx, listener.id, next, work.at)
}
