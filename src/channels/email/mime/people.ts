import { addressParser, type Address } from 'postal-mime'
import type { MailPerson } from './model.ts'
import { readText } from './encodings.ts'

const PEOPLE_MAX = 500
const NAME_LENGTH_MAX = 300
const ADDRESS_LENGTH_MAX = 320
const VALUE_LENGTH_MAX = 100_000

/** The people that an address field (RFC 5322, 3.4) names, those of its groups too. @param value byte for byte */
export function peopleIn(value: string): MailPerson[] {
  const text = readText(Buffer.from(value.slice(0, VALUE_LENGTH_MAX), 'latin1'), 'us-ascii').text
  const plain = withoutComments(text)
  const people = flat(addressParser(plain)).map(personOf).filter(({ address }) => address !== '')
  // `lee@example.com (Lee)`: where there is no name, a comment is meant as one.
  const commented = plain === text || people.every(({ name }) => name !== '') ? [] : flat(addressParser(text)).map(personOf)
  return people.map((person) => (person.name === '' ? { ...person, name: commented.find(({ address }) => address === person.address)?.name ?? '' } : person)).slice(0, PEOPLE_MAX)
}

/** Without what stands in parentheses outside of quotes (RFC 5322, 3.2.2), which may nest and stand in the middle of an address. */
function withoutComments(text: string): string {
  if (!text.includes('(')) return text
  let [kept, depth, quoted] = ['', 0, false]
  for (const [piece = ''] of text.matchAll(/\\[^]|[^]/g)) {
    if (depth === 0 && piece === '"') quoted = !quoted
    if (!quoted && piece === '(') depth++
    else if (!quoted && piece === ')' && depth > 0) depth--
    else if (depth === 0) kept += piece
  }
  return depth === 0 ? kept : text
}

const flat = (addresses: readonly Address[]): { address: string; name: string }[] =>
  addresses.flatMap((one) => (one.group ? flat(one.group) : [{ address: one.address ?? '', name: one.name }]))

function personOf({ address, name }: { address: string; name: string }): MailPerson {
  const plain = address.replace(/\s+/g, '').slice(0, ADDRESS_LENGTH_MAX)
  const said = oneLine(name, NAME_LENGTH_MAX)
  // Programs that know no name write the address twice.
  return { address: plain, name: said.toLowerCase() === plain.toLowerCase() ? '' : said }
}

/** Text as one line: no control characters and nothing that turns the direction of reading. */
export const oneLine = (text: string, lengthMax: number): string =>
  text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').replace(/ {2,}/g, ' ').trim().slice(0, lengthMax).toWellFormed()
