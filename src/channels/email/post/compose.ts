import type { Readable } from 'node:stream'
import DKIM from 'nodemailer/lib/dkim'
import MailComposer from 'nodemailer/lib/mail-composer'
import { plainText, richText } from '../outgoing/body.ts'
import type { DkimKey } from '../outgoing/compose.ts'
import { oneLine } from '../outgoing/subject.ts'
import type { Posted } from './store.ts'

export interface PostComposing {
  mailDomain: string
  dkim: DkimKey | null
  /** Where its reader chooses to get no more of them. */
  unsubscribeUrl: string
}

/** A mail of the program as it goes over the wire. Nobody answers it, and it says so (RFC 3834); its reader can end it (RFC 2369). */
export function composePost(post: Posted, { mailDomain, dkim, unsubscribeUrl }: PostComposing): Readable {
  const mime = new MailComposer({
    from: { name: 'Meridian', address: `no-reply@${mailDomain}` }, to: { name: oneLine(post.name, 120), address: post.address }, subject: oneLine(post.subject, 500), messageId: post.internetId,
    date: post.createdAt, baseBoundary: post.id.replaceAll('-', '').slice(0, 24), newline: 'windows', disableFileAccess: true, disableUrlAccess: true,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', 'List-Unsubscribe': `<${unsubscribeUrl}>` },
    text: plainText({ text: post.text, quoted: null }), html: richText({ text: post.text, quoted: null }),
  }).compile().createReadStream()
  return dkim ? new DKIM({ domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.privateKey }).sign(mime) : mime
}
