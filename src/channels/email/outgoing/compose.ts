import { createHash } from 'node:crypto'
import { PassThrough, Readable } from 'node:stream'
import type { Files } from '#platform'
import DKIM from 'nodemailer/lib/dkim'
import MailComposer from 'nodemailer/lib/mail-composer'
import { plainText, richText } from './body.ts'
import type { Letter } from './model.ts'
import { oneLine } from './subject.ts'

export interface DkimKey {
  domain: string
  selector: string
  privateKey: string
}

export interface ComposeOptions {
  files: Files
  dkim: DkimKey | null
}

/**
 * The mail as it goes over the wire (RFC 5322), as a stream: attachments pass through and are never held whole, unless a DKIM
 * signature, which stands before the body that it signs, asks for it. The same letter gives the same bytes, however often.
 * @throws file.notFound when an attachment's content is gone: found before the first byte is given.
 */
export async function compose(letter: Letter, { files, dkim }: ComposeOptions): Promise<Readable> {
  for (const { sha256 } of letter.attachments) (await files.get(sha256)).stream.destroy()
  const mime = composer(letter, files).compile().createReadStream()
  return dkim ? new DKIM({ domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.privateKey }).sign(mime) : mime
}

function composer(letter: Letter, files: Files) {
  const seed = createHash('sha256').update(letter.internetId).digest('hex').slice(0, 24)
  return new MailComposer({
    from: named(letter.from), to: letter.to.map(named), cc: letter.cc.map(named), replyTo: { name: '', address: letter.replyTo }, subject: oneLine(letter.subject, 500),
    messageId: letter.internetId, date: new Date(letter.date), baseBoundary: seed, newline: 'windows', disableFileAccess: true, disableUrlAccess: true,
    ...(letter.inReplyTo ? { inReplyTo: letter.inReplyTo } : {}), ...(letter.references.length > 0 ? { references: letter.references } : {}),
    headers: { 'X-Meridian-Case': String(letter.caseNumber), ...(letter.automatic ? { 'Auto-Submitted': letter.automatic } : {}) },
    text: plainText(letter), html: richText(letter),
    attachments: letter.attachments.map((file) => ({
      filename: oneLine(file.name, 200) || 'attachment', contentType: contentType(file.type), contentDisposition: 'attachment', contentTransferEncoding: 'base64',
      content: contentOf(files, file.sha256),
    })),
  })
}

const named = ({ name, address }: { name: string; address: string }) => ({ name: oneLine(name, 120), address })

/** A type that says no more than a type: parameters and odd signs could reach beyond their header. A mail inside a mail may not be base64 (RFC 2046). */
const contentType = (type: string): string =>
  /^[a-z0-9][a-z0-9.+-]{0,60}\/[a-z0-9][a-z0-9.+-]{0,60}$/i.test(type) && !/^(?:message|multipart)\//i.test(type) ? type : 'application/octet-stream'

/** Opens the file only when its turn comes, so that a mail of many attachments holds one of them open. */
function contentOf(files: Files, sha256: string): Readable {
  return Readable.from((async function* () {
    const { stream } = await files.get(sha256)
    yield* stream
  })(), { objectMode: false })
}

/** All bytes of a stream, for looking at. */
export async function bytesOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream.pipe(new PassThrough())) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}
