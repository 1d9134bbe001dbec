import { findCards } from '#language'
import type { Field } from '../../mime/fields.ts'
import { maskRanges, projectPercent, projectPlain } from './projection.ts'
import { sayInHeader, segmentsOf } from '../../mime/words.ts'

/** Ids, traces and signatures stay as they are: threading and duplicates rest on them. Whatever else is in a head, somebody may have written a number into it. */
const technical = /^(?:message-id|references|in-reply-to|received(?:-spf)?|return-path|delivered-to|envelope-to|date|mime-version|content-transfer-encoding|(?:arc|dkim|domainkey|authentication|list|x-ms|x-google|x-gm|x-spam)-.*|.*-(?:id|ids|signature|index|hash|key|token))$/
const addresses = new Set(['from', 'sender', 'reply-to', 'to', 'cc', 'bcc', 'resent-from', 'resent-to', 'resent-cc', 'x-original-from', 'x-original-to', 'x-forwarded-to', 'x-forwarded-for', 'disposition-notification-to'])
const parameters = new Set(['content-type', 'content-disposition'])

/** Masks the card numbers of the fields, as edits on the mail's bytes. @returns how many there were. */
export function maskFields(raw: Buffer, fields: readonly Field[], edits: { start: number; end: number; bytes: Buffer }[]): number {
  let masked = 0
  for (const field of fields) {
    if (field.value.length < 13) continue
    if (technical.test(field.name)) continue
    const found = addresses.has(field.name) ? maskNames(field.value) : parameters.has(field.name) ? maskParameters(field.value) : maskWords(field.value)
    if (found.masked === 0) continue
    masked += found.masked
    const label = raw.toString('latin1', field.start, field.end).split(':', 1)[0] ?? field.name
    edits.push({ start: field.start, end: field.end, bytes: Buffer.from(`${label}: ${found.value}\r\n`, 'latin1') })
  }
  return masked
}

interface MaskedValue {
  value: string
  masked: number
}

/** The value is read whole, so that a number cut over several encoded words is found. */
function maskWords(value: string): MaskedValue {
  const text = segmentsOf(value).map((segment) => segment.text).join('')
  const cards = findCards(text)
  return { value: cards.length ? sayInHeader(maskRanges(text, projectPlain(text), cards)) : value, masked: cards.length }
}

const IN_ADDRESS = /^[^\s<>",;]*@/
/** No local part is longer; without a bound each of many numbers would be followed to the end of the field. */
const ADDRESS_LENGTH_MAX = 320

/** Display names are masked, addresses are not: an answer must still find its way. */
function maskNames(value: string): MaskedValue {
  let masked = 0
  const said = segmentsOf(value).map((segment) => {
    const cards = findCards(segment.text).filter(({ end }) => segment.encoded || !IN_ADDRESS.test(segment.text.slice(end, end + ADDRESS_LENGTH_MAX)))
    masked += cards.length
    if (cards.length === 0) return segment.source
    const text = maskRanges(segment.text, projectPlain(segment.text), cards)
    return segment.encoded ? sayInHeader(text) : Buffer.from(text).toString('latin1')
  })
  return { value: said.join(''), masked }
}

function maskParameters(value: string): MaskedValue {
  const boundary = /;\s*boundary\s*=\s*(?:"[^"]*"|[^\s;]+)/i.exec(value)
  const [before, kept, after] = boundary ? [value.slice(0, boundary.index), boundary[0], value.slice(boundary.index + boundary[0].length)] : [value, '', '']
  const [first, last] = [maskParameterText(before), maskParameterText(after)]
  return { value: first.value + kept + last.value, masked: first.masked + last.masked }
}

function maskParameterText(text: string): MaskedValue {
  const words = maskNames(text)
  const seen = projectPercent(words.value)
  const cards = findCards(seen.text)
  return { value: cards.length ? maskRanges(words.value, seen, cards) : words.value, masked: words.masked + cards.length }
}
