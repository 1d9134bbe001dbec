const ID_LENGTH_MAX = 900
const IDS_MAX = 200

/** The message ids of a field (RFC 5322, 3.6.4), with their brackets. Folds inside of them go; what forgot its brackets gets them. */
export function idsIn(value: string): string[] {
  const bracketed = [...value.matchAll(/<([^<>]{1,2000})>/g)].map(([, id = '']) => id.replace(/\s+/g, '')).filter((id) => id !== '')
  const ids = bracketed.length > 0 ? bracketed : value.split(/[\s,;]+/).filter((word) => /^[^\s<>@]+@[^\s<>@]+$/.test(word))
  return ids.map((id) => `<${id}>`).filter((id) => id.length <= ID_LENGTH_MAX).slice(0, IDS_MAX)
}
