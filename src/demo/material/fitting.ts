/**
 * A piece may say what it goes with, before a bar: `0,2|` with the first and the third opening, `?1|` after the second question, `?-|` when
 * nothing was asked, both in this order. What says nothing goes with everything.
 */
const MARK = /^(\d(?:,\d)*)?(?:\?([\d-]))?\|/

const kept = new Map<readonly string[], Map<string, readonly string[]>>()

/** The pieces that go with an opening and with what was asked (null: nothing); those made for just that question first of all. */
export function fitting(pieces: readonly string[], opening: number, asked: number | null): readonly string[] {
  const known = kept.get(pieces) ?? new Map<string, readonly string[]>()
  kept.set(pieces, known)
  const key = `${opening} ${asked}`
  const found = known.get(key) ?? choose(pieces, opening, asked === null ? '-' : String(asked))
  known.set(key, found)
  return found
}

function choose(pieces: readonly string[], opening: number, asked: string): string[] {
  const read = pieces.map((piece) => {
    const [mark = '', openings, question] = MARK.exec(piece) ?? []
    return { text: piece.slice(mark.length), fits: (openings === undefined || openings.split(',').includes(String(opening))) && (question === undefined || question === asked), apt: question === asked }
  })
  const fits = read.filter((piece) => piece.fits)
  const apt = fits.filter((piece) => piece.apt)
  return (apt.length > 0 && asked !== '-' ? apt : fits).map(({ text }) => text)
}
