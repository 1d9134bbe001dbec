/** The door of language: pure text technology, without a database. */
export { findCards, maskCards, type Card } from './cards.ts'
export { splitReply, type SplitReply } from './replies.ts'
