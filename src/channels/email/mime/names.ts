import { oneLine } from './people.ts'

/** Names of attachments, as they may stand on a screen and on a disk. */

const NAME_LENGTH_MAX = 180
const EXTENSION_LENGTH_MAX = 12

/** A file's name without its path, control characters and marks that turn the direction of reading; empty when nothing is left. */
export function cleanName(given: string): string {
  const name = oneLine(given, 2_000).replace(/^.*[\\/]/s, '').replace(/[\u200b-\u200d\u2060\ufeff\u00ad]/g, '').replace(/^[.\s]+|[.\s]+$/g, (edge) => (edge.startsWith('.') && edge.trim() === '.' ? '.' : ''))
  const plain = /^\.*$/.test(name) ? '' : name
  if (plain.length <= NAME_LENGTH_MAX) return plain
  const dot = plain.lastIndexOf('.')
  const extension = dot > 0 && plain.length - dot <= EXTENSION_LENGTH_MAX ? plain.slice(dot) : ''
  return `${plain.slice(0, NAME_LENGTH_MAX - extension.length)}${extension}`.toWellFormed()
}

const extensions: Readonly<Record<string, string>> = {
  'message/rfc822': 'eml', 'message/global': 'eml', 'message/news': 'eml', 'text/plain': 'txt', 'text/html': 'html', 'text/calendar': 'ics', 'text/csv': 'csv', 'text/vcard': 'vcf', 'text/x-vcard': 'vcf', 'text/directory': 'vcf',
  'text/rfc822-headers': 'txt', 'text/enriched': 'txt', 'text/xml': 'xml', 'application/xml': 'xml', 'application/json': 'json', 'application/rtf': 'rtf', 'text/rtf': 'rtf',
  'message/delivery-status': 'txt', 'message/global-delivery-status': 'txt', 'message/disposition-notification': 'txt', 'message/feedback-report': 'txt', 'message/partial': 'eml', 'message/external-body': 'txt',
  'image/jpeg': 'jpg', 'image/jpg': 'jpg', 'image/pjpeg': 'jpg', 'image/png': 'png', 'image/gif': 'gif', 'image/webp': 'webp', 'image/bmp': 'bmp', 'image/tiff': 'tif', 'image/svg+xml': 'svg', 'image/heic': 'heic',
  'audio/mpeg': 'mp3', 'audio/wav': 'wav', 'audio/x-wav': 'wav', 'audio/ogg': 'ogg', 'audio/mp4': 'm4a', 'audio/amr': 'amr', 'video/mp4': 'mp4', 'video/quicktime': 'mov', 'video/3gpp': '3gp',
  'application/pdf': 'pdf', 'application/zip': 'zip', 'application/gzip': 'gz', 'application/x-gzip': 'gz', 'application/msword': 'doc', 'application/vnd.ms-excel': 'xls', 'application/vnd.ms-powerpoint': 'ppt',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx', 'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/pgp-signature': 'asc', 'application/pgp-encrypted': 'asc', 'application/pgp-keys': 'asc', 'application/pkcs7-signature': 'p7s', 'application/x-pkcs7-signature': 'p7s', 'application/pkcs7-mime': 'p7m', 'application/x-pkcs7-mime': 'p7m',
  'application/ms-tnef': 'dat', 'application/vnd.ms-tnef': 'dat',
}

const stems: readonly (readonly [RegExp, string])[] = [
  [/^message\/(?:rfc822|global|news|partial)$/, 'message'], [/delivery-status$/, 'delivery-status'], [/^text\/rfc822-headers$/, 'headers'], [/^image\//, 'image'], [/^audio\//, 'audio'], [/^video\//, 'video'],
  [/^text\/calendar$/, 'invite'], [/-signature$/, 'signature'], [/pgp-encrypted$/, 'encrypted'], [/pkcs7-mime$/, 'smime'], [/ms-tnef$/, 'winmail'], [/feedback-report$/, 'feedback-report'], [/disposition-notification$/, 'receipt'],
]

/** A name for what came without one, by its type. */
export const nameByType = (type: string): string => {
  const stem = stems.find(([shape]) => shape.test(type))?.[1] ?? 'attachment'
  return `${stem}.${extensions[type] ?? 'bin'}`
}
