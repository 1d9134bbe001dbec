import { maskCards } from '#language'
import { agentsByIds, agentsOfTeam } from '#people'
import { newId, type Work } from '#platform'
import { takeAttachments } from '../attachments/store.ts'
import { outsidersOf } from '../cases/sight.ts'
import { markSeen, saveCase, type CaseRow } from '../cases/store.ts'
import { tellCase } from '../cases/tell.ts'
import { dropDraft } from '../drafts/store.ts'
import { insertMessage } from '../messages/store.ts'
import { refuse } from '../refusals.ts'
import { insertMentions } from './store.ts'

export interface NewNote {
  body: string
  /** Agents who are asked to look. */
  mentions: string[]
  /** Teams of which everybody is asked who may see the case. */
  teams?: string[]
  /** Attachments uploaded before. */
  attachments: string[]
}

/** Writes a note: text for colleagues, never for customers. Saves the case as it is given, which was loaded for change. */
export async function createNote(work: Work, found: CaseRow, given: NewNote): Promise<{ found: CaseRow; messageId: string }> {
  const id = newId()
  const body = maskCards(given.body)
  const named = await requireMentionable(work, found, [...new Set(given.mentions)])
  const teams = await requireTeams(work, found, [...new Set(given.teams ?? [])])
  const mentioned = [...new Set([...named, ...teams.keys()])]
  await insertMessage(work.tx, {
    id, caseId: found.id, direction: 'out', visibility: 'note', standing: 'accepted', authorKind: work.actor.kind, authorId: work.actor.kind === 'agent' ? work.actor.id : null,
    fromAddress: null, fromName: work.actor.name, subject: '', text: body.text, quotedText: null, signatureText: null, html: null, at: work.at, channel: 'desk', internetId: null,
    joined: null, automatic: null, maskedCards: body.masked, delivery: null, sendAt: null, rawMailId: null, inReplyTo: [], recipients: [],
  })
  await takeAttachments(work, found, id, given.attachments)
  await insertMentions(work.tx, { messageId: id, caseId: found.id, at: work.at, agents: mentioned, teamOf: (agent) => (named.includes(agent) ? null : teams.get(agent) ?? null) })
  if (work.actor.kind === 'agent') {
    await dropDraft(work.tx, found.id, work.actor.id, 'note')
    await markSeen(work.tx, found.id, work.actor.id, id, work.at)
  }
  const saved = await saveCase(work.tx, { ...found, lastMessageAt: work.at }, work.at)
  tellCase(work, saved, 'note.written', { message: id, mentions: mentioned, ...(given.teams && given.teams.length > 0 ? { teams: given.teams } : {}) })
  return { found: saved, messageId: id }
}

/** A mention of somebody who cannot look would lead nowhere, and the writer would rely on it. */
async function requireMentionable(work: Work, found: CaseRow, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const agents = await agentsByIds(work.tx, ids)
  const outside = [...ids.filter((id) => !agents.some((agent) => agent.id === id)), ...(await outsidersOf(work.tx, found.queueId, agents)).map((agent) => agent.id)]
  if (outside.length > 0) throw refuse('mention.outside', { agents: outside, errors: [{ path: '/mentions', code: 'mention.outside' }] })
  return ids
}

/** Who is asked by way of a team: those of it who may see the case, each by the first of the teams. A team of which nobody may would be asked in vain. */
async function requireTeams(work: Work, found: CaseRow, ids: string[]): Promise<Map<string, string>> {
  const people = new Map<string, string>()
  for (const team of ids) {
    const members = (await agentsOfTeam(work.tx, team)).filter(({ id }) => id !== work.actor.id)
    const outside = new Set((await outsidersOf(work.tx, found.queueId, members)).map(({ id }) => id))
    const inside = members.filter(({ id }) => !outside.has(id))
    if (inside.length === 0) throw refuse('mention.outside', { agents: [], teams: [team], errors: [{ path: '/teams', code: 'mention.outside' }] })
    for (const { id } of inside) if (!people.has(id)) people.set(id, team)
  }
  return people
}
