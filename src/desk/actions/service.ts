import type { Work } from '#platform'
import { snoozeCase } from '../attention/snooze/service.ts'
import { loadCase } from '../cases/load.ts'
import { removeCase, restoreCase } from '../cases/removal.ts'
import { changeCase, type CaseChange } from '../cases/service.ts'
import { tagsOf, type CaseRow } from '../cases/store.ts'
import { requireTag } from '../cases/tags.ts'
import { refuse } from '../refusals.ts'
import type { Reply } from '../replies/service.ts'
import { factsFor } from '../snippets/facts.ts'
import { fillText, unescaped } from '../snippets/model.ts'
import { planOf, type CaseAction, type Plan } from './model.ts'

export interface ActionParts {
  reply: Reply
  /** The version of the case that was looked at; another is refused. */
  versionSeen?: number | null
  /** The newest message that was looked at; with a newer one there is no reply. */
  seenMessageId?: string | null
}

export interface Acted {
  /** The case before and after. */
  before: CaseRow
  found: CaseRow
  /** Ids of what was written, in the order of the actions. */
  replies: string[]
  notes: string[]
}

/**
 * Does a list of actions to a case in one unit of work, each through its own verb, so that whatever holds for a change by hand holds here.
 * What changes nothing tells nothing. Refused as a whole with the refusal of the verb that refuses.
 */
export async function applyActions(work: Work, number: number, actions: readonly CaseAction[], parts: ActionParts): Promise<CaseRow> {
  return (await performActions(work, number, actions, parts)).found
}

/** The same, telling what was written and how the case was. */
export async function performActions(work: Work, number: number, actions: readonly CaseAction[], { reply, versionSeen = null, seenMessageId = null }: ActionParts): Promise<Acted> {
  const plan = planOf(actions)
  const before = await loadCase(work, number, versionSeen)
  if (plan.restore) await restoreCase(work, number)
  const [notes, replies] = [await filledAll(work, number, plan.notes), await filledAll(work, number, plan.replies)]
  const changed = await change(work, before, plan, replies.length > 0)
  let found = changed
  const acted: Acted = { before, found, replies: [], notes: [] }
  for (const body of notes) {
    const written = await reply(work, number, { body: unescaped(body), visibility: 'note' })
    acted.notes.push(written.messageId)
    found = written.found
  }
  for (const [index, body] of replies.entries()) {
    const status = index === replies.length - 1 ? statusWithReply(plan) : undefined
    const written = await reply(work, number, { body, visibility: 'public', status, ...(index === 0 ? { seenMessageId } : {}) })
    acted.replies.push(written.messageId)
    found = written.found
  }
  if (plan.snooze) await snoozeCase(work, number, { until: plan.snooze.minutes === null ? null : new Date(work.at.getTime() + plan.snooze.minutes * 60_000) })
  if (plan.remove) found = await removeCase(work, number, plan.remove)
  return { ...acted, found }
}

/** A reply moves the case itself, so that taking it back moves it back too; only closing is another step. */
const statusWithReply = ({ change: { status } }: Plan) => (status === 'closed' ? undefined : status)

async function change(work: Work, before: CaseRow, plan: Plan, replies: boolean): Promise<CaseRow> {
  const { status, ...others } = plan.change
  const words: CaseChange = { ...others, ...(status !== undefined && (!replies || status === 'closed') ? { status } : {}), ...(await tags(work, before, plan)) }
  return Object.keys(words).length > 0 ? changeCase(work, before.number, words) : before
}

async function tags(work: Work, before: CaseRow, { addTags, dropTags }: Plan): Promise<{ tags?: string[] }> {
  if (addTags.length + dropTags.length === 0) return {}
  const [add, drop] = [addTags.map(requireTag), dropTags.map(requireTag)]
  return { tags: [...(await tagsOf(work.tx, before.id)).filter((tag) => !drop.includes(tag)), ...add] }
}

/** Texts with the values of this case in place of their variables. @throws reply.unfilled when something is not known of it. */
async function filledAll(work: Work, number: number, texts: readonly string[]): Promise<string[]> {
  if (!texts.some((text) => text.includes('{{'))) return [...texts]
  const facts = await factsFor(work.tx, number, work.actor, work.at)
  if (!facts) throw refuse('case.notFound', { number })
  const filled = texts.map((text) => fillText(text, facts))
  const missing = [...new Set(filled.flatMap((each) => each.missing))]
  if (missing.length > 0) throw refuse('reply.unfilled', { missing })
  return filled.map(({ text }) => text)
}
