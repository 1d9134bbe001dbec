/** Which case a message belongs to, and why: a pure decision over what was found. */

export const directions = ['in', 'out'] as const
export const visibilities = ['public', 'note'] as const
export const standings = ['accepted', 'suggested', 'declined'] as const
export const deliveries = ['waiting', 'queued', 'sent', 'uncertain', 'failed', 'recalled', 'bounced'] as const
export type Direction = (typeof directions)[number]
export type Visibility = (typeof visibilities)[number]
export type Standing = (typeof standings)[number]
export type DeliveryState = (typeof deliveries)[number]

export type Rule = 'reference' | 'replyAddress' | 'subjectToken'

/** A case that a message points to, by one of the rules, and the evidence for it. */
export interface Pointer {
  rule: Rule
  /** The Message-ID, the masked reply address or the token that led here. */
  evidence: string
  caseId: string
}

export type Joined =
  | { rule: Rule; evidence: string }
  | { rule: 'opened' }
  | { rule: 'followUp'; evidence: string }
  | { rule: 'accepted'; by: string }
  | { rule: 'detached'; from: number }

/** The strongest pointer: what the mail program says (references), then the address that only the customer knows, then a checked token. */
export function strongest(pointers: readonly Pointer[]): Pointer | null {
  const order: readonly Rule[] = ['reference', 'replyAddress', 'subjectToken']
  for (const rule of order) {
    const pointer = pointers.find((candidate) => candidate.rule === rule)
    if (pointer) return pointer
  }
  return null
}

export interface Found {
  status: 'open' | 'closed' | 'trash' | 'spam'
  /** Whether the sender is somebody on the case. */
  participant: boolean
  /** Whether a program wrote it (RFC 3834). */
  automatic: boolean
}

export type Belonging = 'case' | 'reply' | 'followUp' | 'suggestion'

/**
 * What becomes of a message. A stranger's mail never joins by itself, whatever it refers to: it waits as a suggestion, unless nobody works on
 * the case any more, where it would wait for ever. What is closed or in the trash is not woken: its customer gets a case of their own, linked to
 * the old one. What a program answers by itself ("out of office") begins nothing new: it is shown where it belongs.
 */
export function decideBelonging(found: Found | null): Belonging {
  if (!found) return 'case'
  if (!found.participant) return found.status === 'open' ? 'suggestion' : 'case'
  if (found.automatic || found.status === 'open' || found.status === 'spam') return 'reply'
  return 'followUp'
}

/** `10482-k3f9…` as replies carry it in their subject: the case's number and the beginning of a participant's reply token. */
export function parseSubjectToken(token: string): { number: number; proof: string } | null {
  const match = /#?(\d{1,15})-([0-9a-z]{6,25})/i.exec(token)
  return match?.[1] && match[2] ? { number: Number(match[1]), proof: match[2].toLowerCase() } : null
}

/** A subject without the Re: and Fwd: that mail programs pile up, in the languages that people write to us in. */
export const plainSubject = (subject: string): string =>
  subject.replace(/^(?:\s*(?:re|aw|antw|sv|rv|res|fwd?|wg|tr|enc|rif|odp|vs)\s*(?:\[\d{1,3}\])?\s*:)+\s*/i, '').replace(/\s*\[#\d{1,15}-[0-9a-z]{6,25}\]\s*/gi, ' ').trim()
