import type { Person, Whereabouts } from '#platform'

export interface Where {
  number: number
  doing: Person['doing']
}

/** Who is in which case, by person: the ground knows it by place and tells every change. */
export function openPlaces(whereabouts: Pick<Whereabouts, 'onChange'>): () => ReadonlyMap<string, readonly Where[]> {
  const places = new Map<number, readonly Person[]>()
  whereabouts.onChange((place, people) => {
    const number = Number(/^case:(\d{1,15})$/.exec(place)?.[1] ?? Number.NaN)
    if (Number.isNaN(number)) return
    if (people.length > 0) places.set(number, people)
    else places.delete(number)
  })
  return () => {
    const found = new Map<string, Where[]>()
    for (const [number, people] of places) for (const { agent, doing } of people) found.set(agent, [...(found.get(agent) ?? []), { number, doing }])
    // Whoever writes in one is at work there, whatever else is open.
    for (const where of found.values()) where.sort((a, b) => Number(b.doing === 'writing') - Number(a.doing === 'writing') || a.number - b.number)
    return found
  }
}
