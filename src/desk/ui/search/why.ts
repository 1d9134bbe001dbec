import type { Hit } from '../wire.ts'

/** Why something was found, in words; null where the passage says it. */
export function whyWords({ reason, name, near }: Hit['why']): string | null {
  const like = near ? 'Like what you wrote: ' : ''
  if (reason === 'note') return 'Note'
  if (reason === 'attachment') return `In ${name}`
  if (reason === 'reference') return `${like}mentions ${name}`
  if (reason === 'address') return `${like}${name} takes part`
  return reason === 'account' || reason === 'customer' ? `${like}${name}` : null
}

/** Hits by what stands in the case itself have a passage worth showing; the others are explained. */
export const showsPassage = ({ reason }: Hit['why']): boolean => reason === 'message' || reason === 'note' || reason === 'attachment'
