import { decodeTransfer, transferEncodingOf } from './encodings.ts'
import { fieldOf, readEntity, type Entity } from './entity.ts'
import { idsIn } from './ids.ts'
import type { BouncedRecipient, BounceOutcome, MailBounce, MailPerson } from './model.ts'
import { outcomeOf, outcomeInWords } from './outcome.ts'
import { returnPathOf } from './automatic.ts'

const RECIPIENTS_MAX = 100
const REPORT_LENGTH_MAX = 200_000
const DEPTH_MAX = 6

/** The report that a mail is (RFC 3464), or that it is in all but form; null for any other mail. */
export function bounceIn(mail: Entity, from: MailPerson | null, text: string): MailBounce | null {
  const parts = leavesOf(mail, 0)
  const reports = parts.filter(({ shape }) => /^message\/(?:global-)?delivery-status$/.test(shape.type))
  const recipients = reports.flatMap((report) => recipientsIn(decoded(report)))
  if (reports.length === 0 && !looksLikeReport(mail, from, text)) return null
  const originalMessageId = originalIn(mail, parts, reports, text.slice(0, REPORT_LENGTH_MAX))
  if (recipients.length > 0) return bounceOf(recipients, originalMessageId)
  const told = recipientsInWords(mail, text)
  return told.length > 0 ? bounceOf(told, originalMessageId) : { outcome: outcomeInWords(text, null), recipients: [], originalMessageId }
}

const order: readonly BounceOutcome[] = ['hard', 'soft', 'delayed', 'relayed']

/** The worst outcome stands for the whole; each recipient keeps its own. */
const bounceOf = (recipients: BouncedRecipient[], originalMessageId: string | null): MailBounce => ({
  outcome: order.find((outcome) => recipients.some((recipient) => recipient.outcome === outcome)) ?? 'hard', recipients: recipients.slice(0, RECIPIENTS_MAX), originalMessageId,
})

const leavesOf = (entity: Entity, depth: number): Entity[] => (entity.parts.length === 0 || depth > DEPTH_MAX ? [entity] : entity.parts.flatMap((part) => leavesOf(part, depth + 1)))
const decoded = (entity: Entity): string => decodeTransfer(entity.source, transferEncodingOf(entity.shape.encoding)).toString('utf8', 0, REPORT_LENGTH_MAX).replace(/\r\n?/g, '\n')

/** The groups of fields about one recipient each. */
function recipientsIn(report: string): BouncedRecipient[] {
  return report.split(/\n[ \t]*\n+/).flatMap((group) => {
    const { fields } = readEntity(Buffer.from(`${group.replace(/^\n+/, '')}\n\n`))
    const valueOf = (name: string) => fields.find((field) => field.name === name)?.value.trim() ?? ''
    const address = addressIn(valueOf('final-recipient')) || addressIn(valueOf('original-recipient'))
    if (!address) return []
    const diagnostic = afterType(valueOf('diagnostic-code')) || null
    const status = /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(valueOf('status'))?.[1] ?? null
    return [{ address: addressIn(valueOf('original-recipient')) || address, status, diagnostic, outcome: outcomeOf(valueOf('action'), status, diagnostic) }]
  })
}

/** What follows the type that a value begins with: `rfc822; a@b`, `smtp; 550 …`. */
const afterType = (value: string): string => value.replace(/^[\w-]+\s*;\s*/, '').replace(/\s+/g, ' ').trim()
const addressIn = (value: string): string => /[^\s<>;"()]+@[^\s<>;"()]+/.exec(afterType(value))?.[0] ?? ''

/** The Message-ID of the mail that the report is about: in its returned head, in the report, in the words, or in what the report answers. */
function originalIn(mail: Entity, parts: readonly Entity[], reports: readonly Entity[], text: string): string | null {
  for (const part of parts) {
    if (!/^(?:message\/(?:rfc822|global)|(?:text|message)\/(?:rfc822|global)-headers)$/.test(part.shape.type)) continue
    const id = idsIn(fieldOf(readEntity(part.content), 'message-id') ?? '')[0]
    if (id) return id
  }
  const said = [...reports.map((report) => /^(?:x-)?original-message-id:\s*(<[^<>\s]+>)/im.exec(decoded(report))?.[1]), /^[ \t>]*message-id:\s*(<[^<>\s]+>)/im.exec(text)?.[1]]
  return said.find((id) => id !== undefined) ?? idsIn(fieldOf(mail, 'in-reply-to') ?? '')[0] ?? idsIn(fieldOf(mail, 'references') ?? '').at(-1) ?? null
}

const senders = /^(?:mailer-daemon|mail-daemon|maildaemon|postmaster|mdaemon|mail\.delivery\.system|bounce)/i
const subjects = /\b(?:undeliver(?:able|ed)|returned (?:mail|to sender)|mail delivery (?:failed|failure|system)|delivery (?:status notification|failure|has failed|problem|incomplete)|failure notice|mail system error|could not (?:send|be delivered)|non-?delivery|message (?:not delivered|delayed)|unzustellbar|nicht zugestellt|non remis|no se (?:puede|pudo) entregar|não entregue|mancata consegna|niet bezorgd|nie dostarczono|kunde inte levereras)\b|配信(?:不能|失敗)/i
const words = /(?:this is the qmail-send program|this message was created automatically by mail delivery software|i(?:'m| am) sorry to have to inform you|could not be delivered to (?:one or more|the following)|the following (?:address(?:es)?|recipients?|message)\b[^\n]{0,60}(?:failed|had|could not|was not)|permanent fatal errors|delivery to the following recipients? failed|your message (?:wasn't delivered|did not reach|could not be delivered)|undeliverable)/i

/** A report that is none in form: from the mail system, about a mail that did not arrive. An answer while somebody is away is none. */
function looksLikeReport(mail: Entity, from: MailPerson | null, text: string): boolean {
  if (fieldOf(mail, 'x-failed-recipients') !== null) return true
  if (/^\s*auto-replied/i.test(fieldOf(mail, 'auto-submitted') ?? '') || /disposition-notification|feedback-report/i.test(fieldOf(mail, 'content-type') ?? '')) return false
  const system = returnPathOf(mail) === '' || senders.test(from?.address ?? '')
  return system && (subjects.test(fieldOf(mail, 'subject') ?? '') || words.test(text.slice(0, WORDS_LENGTH_MAX)))
}

const WORDS_LENGTH_MAX = 20_000

/** The addresses that a report in words names, each with what stands after it. */
function recipientsInWords(mail: Entity, text: string): BouncedRecipient[] {
  const head = text.slice(0, WORDS_LENGTH_MAX).split(/^(?:-{3,}.*(?:original message|copy of|returned)|(?:return-path|received):)/im, 1)[0] ?? ''
  const listed = (fieldOf(mail, 'x-failed-recipients') ?? '').split(',').map((address) => address.trim()).filter((address) => address.includes('@'))
  const named = [...head.matchAll(/^[ \t]*<?([^\s<>"(),:;]+@[^\s<>"(),:;]+[^\s<>"(),:;.])>?(?:[:.]|\s*$|\s*\()/gm)].map(([, address = '']) => address)
  return [...new Set(listed.length > 0 ? listed : named)].map((address) => {
    const at = head.indexOf(address)
    const behind = (at === -1 ? head : head.slice(at + address.length)).split(/\n[ \t]*\n/).find((paragraph) => /[\p{L}\d]/u.test(paragraph)) ?? ''
    const diagnostic = behind.replace(/^[>:\s]+/, '').replace(/\s+/g, ' ').trim().slice(0, DIAGNOSTIC_LENGTH_MAX) || null
    const status = /\b([45]\.\d{1,3}\.\d{1,3})\b/.exec(behind)?.[1] ?? null
    return { address, status, diagnostic, outcome: outcomeInWords(`${behind}\n${at === -1 ? '' : head.slice(0, at)}`, status) }
  })
}

const DIAGNOSTIC_LENGTH_MAX = 1_000
