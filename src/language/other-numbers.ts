/** Long numbers that say themselves what they are, by a check of their own: none of them is a card. */

export interface Span {
  start: number
  end: number
}

const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi
const IBAN = /\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{2,4}){3,8}\b/g
/** E.164: a plus and at most fifteen digits. */
const PHONE = /\+\d(?:[ .\-/()]{0,2}\d){6,14}(?![ .-]?\d)/g
/** USPS Intelligent Mail package barcode: 20 or 22 digits, the last one a check digit. */
const PARCEL = /\b9[1-5]\d\d(?:[ ]?\d{4}){4}(?:[ ]?\d{2})?\b/g

/** Where a text holds UUIDs, account numbers (ISO 13616), telephone numbers (E.164) and parcel numbers. */
export function numbersOfOtherKinds(text: string): Span[] {
  const found = [
    ...spans(text, UUID, () => true), ...spans(text, IBAN, (found) => passesMod97(found.replaceAll(' ', ''))),
    ...spans(text, PHONE, () => true), ...spans(text, PARCEL, (found) => passesParcelCheck(found.replaceAll(' ', ''))),
  ]
  return found.sort((a, b) => a.start - b.start)
}

/** Those that overlap none of the spans. Both stand in the order of their beginnings, so that each is looked at once. */
export function outsideOf<Place extends Span>(places: readonly Place[], spans: readonly Span[]): Place[] {
  let at = 0
  let reached = 0
  return places.filter((place) => {
    for (; at < spans.length && (spans[at]?.start ?? 0) < place.end; at++) reached = Math.max(reached, spans[at]?.end ?? 0)
    return reached <= place.start
  })
}

const spans = (text: string, shape: RegExp, holds: (found: string) => boolean): Span[] =>
  [...text.matchAll(shape)].filter(([found]) => holds(found)).map(({ index, 0: found }) => ({ start: index, end: index + found.length }))

function passesMod97(iban: string): boolean {
  let rest = 0
  for (const char of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(char, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}

function passesParcelCheck(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index++) sum += Number(digits[digits.length - 1 - index]) * (index % 2 === 0 ? 1 : 3)
  return sum % 10 === 0
}
