import type { FastifyReply } from 'fastify'
import type { Files } from '#platform'
import type { AttachmentRow } from './store.ts'

/** Pictures that browsers decode and never run. SVG is a document with scripts, so it is not among them. */
const safeImages = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp'])
export const isSafeImage = (type: string): boolean => safeImages.has(type)

const always = { 'x-content-type-options': 'nosniff', 'content-security-policy': `default-src 'none'; sandbox`, 'referrer-policy': 'no-referrer' }

/** Sends a file to be saved. Its type is told only where a browser does nothing else with it. */
export async function sendDownload(reply: FastifyReply, files: Files, found: AttachmentRow) {
  const { stream, size } = await files.get(found.sha256)
  return reply.headers({
    ...always, 'content-disposition': dispositionOf(found.name), 'content-length': String(size), 'cache-control': 'private, no-store', 'content-type': found.type,
  }).send(stream)
}

/** Sends a picture that a mail's document shows. */
export async function sendInline(reply: FastifyReply, files: Files, found: AttachmentRow) {
  const { stream, size } = await files.get(found.sha256)
  return reply.headers({
    ...always, 'content-disposition': 'inline', 'content-length': String(size), 'content-type': found.type, 'cache-control': 'private, max-age=3600',
    // The document that shows it is sandboxed, so to the browser it comes from nowhere (an opaque origin).
    'cross-origin-resource-policy': 'cross-origin',
  }).send(stream)
}

/** RFC 6266: a plain name for old programs, the true one beside it in RFC 8187's encoding. */
export function dispositionOf(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%;]/g, '_')
  const exact = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`
}
