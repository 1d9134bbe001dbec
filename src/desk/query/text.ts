/** Words as they are compared: without accents and case, in the order in which they stand. */

/** The letters under the accents, in small letters. */
export const foldText = (text: string): string => text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase().normalize('NFKD').replace(/\p{M}+/gu, '')

/** The words of a text: runs of letters and figures. */
export const wordsIn = (text: string): string[] => foldText(text).match(/[\p{L}\p{N}]+/gu) ?? []

/** Whether these words stand in the text one after the other; the last may be the beginning of one. */
export function standsIn(words: readonly string[], sought: readonly string[], asPrefix: boolean): boolean {
  const last = sought.length - 1
  return sought.length === 0 || words.some((_, begin) => sought.every((word, index) =>
    (asPrefix && index === last ? (words[begin + index]?.startsWith(word) ?? false) : words[begin + index] === word)))
}
