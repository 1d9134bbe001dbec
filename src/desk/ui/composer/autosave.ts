/**
 * The life of a draft in one window: what is written here, what the server has, and what happens when another window saved in between.
 * Pure; the hook beside it does the talking.
 */

export interface Words {
  body: string
  /** Addresses in copy; null means everybody in copy on the case. */
  cc: string[] | null
  /** Uploads that go along. */
  files: readonly FileWords[]
}

export interface FileWords {
  id: string
  name: string
  type: string
  size: number
}

/** A draft as the server has it. */
export interface Kept {
  words: Words
  version: number
}

export interface DraftState {
  words: Words
  /** What the server has, as far as this window knows. */
  kept: Kept | null
  phase: 'still' | 'dirty' | 'saving' | 'unreachable' | 'conflict'
  /** What was being saved when it was written on meanwhile. */
  sent: Words | null
  /** The other window's draft, while both stand. */
  theirs: Kept | null
}

export type DraftEvent =
  /** What is written changes; what is not named stays. */
  | { is: 'typed'; words: Partial<Words> | ((now: Words) => Partial<Words>) }
  /** The pause after writing is over: what there is goes to the server. */
  | { is: 'saving' }
  /** The server may have masked card numbers in it: `body` is as it keeps it. */
  | { is: 'saved'; version: number; body?: string }
  | { is: 'unreachable' }
  /** The server refused to save over a version that this window has not seen. */
  | { is: 'stale'; theirs: Kept | null }
  /** The server's draft came in, by itself or because another window told. */
  | { is: 'arrived'; kept: Kept | null }
  | { is: 'keptMine' }
  | { is: 'tookTheirs' }
  /** Sent or discarded. */
  | { is: 'cleared' }

export const nothing: Words = { body: '', cc: null, files: [] }
export const blank: DraftState = { words: nothing, kept: null, phase: 'still', sent: null, theirs: null }

export const isSame = (a: Words, b: Words): boolean => a.body === b.body && sameList(a.cc, b.cc) && sameList(a.files.map(({ id }) => id), b.files.map(({ id }) => id))

const sameList = (a: readonly string[] | null, b: readonly string[] | null) => a === b || (a !== null && b !== null && a.length === b.length && a.every((word, at) => word === b[at]))
const isEmpty = (words: Words) => words.body === '' && words.files.length === 0
const keptWords = (kept: Kept | null): Words => kept?.words ?? nothing

/** Whether something here is not yet on the server: such words are kept in the browser too. */
export const isUnsaved = (state: DraftState): boolean => state.phase !== 'still'

export function decideDraft(state: DraftState, event: DraftEvent): DraftState {
  switch (event.is) {
    case 'typed': return typed(state, { ...state.words, ...(typeof event.words === 'function' ? event.words(state.words) : event.words) })
    case 'saving': return state.phase === 'dirty' || state.phase === 'unreachable' ? { ...state, phase: 'saving', sent: state.words } : state
    case 'saved': return saved(state, event.version, event.body)
    case 'unreachable': return { ...state, phase: state.phase === 'saving' ? 'unreachable' : state.phase, sent: null }
    case 'stale': return stale(state, event.theirs)
    case 'arrived': return arrived(state, event.kept)
    // Saved over the version that stands there now, which the writer has looked at.
    case 'keptMine': return state.phase === 'conflict' ? { ...state, kept: state.theirs, theirs: null, phase: 'dirty' } : state
    case 'tookTheirs': return state.phase === 'conflict' ? { ...blank, words: keptWords(state.theirs), kept: state.theirs } : state
    case 'cleared': return blank
  }
}

function typed(state: DraftState, words: Words): DraftState {
  if (isSame(words, state.words)) return state
  if (state.phase === 'conflict' || state.phase === 'saving') return { ...state, words }
  return { ...state, words, phase: isSame(words, keptWords(state.kept)) ? 'still' : 'dirty' }
}

function saved(state: DraftState, version: number, body = state.sent?.body ?? ''): DraftState {
  if (state.phase !== 'saving' || !state.sent) return state
  const words = { ...state.sent, body }
  const kept = { words, version }
  if (isSame(state.words, state.sent)) return { ...state, words, kept, sent: null, phase: 'still' }
  return { ...state, kept, sent: null, phase: 'dirty' }
}

function stale(state: DraftState, theirs: Kept | null): DraftState {
  // The other window sent or discarded it: what is written here begins anew.
  if (!theirs) return { ...state, kept: null, sent: null, phase: 'dirty' }
  if (isSame(theirs.words, state.words)) return { ...state, kept: theirs, sent: null, phase: 'still' }
  return { ...state, phase: 'conflict', sent: null, theirs }
}

function arrived(state: DraftState, kept: Kept | null): DraftState {
  switch (state.phase) {
    // Nobody has written here since: the newest there is, is shown.
    case 'still': return { ...blank, words: keptWords(kept), kept }
    // Our own answer is still under way and decides.
    case 'saving': return state
    case 'conflict': return kept ? { ...state, theirs: kept } : { ...state, kept: null, theirs: null, phase: 'dirty' }
    default: return kept && kept.version > (state.kept?.version ?? 0) && !isEmpty(kept.words) ? stale(state, kept) : state
  }
}

/** What a browser kept of an unsaved draft, with the version that it was written over. */
export interface Local {
  words: Words
  version: number | null
}

/** Opens a draft from what the server has and what this browser kept of it when it closed too early. */
export function openDraft(kept: Kept | null, local: Local | null): DraftState {
  const fromServer: DraftState = { ...blank, words: keptWords(kept), kept }
  if (!local || isSame(local.words, keptWords(kept)) || isEmpty(local.words)) return fromServer
  if (kept && local.version !== null && kept.version > local.version) return { ...blank, words: local.words, kept, phase: 'conflict', theirs: kept }
  return { ...blank, words: local.words, kept, phase: 'dirty' }
}

/** What the composer says about it, in words; null when there is nothing to say. */
export function draftWords(state: DraftState): string | null {
  switch (state.phase) {
    case 'saving': case 'dirty': return 'Saving…'
    case 'unreachable': return 'Kept in this browser until the server can be reached'
    case 'conflict': return 'Written on in another window'
    case 'still': return isEmpty(state.words) ? null : 'Draft saved'
  }
}
