import { createHash } from 'node:crypto'
import { readHead } from '../mime/fields.ts'

/** Fields that every hop adds or rewrites: the same mail over two ways differs in them. */
const isTrace = (name: string) =>
  /^(?:received|received-spf|delivered-to|return-path|authentication-results|dkim-signature|domainkey-signature|x-.*|arc-.*|envelope-to|status|list-unsubscribe.*)$/.test(name)

export interface Identity {
  /** The Message-ID with its brackets; null when the mail has none. */
  internetId: string | null
  fingerprint: Buffer
}

const ID_LENGTH_MAX = 900

/**
 * What makes a mail the same mail. Taken over the masked copy: a hash over a card number whose last four stand beside it could be
 * guessed back (PCI DSS v4 §3.5.1). Line ends do not count, since ways differ in them.
 */
export function identify(raw: Buffer): Identity {
  const { fields, strays, bodyStart } = readHead(raw, 0, raw.length)
  const hash = createHash('sha256')
  for (const field of fields) if (!isTrace(field.name)) hash.update(`${field.name}:${field.value.replace(/\s+/g, ' ').trim()}\n`, 'latin1')
  for (const { start, end } of strays) hash.update(`${raw.toString('latin1', start, end).replaceAll('\r\n', '\n').trimEnd()}\n`, 'latin1')
  hash.update(`\n${raw.toString('latin1', bodyStart).replaceAll('\r\n', '\n').replace(/\n+$/, '')}`, 'latin1')
  const id = /<[^<>\s]+>/.exec(fields.find((field) => field.name === 'message-id')?.value ?? '')?.[0]
  return { internetId: id && id.length <= ID_LENGTH_MAX ? storable(id) : null, fingerprint: hash.digest() }
}

/** PostgreSQL keeps no U+0000. */
const storable = (text: string) => text.replaceAll('\u0000', '')
