/**
 * How well letters fit a text, 0 when they do not: each letter of the search in order, better at the beginning of words and in one run.
 * Accents count as their letters, so `jose` finds José.
 */
export function fit(text: string, search: string): number {
  const [within, wanted] = [plain(text), plain(search).replace(/\s+/g, ' ').trim()]
  if (wanted === '') return 1
  const whole = within.indexOf(wanted)
  if (whole === 0) return 100
  if (whole > 0) return isStart(within, whole) ? 90 : 60
  return inWordsOf(within, wanted) ? 50 : scattered(within, wanted)
}

/** The items that fit, the best first; equal ones keep their order. */
export function fuzzy<T>(items: readonly T[], search: string, textOf: (item: T) => string): T[] {
  return items.map((item) => ({ item, score: fit(textOf(item), search) })).filter(({ score }) => score > 0).sort((a, b) => b.score - a.score).map(({ item }) => item)
}

/** Every word of the search begins a word of the text. */
const inWordsOf = (text: string, search: string) => search.split(' ').every((word) => text.startsWith(word) || text.includes(` ${word}`))

function scattered(text: string, search: string): number {
  let [at, score] = [-1, 0]
  for (const letter of search.replaceAll(' ', '')) {
    const next = text.indexOf(letter, at + 1)
    if (next === -1) return 0
    score += next === at + 1 ? 2 : isStart(text, next) ? 2 : 0
    at = next
  }
  return score >= search.length ? Math.min(40, score) : 0
}

const isStart = (text: string, at: number) => at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1] ?? '')
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
