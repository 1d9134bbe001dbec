import { buffer } from 'node:stream/consumers'
import type { Db, Files } from '#platform'
import type { InlinePicture } from '../messages/document.ts'
import { isSafeImage } from './serve.ts'
import { inlinePartsOf } from './store.ts'

const BYTES_MAX = 10_000_000

/** The pictures that a message shows inside its text, as far as they are few and harmless enough to be written into its document. */
export async function inlinePictures(db: Db, files: Files, messageId: string, wanted: ReadonlySet<string>): Promise<InlinePicture[]> {
  if (wanted.size === 0) return []
  const pictures: InlinePicture[] = []
  let bytes = 0
  for (const part of await inlinePartsOf(db, messageId)) {
    if (!wanted.has(part.contentId) || !isSafeImage(part.type)) continue
    bytes += part.size
    if (bytes > BYTES_MAX) break
    const { stream } = await files.get(part.sha256)
    pictures.push({ contentId: part.contentId, type: part.type, content: await buffer(stream) })
  }
  return pictures
}
