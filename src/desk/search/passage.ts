import { foldText, wordsIn, type TextTerm } from '../query/model.ts'

/** Passages: the part of a text that fits best, with what fits between « and ». The text's own such marks become others, so that it cannot mark itself. */

const LENGTH = 180
/** A text is looked through so far, in UTF-16 units. */
const LOOKED_MAX = 20_000
const GAP = ' … '

interface Word {
  at: number
  end: number
  text: string
}

const WORD = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|(?:(?![\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])[\p{L}\p{N}\p{M}])+/gu
const placedWords = (text: string): Word[] => [...text.matchAll(WORD)].map((found) => ({ at: found.index, end: found.index + found[0].length, text: foldText(found[0]) }))

/** What English puts behind a word, the longest first. The database's own stems are finer; this only marks what it has found. */
const ENDINGS = ['ations', 'ation', 'ments', 'ment', 'ingly', 'ings', 'ing', 'edly', 'ers', 'ed', 'er', 'ies', 'ied', 'als', 'al', 'es', 'ly', 's', 'e', 'y']
const STEM_MIN = 3

function stemOf(word: string): string {
  const ending = ENDINGS.find((end) => word.endsWith(end) && word.length - end.length >= STEM_MIN)
  const stem = ending ? word.slice(0, -ending.length) : word
  // Stopped and stop, refer and referred.
  return /([bdfgmnprt])\1$/.test(stem) && stem.length > STEM_MIN ? stem.slice(0, -1) : stem
}

/** Forms of one word, and a word that is being written. */
const isFormOf = (word: string, sought: string): boolean =>
  word === sought || (sought.length >= STEM_MIN && word.startsWith(sought)) || (!/\d/.test(sought) && stemOf(word) === stemOf(sought))

/** Where the words of a term stand one after the other. */
function marksOf(words: readonly Word[], term: TextTerm): Word[] {
  const sought = wordsIn(term.text)
  if (sought.length === 0) return []
  const fits = (word: Word | undefined, at: number) => {
    const wanted = sought[at] ?? ''
    return word !== undefined && (term.form === 'prefix' && at === sought.length - 1 ? word.text.startsWith(wanted) : isFormOf(word.text, wanted))
  }
  return words.flatMap((word, begin) => {
    if (!sought.every((_, at) => fits(words[begin + at], at))) return []
    return [{ at: word.at, end: words[begin + sought.length - 1]?.end ?? word.end, text: term.text }]
  })
}

/** The beginning of the stretch in which most different terms stand. */
function bestBegin(marks: readonly Word[]): number {
  let [best, most] = [0, 0]
  for (const { at } of marks) {
    const count = new Set(marks.filter((mark) => mark.at >= at && mark.end <= at + LENGTH).map(({ text }) => text)).size
    if (count > most) [best, most] = [at, count]
  }
  return best
}

/** The passage of a text for these terms; without any of them in it, its beginning. */
export function passageOf(given: string, terms: readonly TextTerm[]): string {
  const text = given.slice(0, LOOKED_MAX).replaceAll('«', '‹').replaceAll('»', '›')
  const words = placedWords(text)
  const marks = terms.filter(({ not }) => !not).flatMap((term) => marksOf(words, term)).sort((a, b) => a.at - b.at || b.end - a.end)
  const first = marks.length > 0 ? bestBegin(marks) : 0
  // Some words before it, so that it reads as part of a sentence.
  const begin = words.findLast(({ at }) => at <= Math.max(0, first - 20))?.at ?? 0
  const from = first <= 40 ? 0 : begin
  const until = words.findLast(({ end }) => end <= from + LENGTH)?.end ?? Math.min(text.length, from + LENGTH)
  const end = words.at(-1)?.end === until ? Math.min(text.length, until + 1) : until
  return `${from > 0 ? GAP.trimStart() : ''}${marked(text, marks, from, Math.max(end, from))}${end < text.trimEnd().length ? GAP.trimEnd() : ''}`.replace(/\s+/g, ' ').trim()
}

function marked(text: string, marks: readonly Word[], from: number, until: number): string {
  let [out, at] = ['', from]
  for (const mark of marks) {
    if (mark.at < at || mark.end > until) continue
    out += `${text.slice(at, mark.at)}«${text.slice(mark.at, mark.end)}»`
    at = mark.end
  }
  return out + text.slice(at, until)
}
