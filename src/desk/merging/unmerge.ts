import type { Work } from '#platform'
import { loadCase, loadWorkable } from '../cases/load.ts'
import { addParticipant, dropParticipant, participantsOf } from '../cases/participants.ts'
import { dropTag, findCaseById, saveCase, tagsOf, type CaseRow } from '../cases/store.ts'
import { tellCase } from '../cases/tell.ts'
import { conversationOf } from '../messages/store.ts'
import { refuse } from '../refusals.ts'
import type { Versions } from './both.ts'
import { courseRestored, courseWithout } from './model.ts'
import { courseFrom, talkOf } from './service.ts'
import { findMerge, hasMessages, mergesInto, moveDraftsBack, moveIncidents, moveOut, moveSidesOut, noteUndone, saveBefore, takeWatchers, watching, type MergeRow, type Returned } from './store.ts'

/**
 * Makes two cases of one again. The case that comes out is as it was, with what came to it meanwhile; what agents wrote since stays where they
 * wrote it. @returns the case that came out.
 */
export async function unmergeCase(work: Work, number: number, seen: Versions = { kept: null, other: null }): Promise<CaseRow> {
  const { kept, other, merge } = await loadMerged(work, number, seen)
  const { before } = merge
  const people = await keepShared(work, merge, kept)
  const returned = await moveOut(work.tx, { caseId: other.id, fromId: kept.id, place: before.place, alsoFrom: people.addresses })
  if (!(await hasMessages(work.tx, other.id))) throw refuse('merge.empty')
  await moveDraftsBack(work.tx, { caseId: other.id, fromId: kept.id, at: work.at, drafts: before.drafts })
  await moveSidesOut(work.tx, other.id, kept.id)
  await takeWatchers(work.tx, kept.id, people.watchers)
  await moveIncidents(work.tx, kept.id, other.id, before.incidents)
  const dropped = await takePeople(work, kept, people.addresses)
  const tags = await takeTags(work, kept, people.tags)
  const joined = await letIn(work, other, returned)
  await noteUndone(work.tx, merge.id, work.at)
  const alone = await restoreOther(work, other, merge, returned)
  await restoreKept(work, kept, merge, { dropped, tags, other: other.number })
  for (const customer of joined) tellCase(work, alone, 'participant.added', { customer })
  return alone
}

async function loadMerged(work: Work, number: number, seen: Versions): Promise<{ kept: CaseRow; other: CaseRow; merge: MergeRow }> {
  const other = await loadCase(work, number, seen.other)
  const into = other.mergedInto ? await findCaseById(work.tx, other.mergedInto) : null
  if (!into) throw refuse('merge.none')
  if (into.mergedInto) throw refuse('merge.inner', { inner: into.number })
  if (into.status === 'closed') throw refuse('merge.final', { into: into.number })
  const kept = await loadWorkable(work, into.number, seen.kept)
  const merge = await findMerge(work.tx, other.id)
  if (!merge) throw refuse('merge.none')
  return { kept, other, merge }
}

/** People, tags and watchers that another merged case has as well stay, and are that one's to take away from now on. */
async function keepShared(work: Work, merge: MergeRow, kept: CaseRow): Promise<{ addresses: string[]; tags: string[]; watchers: string[] }> {
  let { people: addresses, tags, watchers } = merge.before
  for (const { id, caseId, before } of await mergesInto(work.tx, kept.id, merge.id)) {
    const there = new Set((await participantsOf(work.tx, caseId)).map(({ address }) => address))
    const [tagged, watched] = [new Set(await tagsOf(work.tx, caseId)), new Set(await watching(work.tx, caseId))]
    const shared = { people: addresses.filter((one) => there.has(one)), tags: tags.filter((one) => tagged.has(one)), watchers: watchers.filter((one) => watched.has(one)) }
    if (shared.people.length + shared.tags.length + shared.watchers.length > 0) {
      await saveBefore(work.tx, id, { ...before, people: [...before.people, ...shared.people], tags: [...before.tags, ...shared.tags], watchers: [...before.watchers, ...shared.watchers] })
    }
    addresses = addresses.filter((one) => !there.has(one))
    tags = tags.filter((one) => !tagged.has(one))
    watchers = watchers.filter((one) => !watched.has(one))
  }
  return { addresses, tags, watchers }
}

/** Those who came with the merge leave again, unless one of them has become the customer. */
async function takePeople(work: Work, kept: CaseRow, addresses: readonly string[]): Promise<string[]> {
  const leaving = (await participantsOf(work.tx, kept.id)).filter(({ address, role }) => role === 'cc' && addresses.includes(address))
  for (const { address } of leaving) await dropParticipant(work.tx, kept.id, address, work.at)
  return leaving.map(({ customerId }) => customerId)
}

async function takeTags(work: Work, kept: CaseRow, tags: readonly string[]): Promise<string[]> {
  const dropped: string[] = []
  for (const tag of tags) if (await dropTag(work.tx, kept.id, tag)) dropped.push(tag)
  return dropped
}

/** Whoever wrote to the case while it was merged, and was let in, takes part in it. */
async function letIn(work: Work, other: CaseRow, returned: readonly Returned[]): Promise<string[]> {
  const joined: string[] = []
  for (const { direction, standing, address, authorId } of returned) {
    if (direction !== 'in' || standing !== 'accepted' || !address || !authorId) continue
    const there = (await participantsOf(work.tx, other.id)).some((person) => person.address === address || person.customerId === authorId)
    if (!there && (await addParticipant(work.tx, { caseId: other.id, customerId: authorId, address, role: 'cc', at: work.at }))) joined.push(authorId)
  }
  return joined
}

async function restoreOther(work: Work, other: CaseRow, { before, intoId }: MergeRow, returned: readonly Returned[]): Promise<CaseRow> {
  const wrote = returned.filter(({ direction, automatic, standing }) => direction === 'in' && automatic === null && standing === 'accepted').map(({ at }) => at.getTime())
  const { fact, ...course } = courseRestored(before.other, wrote.length > 0 ? new Date(Math.min(...wrote)) : null, work.at)
  const saved = await saveCase(work.tx, { ...other, ...course.life, waitingSince: course.waitingSince, lastMessageAt: course.lastMessageAt, mergedInto: null, ...(await talkOf(work, other)) }, work.at)
  tellCase(work, saved, 'case.unmerged', { from: (await findCaseById(work.tx, intoId))?.number, to: before.other.life.status, waitingSince: saved.waitingSince?.toISOString() ?? null })
  if (fact) tellCase(work, saved, fact, { from: before.other.life.status, to: saved.status })
  return saved
}

async function restoreKept(work: Work, kept: CaseRow, { before }: MergeRow, gone: { dropped: string[]; tags: string[]; other: number }): Promise<void> {
  const talk = await conversationOf(work.tx, kept.id)
  const course = courseWithout(courseFrom(kept), before.kept, before.merged, talk)
  const saved = await saveCase(work.tx, {
    ...kept, ...course.life, waitingSince: course.waitingSince, lastMessageAt: course.lastMessageAt, parentId: kept.parentId === before.parent.after ? before.parent.before : kept.parentId, ...(await talkOf(work, kept)),
  }, work.at)
  tellCase(work, saved, 'case.separated', { other: gone.other, waitingSince: saved.waitingSince?.toISOString() ?? null, ...(saved.status === kept.status ? {} : { from: kept.status, to: saved.status }) })
  for (const customer of gone.dropped) tellCase(work, saved, 'participant.dropped', { customer })
  for (const tag of gone.tags) tellCase(work, saved, 'tag.dropped', { tag })
}
