import { v7 } from 'uuid'

/** A UUIDv7 (RFC 9562): made before the insert, so a verb knows its rows' ids without asking; sorts by time, so indexes stay dense. */
export const newId = (): string => v7()

/** Reads a word of a closed list, as check constraints keep them. @throws when the database holds another: the two drifted apart, a bug. */
export function oneOf<const W extends string>(words: readonly W[], text: string): W {
  const word = words.find((candidate) => candidate === text)
  if (word === undefined) throw new Error(`"${text}" is none of ${words.join(', ')}`)
  return word
}
