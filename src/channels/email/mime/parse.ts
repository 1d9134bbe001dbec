import { contentIdsIn, splitReply } from '#language'
import { attachmentsOf } from './attachments.ts'
import { automaticReason, returnPathOf } from './automatic.ts'
import { bounceIn } from './bounce.ts'
import { contentOf, htmlOf, type Content } from './content.ts'
import { fieldOf, readEntity, type Entity } from './entity.ts'
import { idsIn } from './ids.ts'
import type { MailPerson, ParsedMail } from './model.ts'
import { oneLine, peopleIn } from './people.ts'
import { readWords } from './words.ts'

const SUBJECT_LENGTH_MAX = 2_000
/** Of one name; more than any program writes. */
const FIELDS_MAX = 100
const PEOPLE_MAX = 1_000
const VALUE_LENGTH_MAX = 100_000

/** Reads a mail. There is none that it refuses: what nobody can make out stays as text or as a file. */
export async function parseMail(content: Uint8Array): Promise<ParsedMail> {
  const mail = readEntity(Buffer.from(content.buffer, content.byteOffset, content.byteLength))
  const valuesOf = (...names: string[]) => mail.fields.filter(({ name }) => names.includes(name)).slice(0, FIELDS_MAX).map(({ value }) => value)
  const people = (...names: string[]) => valuesOf(...names).flatMap(peopleIn).slice(0, PEOPLE_MAX)
  const ids = (name: string) => [...new Set(valuesOf(name).flatMap(idsIn))]
  const from = people('from')[0] ?? people('sender')[0] ?? null
  const found = contentOf(mail)
  const html = htmlOf(found.pieces)
  const text = textIn(found)
  const reason = automaticReason(mail, from)
  return {
    from, replyTo: people('reply-to'), to: people('to'), cc: people('cc'), subject: oneLine(readWords((fieldOf(mail, 'subject') ?? '').slice(0, VALUE_LENGTH_MAX)), SUBJECT_LENGTH_MAX), date: dateOf(mail),
    messageId: ids('message-id')[0] ?? null, inReplyTo: ids('in-reply-to'), references: ids('references'),
    deliveredTo: [...new Set(people('delivered-to', 'x-original-to', 'x-delivered-to', 'envelope-to', 'x-envelope-to', 'x-real-to').map(({ address }: MailPerson) => address))], returnPath: returnPathOf(mail),
    ...partsOf(text, found), html, attachments: await attachmentsOf(found.enclosed, html === null ? new Set() : contentIdsIn(html)),
    automatic: reason === null ? null : { reason }, bounce: bounceIn(mail, from, text),
  }
}

const textIn = ({ pieces }: Content): string => pieces.map(({ text }) => text.trimEnd()).filter((text) => text.trim() !== '').join('\n\n')

/** Mails within the mail are its history, unless there is nothing else. */
function partsOf(text: string, { nested }: Content): Pick<ParsedMail, 'newText' | 'quotedText' | 'signatureText'> {
  const within = nested.filter((mail) => mail !== '').join(`\n\n${'-'.repeat(20)}\n\n`)
  if (text === '') return { newText: within, quotedText: null, signatureText: null }
  const { newText, quotedText, signatureText } = splitReply(text)
  return { newText, quotedText: [quotedText ?? '', within].filter((part) => part !== '').join('\n\n') || null, signatureText }
}

function dateOf(mail: Entity): Date | null {
  const value = (fieldOf(mail, 'date') ?? '').replace(/\([^()]*\)/g, ' ').trim()
  const date = new Date(value)
  return value === '' || Number.isNaN(date.getTime()) ? null : date
}
