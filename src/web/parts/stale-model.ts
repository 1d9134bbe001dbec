/** What the fields of a thing say to people, by name. */
export type Said = Readonly<Record<string, string | null>>

/** What somebody else changed while a form stood open, one phrase a field: `the segment from SMB to Enterprise`. */
export function changesBetween(seen: Said, now: Said, names: Readonly<Record<string, string>>): string[] {
  return Object.keys(names).filter((field) => (seen[field] ?? null) !== (now[field] ?? null)).map((field) => {
    const [before, after] = [seen[field], now[field]]
    if (!before) return `the ${names[field]} to ${after}`
    return after ? `the ${names[field]} from ${before} to ${after}` : `the ${names[field]}, which was ${before} and is empty now`
  })
}

/** What is saved over a newer version: the fields that the writer touched as written, the others as somebody else has saved them. */
export function mineOver<T extends object>(seen: T, now: T, mine: T): T {
  const merged = { ...mine }
  for (const field in merged) if (JSON.stringify(mine[field]) === JSON.stringify(seen[field])) merged[field] = now[field]
  return merged
}

/** One sentence of it. */
export const staleWords = (changes: readonly string[]): string =>
  (changes.length === 0 ? 'Somebody saved this while you were editing, without changing what you see here.' : `While you were editing, somebody changed ${new Intl.ListFormat('en', { type: 'conjunction' }).format(changes)}.`)
