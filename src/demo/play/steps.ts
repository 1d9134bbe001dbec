import {
  acceptSuggestion, changeCase, createCase, declineSuggestion, handOver, joinParticipant, receiveMessage, removeCase, replier, saveDraft, settleDelivery, type Delivery, type IncomingMessage,
} from '#desk'
import { system, type Actor, type Work } from '#platform'
import type { AgentPlace, Deed, PlannedCase } from '../plan/model.ts'
import { markCase } from '../store.ts'
import { idOf, type Cast } from './cast.ts'

/** What is known of a case while it is played. */
export interface Course {
  number: number
  /** Message-ID of the last public message of ours, or of the opening mail: what an answer refers to. */
  answerTo: string | null
  suggestedId: string | null
}

export interface Scene {
  cast: Cast
  writer: { address: string; name: string }
  course: Course | null
  /** The last message of the case that this one follows. */
  followed: string | null
  /** Unique among the messages of the sample centre. */
  mark: string
  attachment: IncomingMessage['attachments'][number] | null
}

export const DOMAIN = 'meridian.example'
const UNDO_SECONDS = 10

/** Sample replies leave nobody's house: nothing is handed to a mail server or put into the outbox, and none can be taken back. */
const delivery: Delivery = { internetIdFor: (messageId) => `<${messageId}@${DOMAIN}>`, submit: async () => {}, recall: async () => false }
const reply = replier({ delivery, undoSendSeconds: UNDO_SECONDS })

const email = system('email')

/** Who does a deed; mail and forms come in by the program. */
export function actorOf(does: Deed, cast: Cast): Actor {
  if ('by' in does) return agentOf(cast, does.by)
  return does.kind === 'open' && does.channel !== 'email' ? system('form') : email
}

const agentOf = (cast: Cast, place: AgentPlace): Actor => {
  const agent = cast.agents[place]
  if (!agent) throw new Error(`nobody at place ${place} of the cast`)
  return agent
}

/** Does one deed by the desk's verbs. @returns the case as the next deed finds it. */
export async function playDeed(work: Work, does: Deed, scene: Scene): Promise<Course> {
  if (does.kind === 'open') return open(work, does, scene)
  const course = scene.course
  if (!course) throw new Error('a case that was never opened')
  const { cast } = scene
  const { number } = course
  switch (does.kind) {
    case 'write': {
      const received = await receiveMessage(work, mail(work, scene, scene.writer, { text: does.text, quotedText: does.quoted, attachments: does.attaches && scene.attachment ? [scene.attachment] : [] }))
      return { ...course, number: received.number }
    }
    case 'suggest': {
      const { messageId } = await receiveMessage(work, mail(work, scene, { address: does.from, name: does.name }, { text: does.text }))
      await markCase(work.tx, number)
      return { ...course, suggestedId: messageId }
    }
    case 'decide': {
      if (course.suggestedId) await (does.accepted ? acceptSuggestion : declineSuggestion)(work, number, course.suggestedId)
      return course
    }
    case 'take': {
      await changeCase(work, number, { assignee: agentOf(cast, does.to).id, status: 'open', ...does.sorted, ...(does.tags.length > 0 ? { tags: [...does.tags] } : {}) })
      return course
    }
    case 'reply': return { ...course, ...(await answer(work, number, does)) }
    default: return { ...course, ...(await alone(work, number, does, cast)) }
  }
}

type Alone = Exclude<Deed, { kind: 'open' | 'write' | 'suggest' | 'decide' | 'take' | 'reply' }>

/** Deeds after which the case is found as before. */
async function alone(work: Work, number: number, does: Alone, cast: Cast): Promise<Record<never, never>> {
  switch (does.kind) {
    case 'note': await reply(work, number, { body: does.text, visibility: 'note', mentions: does.mentions.map((place) => agentOf(cast, place).id) }); break
    case 'handOver': await handOver(work, number, { to: { agent: agentOf(cast, does.to).id }, note: does.note }); break
    case 'move': await changeCase(work, number, { status: does.status }); break
    case 'draft': await saveDraft(work, number, { visibility: does.visibility, body: does.text }); break
    case 'copy': {
      await joinParticipant(work, number, { address: does.address, name: does.name })
      await markCase(work.tx, number)
      break
    }
    case 'remove': await removeCase(work, number, does.as)
  }
  return {}
}

async function open(work: Work, does: Extract<Deed, { kind: 'open' }>, scene: Scene): Promise<Course> {
  const begun = { suggestedId: null }
  if (does.channel !== 'email') {
    const opened = await createCase(work, {
      subject: does.subject, body: does.text, customer: { email: scene.writer.address, name: scene.writer.name }, priority: does.priority, channel: does.channel, ...(does.topic ? { topic: does.topic } : {}),
    })
    await markCase(work.tx, opened.number)
    return { ...begun, number: opened.number, answerTo: null }
  }
  const incoming = mail(work, scene, scene.writer, { subject: does.subject, text: does.text, signatureText: does.signature, queueId: does.queue ? idOf(scene.cast.queues, does.queue) : null })
  const received = await receiveMessage(work, { ...incoming, inReplyTo: scene.followed ? [scene.followed] : [] })
  await markCase(work.tx, received.number)
  return { ...begun, number: received.number, answerTo: incoming.internetId }
}

async function answer(work: Work, number: number, does: Extract<Deed, { kind: 'reply' }>) {
  const { messageId } = await reply(work, number, { body: does.text, visibility: 'public', status: does.status })
  await settleDelivery(work, { messageId, outcome: does.outcome })
  return { answerTo: delivery.internetIdFor(messageId) }
}

function mail(work: Work, { course, mark }: Scene, from: { address: string; name: string }, words: Partial<IncomingMessage> & { text: string }): IncomingMessage {
  return {
    channel: 'email', mailboxId: null, queueId: null, from, to: [{ address: `support@${DOMAIN}`, name: 'Support' }], cc: [], subject: 'Re: your answer', quotedText: null, signatureText: null, html: null,
    internetId: `<${mark}@mail.${from.address.split('@')[1] ?? DOMAIN}>`, automatic: null, maskedCards: 0, rawMailId: null, at: work.at, attachments: [], inReplyTo: course?.answerTo ? [course.answerTo] : [],
    replyTokens: [], subjectTokens: [], ...words,
  }
}

export const writerOf = ({ writer }: PlannedCase, cast: Cast): { address: string; name: string } => {
  if ('address' in writer) return writer
  const customer = cast.customers[writer.customer]
  if (!customer) throw new Error('a case of nobody')
  return { address: customer.address, name: customer.name }
}
