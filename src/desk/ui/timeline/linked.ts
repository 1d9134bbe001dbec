/** A piece of a text: an address of the web, or anything else. */
export interface Piece {
  text: string
  href: string | null
}

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`]+/gi

/** Finds the web addresses in a text; what closes a sentence or a bracket is no part of one. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0])
    if (!URL.canParse(address)) continue
    if (match.index > at) pieces.push({ text: text.slice(at, match.index), href: null })
    pieces.push({ text: address, href: address })
    at = match.index + address.length
  }
  if (at < text.length) pieces.push({ text: text.slice(at), href: null })
  return pieces
}

const CLOSING = '.,;:!?…»”’'

/** From its end, once: strangers write these texts, and an address may be as long as a mail. */
function trimmed(address: string): string {
  let [end, surplus] = [address.length, count(address, ')') - count(address, '(')]
  for (; end > 0; end--) {
    const last = address.charAt(end - 1)
    if (last === ')' && surplus > 0) surplus--
    else if (!CLOSING.includes(last)) break
  }
  return address.slice(0, end)
}

const count = (text: string, letter: string) => text.split(letter).length - 1
