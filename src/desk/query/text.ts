/** Words as they are compared: without accents and case, in the order in which they stand. */

/** Letters that are others with something beside or through them, which no accent to take away says. */
const LETTERS: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' }

/** The letters under the accents, in small letters. */
export const foldText = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase().normalize('NFKD').replace(/\p{M}+/gu, '').replace(/[ßøæœłđðþı]/g, (letter) => LETTERS[letter] ?? letter)

/** Scripts without spaces between words: each of their signs is compared by itself, and several as a phrase. */
const SIGN = '[\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff]'
const WORD = new RegExp(`${SIGN}|(?:(?!${SIGN})[\\p{L}\\p{N}])+`, 'gu')

/** The words of a text: runs of letters and figures. */
export const wordsIn = (text: string): string[] => foldText(text).match(WORD) ?? []

/** Whether these words stand in the text one after the other; the last may be the beginning of one. */
export function standsIn(words: readonly string[], sought: readonly string[], asPrefix: boolean): boolean {
  const last = sought.length - 1
  return sought.length === 0 || words.some((_, begin) => sought.every((word, index) =>
    (asPrefix && index === last ? (words[begin + index]?.startsWith(word) ?? false) : words[begin + index] === word)))
}
