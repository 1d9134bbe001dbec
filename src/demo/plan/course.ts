import type { Priority } from '#desk'
import { agents } from '../cast/agents.ts'
import type { SampleCustomer } from '../cast/accounts.ts'
import { queues, type SkillKey } from '../cast/places.ts'
import type { Material } from '../material/model.ts'
import { handoverNotes, leadNotes, mentionNotes } from '../material/voices.ts'
import type { Random } from '../random.ts'
import { HOUR_MS, whenAwake } from './hours.ts'
import type { AgentPlace, Deed, Step } from './model.ts'
import type { Rota } from './rota.ts'
import type { Deck, Words } from './words.ts'

const MINUTE_MS = 60_000

export interface CourseGiven {
  random: Random
  deck: Deck
  rota: Rota
  words: Words
  material: Material
  customer: SampleCustomer
  zone: string
  queue: string
  priority: Priority
  skill: SkillKey | null
  channel: 'form' | 'api' | 'email'
  tags: readonly string[]
  /** The subject of the older, closed case that it answers to; null when it is a matter of its own. */
  followedSubject: string | null
  openedAt: number
  now: number
}

/** The course of one case, from its first message to its end or to now. */
export function courseOf(given: CourseGiven): Step[] {
  const course = begin(given)
  const { random } = given
  open(course)
  take(course)
  if (random.chance(0.27)) course.add(random.between(4, 40), note(course))
  if (given.words.mayAsk() && random.chance(0.5)) askBack(course)
  if (random.chance(given.material.holds ?? 0.04)) waitOutside(course)
  if (random.chance(0.13)) handOver(course)
  if (!answer(course)) afterwards(course)
  course.rest()
  return course.steps.filter(({ at }) => at.getTime() <= given.now).toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

interface Course {
  given: CourseGiven
  steps: Step[]
  agent: AgentPlace
  /** The instant up to which the course has been told. */
  at: number
  /** Something that the agent does, so many working minutes later. */
  add(minutes: number, deed: Deed): void
  /** Something that the customer does, so many hours later, when people are awake there. */
  later(hours: number, deed: Deed): void
  /** Something that happens by itself. */
  by(at: number, deed: Deed): void
  /** The case lies with somebody else from now on. */
  pass(to: AgentPlace): void
  /** It lies with nobody any more. */
  rest(): void
}

function begin(given: CourseGiven): Course {
  const { rota, random, zone } = given
  let heldFrom: number | null = null
  const course: Course = {
    given, steps: [], agent: -1, at: given.openedAt,
    add: (minutes, deed) => {
      course.at = rota.whenThere(course.agent, course.at + Math.max(1, minutes) * MINUTE_MS)
      course.steps.push({ at: new Date(course.at), does: deed })
    },
    later: (hours, deed) => {
      course.at = whenAwake(zone, course.at + Math.max(0.05, hours) * HOUR_MS, random.next())
      course.steps.push({ at: new Date(course.at), does: deed })
    },
    by: (at, deed) => void course.steps.push({ at: new Date(at), does: deed }),
    pass: (to) => {
      course.rest()
      course.agent = to
      heldFrom = course.at
    },
    rest: () => {
      if (heldFrom !== null) rota.hold(course.agent, heldFrom, course.at <= given.now && isDone(course) ? course.at : Infinity)
      heldFrom = null
    },
  }
  return course
}

const isDone = ({ steps }: Course) => steps.some(({ does }) => (does.kind === 'reply' || does.kind === 'move') && does.status === 'solved') || steps.at(-1)?.does.kind === 'handOver'

function open({ given, steps, at }: Course) {
  const { words, channel, queue, material, priority, followedSubject } = given
  const opening = words.opening()
  const text = followedSubject === null ? opening.text : words.followUp()
  const known = channel !== 'email'
  steps.push({ at: new Date(at), does: {
    kind: 'open', channel, subject: followedSubject === null ? opening.subject : `Re: ${followedSubject}`, text, signature: channel === 'email' ? opening.signature : null, queue: known ? null : queue, topic: known ? material.topic : null,
    priority: known ? priority : 'normal',
  } })
}

/** The usual wait until somebody takes a case, in minutes; some lie longer, as in every queue. */
const patience: Readonly<Record<Priority, number>> = { urgent: 9, high: 70, normal: 260, low: 900 }
const LEFT_LYING = { urgent: 0, high: 0.08, normal: 0.22, low: 0.35 } as const

function take(course: Course) {
  const { random, rota, queue, priority, material, skill, words, tags, channel } = course.given
  const waits = random.around(patience[priority], 0.9) + (random.chance(LEFT_LYING[priority]) ? random.between(1_000, 5_500) : 0)
  const { agent, at } = rota.taker(queue, course.at + waits * MINUTE_MS, skill ? { skill } : {})
  // Only a mail that came by mail can be answered before anybody has replied.
  if (channel === 'email' && at - course.at > 9 * HOUR_MS && random.chance(0.5)) course.by(whenAwake(course.given.zone, course.at + (0.5 + 0.4 * random.next()) * (at - course.at), 0.4), { kind: 'write', text: words.nudge(), quoted: null, attaches: false })
  course.at = Math.max(at, ...course.steps.map((step) => step.at.getTime() + 30_000))
  course.pass(agent)
  const given = random.chance(0.1) && rota.onShift(rota.leadOf(agent), course.at)
  const by = given ? rota.leadOf(agent) : agent
  course.by(course.at, { kind: 'take', by, to: agent, sorted: channel === 'email' ? { topic: material.topic, priority } : null, tags: random.chance(0.4) ? tags : [] })
  if (given && random.chance(0.5)) course.by(course.at + 40_000, { kind: 'note', by, text: course.given.deck.deal(leadNotes), mentions: [agent] })
}

function note(course: Course): Deed {
  const { random, words, deck } = course.given
  if (!random.chance(0.35)) return { kind: 'note', by: course.agent, text: words.note(course.at), mentions: [] }
  const colleague = colleagueOf(course)
  return { kind: 'note', by: course.agent, text: words.fill(deck.deal(mentionNotes), { colleague: `@${agents[colleague]?.name ?? ''}` }, course.at), mentions: [colleague] }
}

/** Somebody who works the same things; behind a wall, somebody of the own team. */
function colleagueOf({ agent, given }: Course): AgentPlace {
  const [skill, team] = [agents[agent]?.skills[0]?.[0], agents[agent]?.team]
  const walled = queues.some(({ key, walled: behind }) => behind && key === given.queue)
  const others = agents.flatMap((other, place) => (place !== agent && other.role !== 'partner' && (walled ? other.team === team : other.skills.some(([word]) => word === skill)) ? [place] : []))
  return others.length > 0 ? given.random.pick(others) : 0
}

function reply(course: Course, minutes: number, text: string, status: 'open' | 'pending' | 'on_hold' | 'solved') {
  course.add(minutes, { kind: 'reply', by: course.agent, text, status, outcome: 'sent' })
}

/** Before what is solved is closed: a later answer would open a case of its own. */
const WRITES_WITHIN_HOURS = 140

function write(course: Course, hours: number, text: string, attaches = false) {
  const last = course.steps.findLast(({ does }) => does.kind === 'reply')?.does
  course.later(Math.min(hours, WRITES_WITHIN_HOURS), { kind: 'write', text, quoted: last?.kind === 'reply' && course.given.random.chance(0.6) ? quote(last.text) : null, attaches })
}

const quote = (text: string) => text.split('\n').map((line) => `> ${line}`.trimEnd()).join('\n')

function askBack(course: Course) {
  const { random, words } = course.given
  reply(course, random.around(35, 0.8), words.ask(course.agent, course.at), 'pending')
  if (random.chance(0.16)) reply(course, (2.5 + 2 * random.next()) * 24 * 60, words.remind(course.agent, course.at + 3 * 24 * HOUR_MS), 'pending')
  const given = words.give()
  write(course, random.around(24, 1.1), given, /attach|statement|export|list/i.test(given))
}

function waitOutside(course: Course) {
  const { random, words } = course.given
  reply(course, random.around(40, 0.7), words.hold(course.agent, course.at), 'on_hold')
  if (random.chance(0.4)) course.add(random.between(2, 15), { kind: 'note', by: course.agent, text: words.note(course.at), mentions: [] })
  if (random.chance(0.3)) write(course, random.around(40, 0.5), words.nudge())
  course.add(random.around(3.2 * 24 * 60, 0.5), { kind: 'move', by: course.agent, status: 'open' })
}

function handOver(course: Course) {
  const { random, words, deck, rota, queue } = course.given
  const { agent } = rota.taker(queue, course.at + 5 * MINUTE_MS, { not: course.agent })
  course.add(random.around(60, 0.8), { kind: 'handOver', by: course.agent, to: agent, note: words.fill(deck.deal(handoverNotes), {}, course.at) })
  course.pass(agent)
}

/** The answer that settles it: solved at once, or left open until the customer says that it is. @returns whether the customer said thanks. */
function answer(course: Course): boolean {
  const { random, words } = course.given
  const solves = random.chance(0.33)
  reply(course, random.around(course.given.priority === 'urgent' ? 25 : 75, 0.9), words.answer(course.agent, course.at), solves ? 'solved' : 'pending')
  if (solves) return false
  if (random.chance(0.62)) {
    write(course, random.around(34, 1), words.thanks(course.agent))
    course.add(random.around(120, 1), { kind: 'move', by: course.agent, status: 'solved' })
    return true
  }
  course.add(random.around(5.5 * 24 * 60, 0.35), { kind: 'move', by: course.agent, status: 'solved' })
  return false
}

function afterwards(course: Course) {
  const { random, words } = course.given
  if (random.chance(0.2)) {
    write(course, random.around(20, 0.9), words.thanks(course.agent))
    course.add(random.around(90, 0.9), { kind: 'move', by: course.agent, status: 'solved' })
  } else if (random.chance(0.1)) {
    write(course, random.around(30, 0.8), words.reopening())
    reply(course, random.around(100, 0.9), words.answer(course.agent, course.at), 'solved')
  }
}
