import type { Visibility } from '../wire.ts'
import type { Local } from './autosave.ts'

/** Unsaved drafts in the browser's own storage, so that a reload, a crash or a lost connection takes no word. */

export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const nameOf = (me: string, number: number, visibility: Visibility) => `meridian.draft.${me}.${number}.${visibility}`

export function keepLocal(shelf: Shelf, place: { me: string; number: number; visibility: Visibility }, local: Local | null): void {
  const name = nameOf(place.me, place.number, place.visibility)
  try {
    if (local) shelf.setItem(name, JSON.stringify(local))
    else shelf.removeItem(name)
  } catch {
    // A full or forbidden storage takes nothing away from the draft on the server.
  }
}

export function readLocal(shelf: Shelf, place: { me: string; number: number; visibility: Visibility }): Local | null {
  try {
    const value: unknown = JSON.parse(shelf.getItem(nameOf(place.me, place.number, place.visibility)) ?? 'null')
    return isLocal(value) ? value : null
  } catch {
    return null
  }
}

function isLocal(value: unknown): value is Local {
  if (typeof value !== 'object' || value === null || !('words' in value) || !('version' in value)) return false
  const { words, version } = value
  if (typeof words !== 'object' || words === null || !('body' in words) || typeof words.body !== 'string' || !('cc' in words)) return false
  const isCc = words.cc === null || (Array.isArray(words.cc) && words.cc.every((address) => typeof address === 'string'))
  const isFiles = 'files' in words && Array.isArray(words.files) && words.files.every(isFile)
  return isCc && isFiles && (version === null || typeof version === 'number')
}

const isFile = (value: unknown) =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' && 'name' in value && typeof value.name === 'string'
  && 'type' in value && typeof value.type === 'string' && 'size' in value && typeof value.size === 'number'
