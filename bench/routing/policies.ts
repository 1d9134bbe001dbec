import { queues } from '../../src/demo/cast/places.ts'
import { patienceStandard, pulled, route, type CandidateAgent, type QueueRouting, type RoutingSettings, type WaitingCase } from '../../src/desk/routing/model.ts'
import { promisedHours, loadOf, type Job, type Person, type Policy } from './simulate.ts'

const CAPACITY = 8
const membersOf = (queue: string, people: readonly Person[]) => people.filter(({ worker, there }) => there && queues.find(({ key }) => key === queue)?.teams.some((team) => team === worker.sample.team))

/** One after the other, to whoever is there, whatever they can and however much they have. */
export function roundRobin(): Policy {
  const turns = new Map<string, number>()
  return {
    name: 'round robin', takesBack: false,
    give: (waiting, people) => waiting.flatMap((job) => {
      const members = membersOf(job.arrival.queue, people)
      const turn = turns.get(job.arrival.queue) ?? 0
      const to = members[turn % Math.max(1, members.length)]
      if (!to) return []
      turns.set(job.arrival.queue, turn + 1)
      return [{ job, to }]
    }),
  }
}

/** To whoever is there, has room and waits longest for a case, first come, first served. */
export const longestIdle = (): Policy => ({
  name: 'longest idle', takesBack: false,
  give: (waiting, people) => {
    const more = new Map<Person, number>()
    const seen = new Map<Person, number>()
    return waiting.flatMap((job, index) => {
      const free = membersOf(job.arrival.queue, people).filter((person) => loadOf(person) + (more.get(person) ?? 0) < CAPACITY)
      const since = (person: Person) => seen.get(person) ?? person.lastGiven ?? -1
      const to = free.toSorted((a, b) => since(a) - since(b))[0]
      if (!to) return []
      more.set(to, (more.get(to) ?? 0) + 1)
      seen.set(to, Number.MAX_SAFE_INTEGER - 1_000_000 + index)
      return [{ job, to }]
    })
  },
})

const HOUR_MS = 3_600_000

/** The desk's own decision, with the queue's skill needed and the language dropped after an hour. */
export function ours(stickyMinutes: number | null = 30): Policy {
  const settings: RoutingSettings = {
    queues: new Map(queues.map((queue): [string, QueueRouting] => [queue.key, { ...pulled(queue.key), mode: 'push', teams: queue.teams, stickyMinutes }])), patienceMinutes: patienceStandard, assignmentsMax: 500,
  }
  const agentOf = (person: Person): CandidateAgent => ({
    id: person.worker.id, teamId: person.worker.sample.team, admin: false, presence: person.there ? 'available' : 'off', presenceAt: 0, onShift: person.there, skills: person.worker.levels, load: loadOf(person), capacity: CAPACITY, lastAssignedAt: person.lastGiven,
  })
  const caseOf = ({ arrival, queuedAt }: Job, owner: string | null): WaitingCase => ({
    id: String(arrival.number), number: arrival.number, version: 1, queueId: arrival.queue, priority: arrival.priority, channel: 'email', dueAt: arrival.at + promisedHours[arrival.priority] * HOUR_MS, waitingSince: arrival.at, queuedAt,
    needs: arrival.wants.map((skillId, index) => ({ skillId, level: 1, dropAfterMinutes: index === 0 ? null : 60, source: 'queue' as const })), ownerId: owner, missed: [],
  })
  return {
    name: stickyMinutes === null ? 'Meridian, no owners' : 'Meridian', takesBack: true,
    give: (waiting, people, at, owners) => {
      const byNumber = new Map(waiting.map((job) => [job.arrival.number, job]))
      const byId = new Map(people.map((person) => [person.worker.id, person]))
      return route(waiting.map((job) => caseOf(job, owners.get(job.arrival.customer) ?? null)), people.map(agentOf), new Date(at), settings).flatMap(({ number, agentId }) => {
        const [job, to] = [byNumber.get(number), byId.get(agentId ?? '')]
        return job && to ? [{ job, to }] : []
      })
    },
  }
}
