import { agents } from '../cast/agents.ts'
import { draftBeginnings, spam, strangers } from '../material/voices.ts'
import type { Random } from '../random.ts'
import { slotsOf } from './slots.ts'
import { HOUR_MS } from './hours.ts'
import type { AgentPlace, Deed, PlannedCase, Step } from './model.ts'
import type { Ground } from './ground.ts'

/** What else happens in a centre: junk mail, strangers, half-written answers, mail that comes back, card numbers where they do not belong. */
export function addColour(random: Random, ground: Ground & { cases: PlannedCase[] }): void {
  const { cases, now } = ground
  const running = random.shuffled(cases.filter(({ steps }) => holderOf(steps) !== null && !isOver(steps)))
  const over = random.shuffled(cases.filter(({ steps }) => isOver(steps) && steps.length > 4 && !isOver(steps.slice(0, 1 + steps.findIndex(({ does }) => does.kind === 'reply')))))
  const few = (share: number) => Math.max(1, Math.round(cases.length * share))
  for (const planned of running.slice(0, few(0.004))) addStranger(random, ground, planned, null)
  for (const planned of over.slice(0, few(0.004))) addStranger(random, ground, planned, true)
  for (const planned of running.slice(-few(0.009))) addDraft(random, ground, planned)
  for (const planned of running.slice(few(0.004), few(0.012))) addCopy(random, ground, planned)
  trouble(running, now)
  for (const { steps } of over.slice(-few(0.0015))) showCard(steps[0])
  for (let index = 0; index < few(0.008); index++) cases.push(junk(random, ground, index))
}

const isOver = (steps: readonly Step[]) => steps.some(({ does }) => (does.kind === 'reply' || does.kind === 'move') && does.status === 'solved')

export function holderOf(steps: readonly Step[]): AgentPlace | null {
  const last = steps.findLast(({ does }) => does.kind === 'take' || does.kind === 'handOver')?.does
  return last && (last.kind === 'take' || last.kind === 'handOver') ? last.to : null
}

/** A step right after the first answer, where it disturbs nothing. */
function insertAfter(steps: Step[], kind: Deed['kind'], minutes: number, does: Deed, now: number): Date | null {
  const index = steps.findIndex((step) => step.does.kind === kind)
  const [before, after] = [steps[index], steps[index + 1]]
  if (!before) return null
  const at = Math.min(before.at.getTime() + minutes * 60_000, after ? (before.at.getTime() + after.at.getTime()) / 2 : now - 60_000, now - 30_000)
  if (at <= before.at.getTime()) return null
  steps.splice(index + 1, 0, { at: new Date(at), does })
  return new Date(at)
}

function fillFor(random: Random, { clientele }: Ground, { writer, steps }: PlannedCase) {
  const customer = 'customer' in writer ? clientele.customers[writer.customer] : undefined
  const account = customer && clientele.accounts[customer.account]
  return customer && account ? { customer, fill: slotsOf(random, { account, customer, at: steps[0]?.at.getTime() ?? 0, language: 'en', share: 0.3 }) } : null
}

function addStranger(random: Random, ground: Ground, planned: PlannedCase, accepted: boolean | null) {
  const found = fillFor(random, ground, planned)
  const holder = holderOf(planned.steps)
  if (!found || holder === null) return
  const { name, from, text } = random.pick(strangers)
  const at = insertAfter(planned.steps, 'reply', 95, { kind: 'suggest', name, from, text: found.fill(text, { first: found.customer.first }) }, ground.now)
  if (at && accepted !== null) insertAfter(planned.steps, 'suggest', 50, { kind: 'decide', by: holder, accepted }, ground.now)
}

function addDraft(random: Random, ground: Ground, planned: PlannedCase) {
  const found = fillFor(random, ground, planned)
  const holder = holderOf(planned.steps)
  if (!found || holder === null) return
  const visibility = random.chance(0.8) ? 'public' : 'note'
  const text = visibility === 'public' ? `Hi ${found.customer.first},\n\n${found.fill(random.pick(draftBeginnings))}` : 'To check before I answer: '
  planned.steps.push({ at: new Date(Math.max(planned.steps.at(-1)?.at.getTime() ?? 0, ground.now - random.between(2, 90) * 60_000) + 1_000), does: { kind: 'draft', by: holder, text, visibility } })
}

function addCopy(random: Random, ground: Ground, planned: PlannedCase) {
  const found = fillFor(random, ground, planned)
  const holder = holderOf(planned.steps)
  const domain = found?.customer.address.split('@')[1]
  if (found && domain && holder !== null) insertAfter(planned.steps, 'take', 3, { kind: 'copy', by: holder, address: `bookkeeping@${domain}`, name: found.fill('{person}') }, ground.now)
}

/** The last answers of a few cases did not arrive, or nobody knows. */
function trouble(running: readonly PlannedCase[], now: number) {
  const recent = running.flatMap(({ steps }) => {
    const last = steps.at(-1)
    return last?.does.kind === 'reply' && last.at.getTime() > now - 96 * HOUR_MS ? [last.does] : []
  })
  for (const [index, outcome] of (['bounced', 'failed', 'uncertain', 'bounced'] as const).entries()) {
    const reply = recent[index]
    if (reply) reply.outcome = outcome
  }
}

/** A test number that every shop knows; it is masked before it is written anywhere. */
function showCard(step: Step | undefined) {
  if (step?.does.kind === 'open') step.does.text += '\n\nIf it helps, the card is 4242 4242 4242 4242.'
}

function junk(random: Random, { now }: Ground, index: number): PlannedCase {
  const mail = spam[index % spam.length]
  if (!mail) throw new Error('no junk')
  const at = now - (index < 3 ? random.between(1, 9) : random.between(20, 58 * 24)) * HOUR_MS - random.between(0, 3_599_000)
  const by = random.pick(agents.flatMap((agent, place) => (agent.role === 'agent' ? [place] : [])))
  const opened: Step = { at: new Date(at), does: { kind: 'open', channel: 'email', subject: mail.subject, text: mail.text, signature: null, queue: null, topic: null, priority: 'normal' } }
  const removed: Step = { at: new Date(at + random.between(20, 300) * 60_000), does: { kind: 'remove', by, as: random.chance(0.85) ? 'spam' : 'trash' } }
  return { writer: { address: mail.from, name: mail.name }, follows: null, queue: 'general', closedAt: null, steps: index < 3 ? [opened] : [opened, removed] }
}
