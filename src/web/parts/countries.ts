const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

/** A country by its two letters (ISO 3166-1), in words; the letters themselves when the browser does not know it. */
export const countryName = (code: string): string => (/^[A-Z]{2}$/.test(code) ? names.of(code) : undefined) ?? code

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
/** Regions that are no countries, and what the browser's own list keeps for programs. */
const NO_COUNTRIES = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ'])

/** The countries that the reader's browser knows by name, in the order of their names. */
export function countries(): { code: string; name: string }[] {
  const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).filter((code) => !NO_COUNTRIES.has(code))
  const named = codes.flatMap((code) => {
    const name = names.of(code)
    // Codes that are out of use lead to the one that took their place.
    return name !== undefined && new Intl.Locale(`und-${code}`).region === code ? [{ code, name }] : []
  })
  return named.toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
}
