import type { Message } from '../wire.ts'
import type { Names } from './facts.ts'

export interface Reading {
  names: Names
  /** An instant as it is said beside another: "09:12" on the same day, else with its date. */
  moment(at: string, beside: string): string
}

/** Why a message is in this case, in words; null when there is nothing to wonder about. */
export function joinedWords(message: Message, messages: readonly Message[], { names, moment }: Reading): string | null {
  const word = (name: string): string => String(message.joined?.[name] ?? '')
  const by = message.standing === 'suggested' ? 'Points here by' : 'Joined by'
  switch (word('rule')) {
    case 'reference': return `${by} its reference to ${pointedAt(message, messages.find(({ messageId }) => messageId !== null && messageId === word('evidence')), names, moment)}`
    case 'replyAddress': return `${by} a reply address that we gave out`
    case 'subjectToken': return `${by} the checked number in its subject`
    case 'followUp': return `Follows up on #${word('evidence')}, which is closed`
    case 'accepted': return `Accepted by ${word('by') === names.me ? 'you' : names.agent(word('by')) ?? 'a colleague'}`
    case 'detached': return `Moved here out of #${word('from')}`
    default: return null
  }
}

function pointedAt(message: Message, earlier: Message | undefined, names: Names, moment: Reading['moment']): string {
  if (!earlier) return 'an earlier mail of this case'
  const at = moment(earlier.at, message.at)
  if (earlier.direction === 'in') return earlier.from.id === message.from.id ? `their own mail of ${at}` : `${earlier.from.name}’s mail of ${at}`
  const whose = earlier.from.id !== null && earlier.from.id === names.me ? 'your' : `${earlier.from.name}’s`
  return `${whose} reply of ${at}`
}

/** Rules by which a message joined; such a message can be detached. */
export const canDetach = (message: Message): boolean =>
  message.direction === 'in' && message.standing === 'accepted' && ['reference', 'replyAddress', 'subjectToken', 'accepted'].includes(String(message.joined?.['rule']))

/** What an automatic mail is, from its mark. */
export function automaticWords(mark: string): string {
  if (/bounce|dsn|delivery-status/i.test(mark)) return 'A report from a mail server'
  return /vacation|auto-?repl|replied/i.test(mark) ? 'Automatic reply' : 'Automatic mail'
}
