import type { BounceOutcome } from './model.ts'

/** Permanent in form, but about this mail or this moment rather than about the address: the mailbox is full, the mail is too large. */
const passing = /^5\.(?:2\.2|2\.3|3\.4)$/

/** What a recipient's fields say (RFC 3464, 2.3.3 and 2.3.4; RFC 3463). */
export function outcomeOf(action: string, status: string | null, diagnostic: string | null): BounceOutcome {
  const word = /^[a-z]+/i.exec(action)?.[0].toLowerCase() ?? ''
  if (word === 'delayed') return 'delayed'
  if (word === 'relayed' || word === 'delivered' || word === 'expanded') return 'relayed'
  return failureOf(status, diagnostic ?? '')
}

function failureOf(status: string | null, words: string): BounceOutcome {
  const code = status ?? /\b([45]\.\d{1,3}\.\d{1,3})\b/.exec(words)?.[1] ?? null
  if (code !== null && passing.test(code)) return 'soft'
  if (code !== null) return code.startsWith('4') ? 'soft' : 'hard'
  const reply = /\b([45])\d\d\b/.exec(words)?.[1]
  if (/mailbox (?:is )?full|over ?quota|quota exceeded|insufficient (?:system )?storage|too large/i.test(words)) return 'soft'
  return reply === '4' ? 'soft' : 'hard'
}

/** What a report in words says. */
export function outcomeInWords(text: string, status: string | null): BounceOutcome {
  if (/will (?:keep|continue|be) (?:on )?(?:trying|try|retr)|still (?:being )?(?:retr|trying)|has been delayed|not yet been delivered|no action is required|warning message only|delivery (?:is )?delayed|temporarily deferred/i.test(text)) return 'delayed'
  return failureOf(status, text)
}
