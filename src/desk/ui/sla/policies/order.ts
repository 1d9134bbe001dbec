/** A list in which one thing stands at another place. */
export function reordered(ids: readonly string[], id: string, place: number): string[] {
  const rest = ids.filter((other) => other !== id)
  rest.splice(Math.max(0, Math.min(rest.length, place)), 0, id)
  return rest
}
