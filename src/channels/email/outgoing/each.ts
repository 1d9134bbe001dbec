import { pendingOf, type Answer, type Attempt, type Progress, type Refused } from './model.ts'

export interface Each {
  /** One conversation, about one recipient. */
  send(address: string): Promise<Attempt>
  /** Makes durable who has the mail already, before the next conversation begins. */
  keep(answers: readonly Answer[]): Promise<void>
}

/**
 * Sends a mail to everybody who has not got it, one after the other: each gets a letter with a reply address of their own. What a server
 * refuses for one holds up none of the others; where a conversation breaks, the rest waits for the next try.
 * @returns who has it for certain, and the last conversation, with all refusals, as the one attempt that it was.
 */
export async function sendEach(mail: Pick<Progress, 'to' | 'answers'>, { send, keep }: Each): Promise<{ answers: Answer[]; attempt: Attempt }> {
  const [answers, refusals]: [Answer[], Refused[]] = [[...mail.answers], []]
  const pending = pendingOf(mail)
  for (const [index, address] of pending.entries()) {
    const attempt = await send(address)
    const isLast = index === pending.length - 1
    if (isLast || (attempt.kind !== 'taken' && attempt.kind !== 'refused')) return { answers, attempt: together(attempt, address, refusals) }
    const refused = refusedOf(attempt, address)
    if (refused) refusals.push(refused)
    else {
      answers.push({ address, outcome: 'accepted', response: attempt.response })
      await keep(answers)
    }
  }
  throw new Error('a mail that everybody has was to be sent')
}

const refusedOf = (attempt: Extract<Attempt, { response: string }>, address: string): Refused | null =>
  attempt.refused[0] ?? (attempt.kind === 'refused' ? { address, permanent: attempt.permanent, response: attempt.response } : null)

/** A broken conversation says nothing of those who were refused before it: they are asked again. */
function together(attempt: Attempt, address: string, refusals: readonly Refused[]): Attempt {
  if (refusals.length === 0 || (attempt.kind !== 'taken' && attempt.kind !== 'refused')) return attempt
  const own = refusedOf(attempt, address)
  return { ...attempt, ...(attempt.kind === 'refused' ? { permanent: false } : {}), refused: own ? [...refusals, own] : [...refusals] }
}
