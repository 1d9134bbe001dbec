/** The door of language: pure text technology, without a database. */
export { findCards, hiddenDigits, maskCards, type Card } from './cards.ts'
export { cleanHtml, contentIdsIn, type CleanOptions } from './html/clean.ts'
export { escapeHtml, tooMuch as tooMuchHtml } from './html/limits.ts'
export { htmlToText } from './html/text.ts'
export { splitReply, type SplitReply } from './replies.ts'
