import type { Wire } from '../log/wire.ts'

export type Doing = 'viewing' | 'writing' | 'gone'

export interface Person {
  agent: string
  name: string
  doing: 'viewing' | 'writing'
}

export interface Whereabouts {
  /** Says where somebody is, on every instance. It fades by itself when it is not said again. */
  say(place: string, agent: { id: string; name: string }, doing: Doing): void
  at(place: string): Person[]
  onChange(listener: (place: string, people: Person[]) => void): () => void
  stop(): void
}

const FADES_AFTER_MS = 30_000
const CHANNEL = 'meridian_presence'

interface Said {
  place: string
  agent: string
  name: string
  doing: Doing
}

/** Who is in which case and who is writing: held in memory, told over the wire, never stored. */
export function openWhereabouts(wire: Wire, now: () => number = Date.now): Whereabouts {
  const places = new Map<string, Map<string, Person & { until: number }>>()
  const listeners = new Set<(place: string, people: Person[]) => void>()
  const at = (place: string): Person[] =>
    [...(places.get(place)?.values() ?? [])].map(({ agent, name, doing }) => ({ agent, name, doing })).sort((a, b) => a.name.localeCompare(b.name))
  const changed = (place: string) => listeners.forEach((listener) => listener(place, at(place)))

  const hear = ({ place, agent, name, doing }: Said) => {
    const people = places.get(place) ?? new Map<string, Person & { until: number }>()
    const before = people.get(agent)?.doing
    if (doing === 'gone') people.delete(agent)
    else people.set(agent, { agent, name, doing, until: now() + FADES_AFTER_MS })
    if (people.size > 0) places.set(place, people)
    else places.delete(place)
    if (before !== people.get(agent)?.doing) changed(place)
  }
  wire.on(CHANNEL, (payload) => {
    const said = readSaid(payload)
    if (said) hear(said)
  })
  const timer = setInterval(() => {
    for (const [place, people] of places) {
      const faded = [...people.values()].filter((person) => person.until < now())
      for (const person of faded) hear({ place, agent: person.agent, name: person.name, doing: 'gone' })
    }
  }, FADES_AFTER_MS / 6)
  return {
    at,
    say: (place, agent, doing) => wire.say(CHANNEL, JSON.stringify({ place, agent: agent.id, name: agent.name.slice(0, 100), doing })),
    onChange: (listener) => { listeners.add(listener); return () => listeners.delete(listener) },
    stop: () => clearInterval(timer),
  }
}

/** Whoever may reach the database may say anything on its channels. */
function readSaid(payload: string): Said | null {
  try {
    const said: unknown = JSON.parse(payload)
    return isSaid(said) ? said : null
  } catch {
    return null
  }
}

const isSaid = (value: unknown): value is Said =>
  typeof value === 'object' && value !== null && 'place' in value && typeof value.place === 'string' && 'agent' in value && typeof value.agent === 'string'
  && 'name' in value && typeof value.name === 'string' && 'doing' in value && (value.doing === 'viewing' || value.doing === 'writing' || value.doing === 'gone')
