import { fileTypeFromBuffer } from 'file-type'

/** What the bytes of an attachment are. */

const HEAD_BYTES = 256 * 1024

/** Types that are written into another one: bytes that say the outer one do not contradict the inner one. */
const within: readonly (readonly [RegExp, RegExp])[] = [
  [/^application\/zip$/, /^application\/(?:vnd\.|epub\+zip|java-archive|x-zip-compressed|x-java|x-apple)|\+zip$/],
  [/^application\/x-cfb$/, /^application\/(?:msword|vnd\.ms-|x-msi|vnd\.visio)/],
  [/^(?:application|text)\/xml$/, /[/+](?:xml|svg|rss|xsd|html)|openxml|soap/],
  [/^(?:application\/gzip|application\/x-gzip)$/, /^application\/(?:gzip|x-gzip|gzip-compressed|x-tgz|x-compressed-tar|x-gtar)$/],
  [/^image\/jpeg$/, /^image\/(?:jpg|pjpeg)$/],
  [/^application\/rtf$/, /rtf$/],
  [/^video\/(?:mp4|quicktime|3gpp)$/, /^(?:video|audio)\//],
  [/^audio\//, /^audio\//],
  [/^application\/(?:ogg|x-asf|mp4)$/, /^(?:audio|video)\//],
  [/^image\/(?:bmp|x-icon|tiff|heif|heic)$/, /^image\//],
]

const byExtension: Readonly<Record<string, string>> = {
  txt: 'text/plain', log: 'text/plain', csv: 'text/csv', tsv: 'text/tab-separated-values', htm: 'text/html', html: 'text/html', ics: 'text/calendar', vcf: 'text/vcard', json: 'application/json', xml: 'application/xml', svg: 'image/svg+xml', md: 'text/markdown', eml: 'message/rfc822',
}

const general = /^(?:application\/(?:octet-stream|x-download|force-download|download|binary|unknown|x-unknown|attachment)|unknown\/.*|\*\/.*|file\/.*)?$/

/** The type that the bytes say, where they say one and the claimed one is not a kind of it; markup that claims to be something to look at is markup. */
export async function typeOf(content: Uint8Array, claimed: string, name: string): Promise<string> {
  const said = sound(claimed)
  const found = await detect(content)
  if (found && said.startsWith('text/') && isTextual(content) && !/pdf|rtf/.test(found)) return said
  if (found) return found === said || within.some(([outer, inner]) => outer.test(found) && inner.test(said)) ? said : found
  if (/^(?:image|audio|video)\/|^application\/pdf$/.test(said) && said !== 'image/svg+xml' && isMarkup(content)) return 'text/html'
  if (!general.test(said)) return said
  return byExtension[/\.([a-z0-9]{2,5})$/i.exec(name)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream'
}

async function detect(content: Uint8Array): Promise<string | null> {
  try {
    // Some of its readers follow offsets beyond what they were given; then nothing is known.
    return (await fileTypeFromBuffer(content.subarray(0, HEAD_BYTES)))?.mime ?? null
  } catch {
    return null
  }
}

const sound = (type: string): string => (/^[a-z0-9!#$&^_.+-]{1,100}\/[a-z0-9!#$&^_.+-]{1,100}$/.test(type) ? type : '')

const isMarkup = (content: Uint8Array): boolean =>
  /<(?:!doctype|html|head|body|script|svg|iframe|img|math|object|embed|link|meta|style|form|a )/i.test(Buffer.from(content.buffer, content.byteOffset, Math.min(content.byteLength, 1_024)).toString('latin1'))

/** Two letters at the beginning make no picture of a text. */
const isTextual = (content: Uint8Array): boolean => content.subarray(0, 4_096).every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0x1b)
