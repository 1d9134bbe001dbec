import { changeCase, createCase, createPartner, deskReplyJobs, linkIncidents, mergeCases, receiveMessage, sendUpdate, settleDelivery, sideWriter, type Delivery } from '#desk'
import { newId, system, type Actor, type Db, type Perform, type Work } from '#platform'
import { disputed, incidents, outage, partners, twice } from '../cast/bound.ts'
import { markCase } from '../store.ts'
import { idOf, type Cast } from './cast.ts'
import { DOMAIN } from './steps.ts'

const HOUR_MS = 3_600_000
const UNDO_SECONDS = 10
const form = system('form')

interface Bound {
  db: Db
  perform: Perform
  cast: Cast
  now: Date
}

/** Cases that hang together, by the desk's own verbs: at the end, so that all of it is at hand. */
export async function playBound(given: Bound): Promise<void> {
  const at = (hoursAgo: number) => new Date(given.now.getTime() - hoursAgo * HOUR_MS)
  const builder = system('sample centre')
  await given.perform(builder, async (work) => { for (const partner of partners) await createPartner(work, partner, { demo: true }) }, at(400))
  await playOutage(given, at)
  await playTwice(given, at)
  await playDisputed(given, at)
}

type At = (hoursAgo: number) => Date

const byName = ({ agents }: Cast, name: string): Actor => agents.find((agent) => agent.name === name) ?? agents[0] ?? form

function open({ cast }: Bound, given: { customer: number; subject: string; text: string }, more: { topic?: string; queue?: string } = {}) {
  const customer = cast.customers[given.customer % cast.customers.length]
  return async (work: Work): Promise<number> => {
    const { number } = await createCase(work, {
      subject: given.subject, body: given.text, customer: { email: customer?.address ?? `incidents@${DOMAIN}`, name: customer?.name ?? '' }, channel: 'form', ...(more.topic ? { topic: more.topic } : {}),
      ...(more.queue ? { queue: idOf(cast.queues, more.queue) } : {}),
    })
    await markCase(work.tx, number)
    return number
  }
}

/** Sample mails leave nobody's house; what would have been sent is noted, so that it can be called sent. */
function noting() {
  const sent: string[] = []
  const delivery: Delivery = { internetIdFor: (messageId) => `<${messageId}@${DOMAIN}>`, submit: async (_work, { messageId }) => void sent.push(messageId), recall: async () => false }
  return { delivery, undoSendSeconds: UNDO_SECONDS, settled: async (work: Work) => { for (const messageId of sent.splice(0)) await settleDelivery(work, { messageId, outcome: 'sent' }) } }
}

async function playOutage(given: Bound, at: At): Promise<void> {
  const { db, perform, cast } = given
  const [lead, wire] = [byName(cast, 'Kavitha Menon'), noting()]
  const problem = await perform(form, async (work) => {
    const { number } = await createCase(work, { subject: outage.subject, body: outage.text, customer: { email: `incidents@${DOMAIN}`, name: 'Incident desk' }, channel: 'form', kind: 'problem', priority: 'urgent', topic: outage.topic, queue: idOf(cast.queues, outage.queue) })
    await markCase(work.tx, number)
    return number
  }, at(6))
  const numbers: number[] = []
  for (const [index, incident] of incidents.entries()) numbers.push(await perform(form, open(given, incident, { topic: outage.topic, queue: outage.queue }), at(5.5 - index * 0.4)))
  await perform(lead, (work) => changeCase(work, problem, { assignee: 'me', status: 'open' }), at(4))
  await perform(lead, (work) => linkIncidents(work, problem, numbers), at(3))
  const { update } = await perform(lead, (work) => sendUpdate(work, problem, { body: outage.update, status: 'on_hold' }), at(2.5))
  await deskReplyJobs(wire)['desk.problemUpdate']({ update }, {
    db, actor: system('desk.problemUpdate'), perform: (actor, verb) => perform(actor, verb, at(2.4)), attempt: 1, attemptsMax: 1, signal: new AbortController().signal,
  })
  await perform(form, wire.settled, at(2.3))
}

/** The same matter written twice: one case now, and the bank is asked, and has not answered in time. */
async function playTwice(given: Bound, at: At): Promise<void> {
  const { perform, cast } = given
  const [agent, wire] = [byName(cast, 'Aoife Brennan'), noting()]
  const first = await perform(form, open(given, { customer: twice.customer, ...twice.first }, { topic: 'payout-missing' }), at(80))
  const second = await perform(form, open(given, { customer: twice.customer, ...twice.second }, { topic: 'payout-missing' }), at(75))
  await perform(agent, (work) => changeCase(work, first, { assignee: 'me', status: 'open' }), at(74))
  await perform(agent, (work) => mergeCases(work, first, second), at(73))
  const bank = partners[0]
  await perform(agent, (work) => sideWriter(wire).open(work, first, { to: [{ address: bank.address, name: bank.name }], subject: 'Trace of a payout', body: twice.asked, dueAt: at(24), hold: true }), at(72))
  await perform(form, wire.settled, at(71.9))
}

async function playDisputed(given: Bound, at: At): Promise<void> {
  const { perform, cast } = given
  const [agent, wire, network] = [byName(cast, 'Niamh Gallagher'), noting(), partners[1]]
  const number = await perform(form, open(given, disputed), at(50))
  await perform(agent, (work) => changeCase(work, number, { assignee: 'me', status: 'open' }), at(49))
  const { messageId } = await perform(agent, (work) => sideWriter(wire).open(work, number, { to: [{ address: network.address, name: network.name }], subject: 'Evidence in a dispute', body: disputed.asked, dueAt: at(-72), hold: true }), at(48))
  await perform(form, wire.settled, at(47.9))
  await perform(system('email'), (work) => receiveMessage(work, {
    channel: 'email', mailboxId: null, queueId: null, from: { address: network.address, name: network.name }, to: [{ address: `support@${DOMAIN}`, name: 'Support' }], cc: [], subject: 'Re: Evidence in a dispute',
    text: disputed.answer, quotedText: null, signatureText: null, html: null, internetId: `<${newId()}@cardnet.example>`, automatic: null, maskedCards: 0, rawMailId: null, at: work.at, attachments: [],
    inReplyTo: [wire.delivery.internetIdFor(messageId)], replyTokens: [], subjectTokens: [],
  }), at(3))
}
