import { ApiProblem, navigate, optimistic, queries, tellRefusal, toast } from '#web'
import { decideStatus, isUnsolved, type Priority, type Status } from '../cases/model.ts'
import type { DeskApi } from '../routes.ts'
import { api, keys } from './data.ts'
import { withRow, type Pages } from './inbox/pages.ts'
import { changesSince, type Names } from './timeline/facts.ts'
import type { Case, Fact, Summary } from './wire.ts'
import { statusNames } from './words.ts'

/** What is done to a case: shown at once, sent, and taken back visibly when it is refused. */

type Change = DeskApi['PATCH /api/v1/cases/:number']['body']

export interface Doing {
  /** The case as the reader saw it. */
  row: Summary
  names: Names
}

interface Shown {
  /** The change as it is seen at once. */
  seen: Partial<Summary>
  /** Said before the reason when it is refused: "Not solved". */
  refused: string
}

const isPages = (data: Case | Pages): data is Pages => 'items' in data

/** Changes a case that the reader saw in a version; somebody else's change in between is told in words. */
export async function changeCase({ row, names }: Doing, change: Change, { seen, refused }: Shown): Promise<boolean> {
  const { number } = row
  return optimistic<Case | Pages>({
    keys: [keys.case(number), ['cases', 'list'], ['cases', 'of']], refused,
    apply: (before) => (isPages(before) ? withRow(before, number, (found) => ({ ...found, ...seen })) : { ...before, ...seen }),
    send: () => inTurn(number, async () => {
      const answer = await inWords(names, api('PATCH /api/v1/cases/:number', { params: { number }, body: change, ifMatch: versionSeen(row) }))
      queries.setQueryData(keys.case(number), answer)
    }),
  })
}

const underway = new Map<number, Promise<unknown>>()

/** Changes of one hand follow each other, so that the second knows the version that the first has made. */
async function inTurn(number: number, send: () => Promise<void>): Promise<void> {
  const turn = (underway.get(number) ?? Promise.resolve()).then(send, send)
  underway.set(number, turn)
  await turn.finally(() => { if (underway.get(number) === turn) underway.delete(number) })
}

/** The newest version that this screen has shown: that of the open case, where it is newer than the list's row. */
const versionSeen = ({ number, version }: Summary) => Math.max(version, queries.getQueryData<Case>(keys.case(number))?.version ?? 0)

/** A stale change says what it ran into instead of that it did. */
async function inWords<T>(names: Names, sent: Promise<T>): Promise<T> {
  try {
    return await sent
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code !== 'version.stale') throw error
    const { changed } = error.detail
    const facts = Array.isArray(changed) ? changed.filter(isFact) : []
    throw new ApiProblem({ status: error.status, code: error.code, title: changesSince(facts, names) })
  }
}

const isFact = (value: unknown): value is Fact =>
  typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string' && 'data' in value && typeof value.data === 'object' && 'actor' in value && typeof value.actor === 'object'

export async function setStatus(doing: Doing, status: Exclude<Status, 'new'>): Promise<boolean> {
  const { row } = doing
  const at = new Date()
  const decision = decideStatus({ status: row.status, statusAt: at, solvedAt: null, closedAt: null, reopens: 0 }, status, at)
  if ('refused' in decision) {
    toast({ text: `A case that is ${statusNames[row.status].toLowerCase()} cannot become ${statusNames[status].toLowerCase()}`, tone: 'late' })
    return false
  }
  const held = await changeCase(doing, { status }, { seen: { status }, refused: `Not ${status === 'solved' ? 'solved' : 'changed'}` })
  const sides = queries.getQueryData<Case>(keys.case(row.number))?.sides ?? 0
  const still = sides > 0 ? `, and ${sides === 1 ? 'a side conversation is' : `${sides} side conversations are`} still open` : ''
  if (held && !isUnsolved(status)) toast({ text: `#${row.number} is ${statusNames[status].toLowerCase()}${still}`, tone: 'done', undo: () => void reopen(doing) })
  return held
}

/** The version that the reader saw is gone by now, on purpose: the reader is taking back what made the newer one. */
const reopen = ({ row, names }: Doing) => {
  const now = queries.getQueryData<Case>(keys.case(row.number))
  return changeCase({ row: { ...row, ...now }, names }, { status: 'open' }, { seen: { status: 'open' }, refused: 'Not reopened' })
}

export const setPriority = (doing: Doing, priority: Priority) => changeCase(doing, { priority }, { seen: { priority }, refused: 'Priority not changed' })

export async function setAssignee(doing: Doing, assignee: { id: string; name: string } | null): Promise<boolean> {
  const before = doing.row.assignee
  const held = await changeCase(doing, { assignee: assignee?.id ?? null }, { seen: { assignee }, refused: 'Not assigned' })
  if (!held) return false
  const text = assignee === null ? `#${doing.row.number} is nobody’s` : assignee.id === doing.names.me ? `#${doing.row.number} is yours` : `#${doing.row.number} is ${assignee.name}’s`
  toast({ text, undo: () => void again(doing, { assignee: before?.id ?? null }, { assignee: before }) })
  return true
}

/** Sets a thing back to what it was, over the version that it made. */
const again = ({ row, names }: Doing, change: Change, seen: Partial<Summary>) =>
  changeCase({ row: { ...row, ...queries.getQueryData<Case>(keys.case(row.number)) }, names }, change, { seen, refused: 'Not taken back' })

export async function setQueue(doing: Doing, queue: Summary['queue']): Promise<boolean> {
  const before = doing.row.queue
  const held = await changeCase(doing, { queue: queue.id }, { seen: { queue }, refused: 'Not moved' })
  if (held) toast({ text: `#${doing.row.number} is in ${queue.name}`, undo: () => void again(doing, { queue: before.id }, { queue: before }) })
  return held
}

export const setTopic = (doing: Doing, topic: Summary['topic']) => changeCase(doing, { topic: topic?.key ?? null }, { seen: { topic }, refused: 'Topic not changed' })
export const setTeam = (doing: Doing, team: Summary['team']) => changeCase(doing, { team: team?.id ?? null }, { seen: { team }, refused: 'Team not changed' })
export const setTags = (doing: Doing, tags: string[]) => changeCase(doing, { tags }, { seen: { tags }, refused: 'Tags not changed' })
export const setSubject = (doing: Doing, subject: string) => changeCase(doing, { subject }, { seen: { subject }, refused: 'Subject not changed' })

/** Puts a case out of sight, or back; nothing is deleted. */
export async function remove({ row }: Doing, as: 'spam' | 'trash'): Promise<boolean> {
  const held = await optimistic<Case | Pages>({
    keys: [keys.case(row.number), ['cases', 'list'], ['cases', 'of']], refused: 'Not removed',
    apply: (before) => (isPages(before) ? { ...before, items: before.items.filter(({ number }) => number !== row.number) } : { ...before, removed: as }),
    send: () => api('PUT /api/v1/cases/:number/removal', { params: { number: row.number }, body: { as } }),
  })
  if (held) toast({ text: `#${row.number} is in ${as === 'spam' ? 'spam' : 'the trash'}`, undo: () => void restore(row.number) })
  return held
}

export async function restore(number: number): Promise<boolean> {
  return tried('Not restored', async () => {
    const answer = await api('DELETE /api/v1/cases/:number/removal', { params: { number } })
    queries.setQueryData(keys.case(number), answer)
    toast({ text: `#${number} is back`, tone: 'done' })
  })
}

/** Does something that is not shown before it is done, and says why when it is refused. */
export async function tried(refused: string, send: () => Promise<unknown>): Promise<boolean> {
  try {
    await send()
    return true
  } catch (error) {
    tellRefusal(error, refused)
    return false
  }
}

export const acceptMessage = (number: number, id: string) =>
  tried('Not accepted', async () => {
    queries.setQueryData(keys.case(number), await api('POST /api/v1/cases/:number/messages/:id/acceptances', { params: { number, id }, body: undefined }))
    toast({ text: 'The message joined the case, its sender is in copy', tone: 'done' })
  })

export const declineMessage = (number: number, id: string) =>
  tried('Not declined', async () => tellOwnCase(await api('POST /api/v1/cases/:number/messages/:id/declines', { params: { number, id }, body: undefined })))

export const detachMessage = (number: number, id: string) =>
  tried('Not detached', async () => tellOwnCase(await api('POST /api/v1/cases/:number/messages/:id/detachments', { params: { number, id }, body: undefined })))

/** A message that left is a case of its own, one key away. */
const tellOwnCase = ({ number }: Case) => toast({ text: `The message is case #${number} now`, tone: 'done', open: () => navigate(`/cases/${number}`) })

export async function copy(text: string, what: string): Promise<void> {
  await navigator.clipboard.writeText(text).then(() => toast({ text: `${what} copied` }), () => toast({ text: 'The browser does not let this page copy', tone: 'late' }))
}
