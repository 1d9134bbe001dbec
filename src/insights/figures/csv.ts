/** Tables for spreadsheets (RFC 4180), in which no cell is taken for a formula. */

export type CsvValue = string | number | Date | null

/** What makes spreadsheets calculate, also in the full-width forms that some of them fold (OWASP, CSV injection). */
const FORMULA = /^\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/
const QUOTED = /[",\r\n;]|^\s|\s$/

/** One cell: texts that would be a formula begin with an apostrophe; instants are ISO 8601. */
export function cellOf(value: CsvValue): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = value instanceof Date ? value.toISOString() : FORMULA.test(value) || value.startsWith('\t') || value.startsWith('\r') ? `'${value}` : value
  return QUOTED.test(text) || text.startsWith("'") ? `"${text.replaceAll('"', '""')}"` : text
}

export const lineOf = (values: readonly CsvValue[]): string => `${values.map(cellOf).join(',')}\r\n`

export const BYTE_ORDER_MARK = '\ufeff'
