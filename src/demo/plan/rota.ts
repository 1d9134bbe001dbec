import type { SampleAgent } from '../cast/agents.ts'
import { queues, sites, teams, type SkillKey } from '../cast/places.ts'
import type { Random } from '../random.ts'
import { HOUR_MS, instantAt, localOf } from './hours.ts'
import type { AgentPlace } from './model.ts'

/** Who is there, and how much each has on the desk, at any instant. */
export interface Rota {
  onShift(agent: AgentPlace, at: number): boolean
  /** The instant itself when the agent is there then, else soon after the next shift begins. */
  whenThere(agent: AgentPlace, at: number): number
  /** Who takes a case of the queue, and when: of those who are there, the one with the least on the desk; nobody takes more than they can hold. */
  taker(queue: string, at: number, wanted: { skill?: SkillKey; not?: AgentPlace }): { agent: AgentPlace; at: number }
  /** Notes that a case lies with an agent. */
  hold(agent: AgentPlace, from: number, to: number): void
  held(agent: AgentPlace, at: number): number
  leadOf(agent: AgentPlace): AgentPlace
}

const HELD_MAX = 8
const zones: ReadonlyMap<string, string> = new Map(teams.map((team) => [team.key, sites.find(({ key }) => key === team.site)?.timeZone ?? 'UTC']))
const siteOf = (agent: SampleAgent) => teams.find(({ key }) => key === agent.team)?.site

export function makeRota(cast: readonly SampleAgent[], random: Random, now: number): Rota {
  const holding = cast.map((): [from: number, to: number][] => [])
  const agentAt = (place: AgentPlace) => {
    const agent = cast[place]
    if (!agent) throw new Error(`nobody at place ${place} of the cast`)
    return { ...agent, zone: zones.get(agent.team) ?? 'UTC' }
  }
  const works = (agent: SampleAgent, weekday: number) => (agent.weekends ? weekday === 0 || weekday >= 3 : weekday >= 1 && weekday <= 5)
  const onShift = (place: AgentPlace, at: number) => {
    const agent = agentAt(place)
    const { weekday, minutes } = localOf(agent.zone, at)
    return works(agent, weekday) && minutes >= agent.shift[0] * 60 && minutes < agent.shift[1] * 60
  }
  const whenThere = (place: AgentPlace, at: number) => {
    if (onShift(place, at)) return at
    const agent = agentAt(place)
    for (let day = 0; day < 9; day++) {
      const begin = instantAt(agent.zone, at, day, agent.shift[0] * 60)
      if (begin >= at && works(agent, localOf(agent.zone, begin).weekday)) return begin + random.between(3, 55) * 60_000
    }
    throw new Error(`${agent.name} never comes`)
  }
  const held = (place: AgentPlace, at: number) => (holding[place] ?? []).filter(([from, to]) => from <= at && at < to).length
  const places = cast.map((_, place) => place)
  return {
    onShift, whenThere, held,
    hold: (place, from, to) => void holding[place]?.push([from, to]),
    leadOf: (place) => leadOf(cast, agentAt(place)),
    taker: (queue, from, { skill, not }) => {
      const inQueue = places.filter((place) => place !== not && agentAt(place).role === 'agent' && isOf(agentAt(place), queue))
      const able = skill ? inQueue.filter((place) => agentAt(place).skills.some(([word]) => word === skill)) : []
      const asked = able.length > 0 ? able : inQueue
      for (let at = from; ; at += HOUR_MS / 2) {
        // What comes after now is not going to happen, so nobody has to have room for it.
        const free = asked.filter((place) => onShift(place, at) && (at > now || held(place, at) < HELD_MAX))
        const [first] = free.map((place) => ({ place, load: held(place, at) + random.next() })).toSorted((a, b) => a.load - b.load)
        if (first) return { agent: first.place, at: at === from ? at : at + random.between(1, 20) * 60_000 }
      }
    },
  }
}

/** The lead of the own team, else one of the site. */
function leadOf(cast: readonly SampleAgent[], agent: SampleAgent): AgentPlace {
  const own = cast.findIndex(({ role, team }) => role === 'lead' && team === agent.team)
  return own !== -1 ? own : Math.max(0, cast.findIndex((other) => other.role === 'lead' && siteOf(other) === siteOf(agent)))
}

const isOf = (agent: SampleAgent, queue: string) => queues.find(({ key }) => key === queue)?.teams.includes(agent.team) ?? false
