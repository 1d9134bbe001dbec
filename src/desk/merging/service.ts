import type { Work } from '#platform'
import { addParticipant, participantsOf } from '../cases/participants.ts'
import { addTag, saveCase, tagsOf, type CaseRow } from '../cases/store.ts'
import { tellCase } from '../cases/tell.ts'
import { conversationOf } from '../messages/store.ts'
import { loadBoth, type Versions } from './both.ts'
import { betweenAccounts, courseOfBoth, type Course } from './model.ts'
import { bringWatchers, insertMerge, moveDrafts, moveIn, moveIncidents, moveSidesIn } from './store.ts'

export interface Merging {
  /** Whether the other case's people get the answers from now on. Left out: unless one business would read what another one wrote. */
  copyPeople?: boolean | undefined
}

const NOTHING_SEEN: Versions = { kept: null, other: null }

/** Makes one case of two: the messages of `other` are shown in `kept`, where mail to either lands from now on. Unmerging puts everything back. */
export async function mergeCases(work: Work, number: number, otherNumber: number, { copyPeople }: Merging = {}, seen: Versions = NOTHING_SEEN): Promise<CaseRow> {
  const { kept, other } = await loadBoth(work, number, otherNumber, seen)
  const people = copyPeople ?? !betweenAccounts(kept, other) ? await bringPeople(work, kept, other) : []
  const tags = await bringTags(work, kept, other)
  const { place } = await moveIn(work.tx, other.id, kept.id)
  const drafts = await moveDrafts(work.tx, other.id, kept.id)
  await moveSidesIn(work.tx, other.id, kept.id)
  const watchers = await bringWatchers(work.tx, other.id, kept.id, work.at)
  const incidents = await moveIncidents(work.tx, other.id, kept.id)
  const [before, otherBefore] = [courseFrom(kept), courseFrom(other)]
  const { fact, ...merged } = courseOfBoth(before, otherBefore, work.at)
  const parent = { before: kept.parentId, after: parentAfter(kept, other) }
  await insertMerge(work.tx, { caseId: other.id, intoId: kept.id, at: work.at, before: { other: otherBefore, kept: before, merged, parent, incidents, people: people.map(({ address }) => address), tags, watchers, drafts, place } })
  const gone = await saveCase(work.tx, { ...other, status: 'closed', statusAt: work.at, closedAt: work.at, waitingSince: null, mergedInto: kept.id }, work.at)
  const saved = await saveCase(work.tx, { ...kept, ...merged.life, waitingSince: merged.waitingSince, lastMessageAt: merged.lastMessageAt, parentId: parent.after, ...(await talkOf(work, kept)) }, work.at)
  tellCase(work, gone, 'case.merged', { into: kept.number, from: other.status, to: 'closed' })
  tellCase(work, saved, 'case.absorbed', { other: other.number, waitingSince: saved.waitingSince?.toISOString() ?? null })
  for (const person of people) tellCase(work, saved, 'participant.added', { customer: person.customerId })
  for (const tag of tags) tellCase(work, saved, 'tag.added', { tag })
  if (fact) tellCase(work, saved, fact, { from: kept.status, to: saved.status })
  return saved
}

/** An incident brings its problem along; a problem that goes into its own incident leaves none. */
const parentAfter = (kept: CaseRow, other: CaseRow): string | null =>
  kept.parentId === other.id ? null : kept.parentId ?? (other.parentId === kept.id ? null : other.parentId)

export const courseFrom = ({ status, statusAt, solvedAt, closedAt, reopens, waitingSince, lastMessageAt }: CaseRow): Course => ({ life: { status, statusAt, solvedAt, closedAt, reopens }, waitingSince, lastMessageAt })

/** What a case's messages say of it, after they came or went. */
export async function talkOf(work: Work, found: CaseRow): Promise<Pick<CaseRow, 'replies' | 'firstRepliedAt'>> {
  const talk = await conversationOf(work.tx, found.id)
  return { replies: talk.replies, firstRepliedAt: talk.firstReplyAt }
}

async function bringPeople(work: Work, kept: CaseRow, other: CaseRow) {
  const brought = []
  for (const { customerId, address } of await participantsOf(work.tx, other.id)) {
    if (await addParticipant(work.tx, { caseId: kept.id, customerId, address, role: 'cc', at: work.at })) brought.push({ customerId, address })
  }
  return brought
}

async function bringTags(work: Work, kept: CaseRow, other: CaseRow): Promise<string[]> {
  const brought: string[] = []
  for (const tag of await tagsOf(work.tx, other.id)) if (await addTag(work.tx, kept.id, tag)) brought.push(tag)
  return brought
}
