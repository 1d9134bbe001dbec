import PostalMime, { type Address } from 'postal-mime'
import { splitReply } from '#language'
import type { MailBounce, MailPerson, ParsedMail } from './model.ts'

/** Reads a mail. */
export async function parseMail(content: Uint8Array): Promise<ParsedMail> {
  const mail = await PostalMime.parse(content, { forceRfc822Attachments: true })
  const valueOf = (name: string) => mail.headers.find(({ key }) => key === name)?.value ?? null
  const ids = (name: string) => mail.headers.filter(({ key }) => key === name).flatMap(({ value }) => value.match(/<[^<>\s]+>/g) ?? [])
  const text = mail.text ?? ''
  const auto = valueOf('auto-submitted')
  return {
    from: people(mail.from ? [mail.from] : [])[0] ?? null, replyTo: people(mail.replyTo), to: people(mail.to), cc: people(mail.cc), subject: mail.subject ?? '',
    date: mail.date ? new Date(mail.date) : null, messageId: ids('message-id')[0] ?? null, inReplyTo: ids('in-reply-to'), references: ids('references'),
    deliveredTo: mail.headers.filter(({ key }) => key === 'delivered-to').map(({ value }) => value), returnPath: valueOf('return-path')?.replace(/^<|>$/g, '') ?? null,
    ...splitReply(text), html: mail.html ?? null,
    attachments: mail.attachments.map((file) => ({
      name: file.filename ?? 'attachment', type: file.mimeType, content: typeof file.content === 'string' ? Buffer.from(file.content) : new Uint8Array(file.content),
      contentId: file.contentId?.replace(/^<|>$/g, '') ?? null, inline: file.disposition === 'inline',
    })),
    automatic: auto && !/^no\b/i.test(auto) ? { reason: 'autoSubmitted' } : null, bounce: bounceIn(mail.attachments.map(({ content }) => (typeof content === 'string' ? content : Buffer.from(new Uint8Array(content)).toString('latin1'))).join('\n') + text),
  }
}

const people = (addresses: readonly Address[] | undefined): MailPerson[] =>
  (addresses ?? []).flatMap((one) => (one.group ? people(one.group) : [{ address: one.address ?? '', name: one.name }]))

function bounceIn(report: string): MailBounce | null {
  const address = /^Final-Recipient:\s*rfc822;\s*(\S+)/im.exec(report)?.[1]
  const status = /^Status:\s*(\d\.\d+\.\d+)/im.exec(report)?.[1] ?? null
  return address ? { outcome: status?.startsWith('4') ? 'soft' : 'hard', recipients: [{ address, status, diagnostic: null }], originalMessageId: null } : null
}
