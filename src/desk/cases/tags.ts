import { maskCards } from '#language'
import type { Tx } from '#platform'
import { refuse } from '../refusals.ts'
import { normaliseTag } from './model.ts'
import { addTag, dropTag, tagsOf } from './store.ts'

/** The one form in which a tag is kept. @throws tag.invalid */
export function requireTag(text: string): string {
  const tag = normaliseTag(maskCards(text).text)
  if (tag === null) throw refuse('tag.invalid', { errors: [{ path: '/tags', code: 'tag.invalid' }] })
  return tag
}

/** Gives a case exactly these tags. @returns what that changed; null when nothing. */
export async function retag(tx: Tx, caseId: string, wanted: readonly string[]): Promise<{ added: string[]; dropped: string[] } | null> {
  const tags = new Set(wanted.map(requireTag))
  const now = await tagsOf(tx, caseId)
  const added = [...tags].filter((tag) => !now.includes(tag))
  const dropped = now.filter((tag) => !tags.has(tag))
  for (const tag of added) await addTag(tx, caseId, tag)
  for (const tag of dropped) await dropTag(tx, caseId, tag)
  return added.length + dropped.length > 0 ? { added, dropped } : null
}
