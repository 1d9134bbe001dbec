/** Colleagues named in a note: `@Maya Lin` in its text, and the picker that writes it. */

export interface Colleague {
  id: string
  name: string
  email: string
  /** A team: everybody in it is asked. */
  team?: true
}

/** What is being typed after an @ at the caret; null when no name is being written. */
export function mentionAt(text: string, caret: number): { from: number; typed: string } | null {
  const before = text.slice(0, caret)
  const from = before.lastIndexOf('@')
  if (from === -1 || !/^(?:|.*[\s(])$/su.test(before.slice(0, from))) return null
  const typed = before.slice(from + 1)
  return /^[\p{L}\p{M}'’.-]*(?: [\p{L}\p{M}'’.-]*)?$/u.test(typed) && typed.length <= 60 ? { from, typed } : null
}

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** Colleagues whose name (any part of it) or address begins so, the names first. */
export function matching(colleagues: readonly Colleague[], typed: string, countMax = 6): Colleague[] {
  const wanted = fold(typed)
  const rank = ({ name, email }: Colleague) => {
    const plain = fold(name)
    if (plain.startsWith(wanted)) return 0
    if (plain.split(/[\s-]+/).some((part) => part.startsWith(wanted))) return 1
    return fold(email).startsWith(wanted) ? 2 : -1
  }
  return colleagues.map((colleague) => ({ colleague, rank: rank(colleague) })).filter(({ rank: place }) => place >= 0)
    .sort((a, b) => a.rank - b.rank || a.colleague.name.localeCompare(b.colleague.name)).slice(0, countMax).map(({ colleague }) => colleague)
}

/** Who is named in a text; of two names of which one begins the other, the longer counts. */
export function mentionedIn(text: string, colleagues: readonly Colleague[]): Colleague[] {
  const longestFirst = [...colleagues].filter(({ name }) => name !== '').sort((a, b) => b.name.length - a.name.length)
  let rest = text
  return longestFirst.filter(({ name }) => {
    const found = new RegExp(`(?<![\\p{L}\\p{N}])@${escaped(name)}(?![\\p{L}\\p{N}])`, 'gu')
    const is = found.test(rest)
    rest = rest.replace(found, ' ')
    return is
  })
}

/** What a note asks for: people, and teams. */
export function asked(text: string, colleagues: readonly Colleague[]): { mentions: string[]; teams: string[] } {
  const named = mentionedIn(text, colleagues)
  return { mentions: named.filter(({ team }) => !team).map(({ id }) => id), teams: named.filter(({ team }) => team).map(({ id }) => id) }
}

/** "Lee and Team Risk may not see this case", for those whom a note would not reach. */
export function outsideWords(ids: readonly string[], colleagues: readonly Colleague[]): string {
  const names = colleagues.filter(({ id }) => ids.includes(id)).map(({ name, team }) => (team ? `anybody in ${name}` : name))
  if (names.length === 0) return 'Somebody whom the note names may not see this case'
  const last = names.at(-1) ?? ''
  return `${names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`} may not see this case: take the name out, or ask somebody else`
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
