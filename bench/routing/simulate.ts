import { from, STEP_MS, until, workers, type Arrival, type Worker } from './centre.ts'

/** Minute by minute: cases arrive, a policy gives them to people, and people on shift work one at a time, the oldest first. */

export interface Job {
  arrival: Arrival
  queuedAt: number
  /** Its first reply is out. */
  again: boolean
}

export interface Person {
  worker: Worker
  there: boolean
  /** Given and not begun. */
  desk: Job[]
  current: { job: Job; left: number } | null
  lastGiven: number | null
  worked: number
}

export interface Policy {
  name: string
  /** What was given and not begun goes back when a shift ends. */
  takesBack: boolean
  give(waiting: readonly Job[], people: readonly Person[], at: number, owners: ReadonlyMap<number, string>): { job: Job; to: Person }[]
}

export interface Outcome {
  /** Minutes from opening to first reply. */
  replies: number[]
  missed: number
  /** First replies by somebody who lacked a skill. */
  unskilled: number
  /** Minutes worked, of each person. */
  worked: number[]
}

/** Elapsed hours in which the first reply is promised. */
export const promisedHours = { urgent: 1, high: 4, normal: 8, low: 24 } as const
/** Each skill that is missing makes the work longer by half: asking colleagues, translating. */
const LACKING = 1.5

export const loadOf = (person: Person) => person.desk.length + (person.current ? 1 : 0)
const lacks = (worker: Worker, { wants }: Arrival) => wants.filter((skill) => !worker.levels.has(skill)).length

export function simulate(policy: Policy, arrivals: readonly Arrival[], onShift: (place: number, at: number) => boolean): Outcome {
  const people = workers.map((worker): Person => ({ worker, there: false, desk: [], current: null, lastGiven: null, worked: 0 }))
  const outcome: Outcome = { replies: [], missed: 0, unskilled: 0, worked: [] }
  const owners = new Map<number, string>()
  const returning = new Map<number, { person: Person; job: Job }[]>()
  let waiting: Job[] = []
  let next = 0
  for (let at = Math.floor(from / STEP_MS) * STEP_MS; at < until; at += STEP_MS) {
    for (; next < arrivals.length && arrivals[next]!.at <= at; next++) waiting.push({ arrival: arrivals[next]!, queuedAt: at, again: false })
    for (const { person, job } of returning.get(at) ?? []) person.desk.push(job)
    for (const person of people) {
      const there = onShift(person.worker.place, at)
      if (policy.takesBack && person.there && !there) {
        waiting.push(...person.desk.filter(({ again }) => !again).map((job) => ({ ...job, queuedAt: at })))
        person.desk = person.desk.filter(({ again }) => again)
      }
      person.there = there
    }
    const given = waiting.length > 0 ? policy.give(waiting, people, at, owners) : []
    for (const { job, to } of given) { to.desk.push(job); to.lastGiven = at }
    const gone = new Set(given.map(({ job }) => job))
    if (gone.size > 0) waiting = waiting.filter((job) => !gone.has(job))
    for (const person of people) if (person.there) work(person, at, outcome, owners, returning)
  }
  outcome.worked = people.map(({ worked }) => worked)
  return outcome
}

function work(person: Person, at: number, outcome: Outcome, owners: Map<number, string>, returning: Map<number, { person: Person; job: Job }[]>) {
  if (!person.current) {
    const job = person.desk.toSorted((a, b) => a.arrival.at - b.arrival.at)[0]
    if (!job) return
    person.desk = person.desk.filter((other) => other !== job)
    person.current = { job, left: (job.again ? job.arrival.back?.minutes ?? 1 : job.arrival.minutes) * LACKING ** lacks(person.worker, job.arrival) }
  }
  person.worked += 1
  person.current.left -= 1
  if (person.current.left > 0) return
  const { job } = person.current
  person.current = null
  if (job.again) return
  const { arrival } = job
  const minutes = (at + STEP_MS - arrival.at) / STEP_MS
  outcome.replies.push(minutes)
  if (minutes > promisedHours[arrival.priority] * 60) outcome.missed += 1
  if (lacks(person.worker, arrival) > 0) outcome.unskilled += 1
  owners.set(arrival.customer, person.worker.id)
  if (!arrival.back) return
  const when = Math.ceil((at + arrival.back.afterMs) / STEP_MS) * STEP_MS
  returning.set(when, [...(returning.get(when) ?? []), { person, job: { ...job, again: true } }])
}
