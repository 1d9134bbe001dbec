/** What a benchmark found: a title, rows under column names, and whether each promise holds. */
export interface Finding {
  title: string
  columns: string[]
  rows: (string | number)[][]
  promises: Promised[]
}

export interface Promised {
  words: string
  holds: boolean
  /** The figure found, with its unit. */
  found: string
}

/** The value below which the given share of the values lies (nearest rank). NaN of no values. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) return Number.NaN
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!
}

/** A number as people compare it: three significant figures, whole above 100. */
export const figure = (value: number): string => (!Number.isFinite(value) ? '-' : Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3))))

export const atMost = (words: string, value: number, limit: number, unit: string): Promised => ({ words: `${words}: at most ${limit} ${unit}`, holds: value <= limit, found: `${figure(value)} ${unit}` })
export const atLeast = (words: string, value: number, limit: number, unit: string): Promised => ({ words: `${words}: at least ${limit} ${unit}`, holds: value >= limit, found: `${figure(value)} ${unit}` })

/** The finding as text: a table with numbers right-aligned, and one line a promise. */
export function render({ title, columns, rows, promises }: Finding): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? figure(cell) : cell)))
  const widths = columns.map((column, index) => Math.max(column.length, ...cells.map((row) => row[index]?.length ?? 0)))
  const line = (row: readonly string[], numeric: readonly boolean[]) =>
    row.map((cell, index) => (numeric[index] ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0))).join('  ').trimEnd()
  const numeric = columns.map((_, index) => rows.some((row) => typeof row[index] === 'number'))
  return [
    '', title, line(columns, numeric), widths.map((width) => '-'.repeat(width)).join('  '), ...cells.map((row) => line(row, numeric)),
    ...promises.map((promised) => `${promised.holds ? 'holds' : 'FALLS SHORT'}  ${promised.words} (found ${promised.found})`),
  ].join('\n')
}
