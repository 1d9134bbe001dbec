import { absolute, clock, type Reader } from '#web'
import type { HandoverDeed, Standing, Turn } from '../../attention/handover/model.ts'

/** The end of a shift in words. */

export const deedWords: Readonly<Record<HandoverDeed, { name: string; done: string }>> = {
  keep: { name: 'Keep', done: 'Kept' }, snooze: { name: 'Put off until I am back', done: 'Put off' }, queue: { name: 'Back to the queue', done: 'Back in the queue' }, give: { name: 'Give to …', done: 'Given to' },
}

const turnWords: Readonly<Record<Turn, string>> = { us: 'Our turn', customer: 'Waits for the customer', partner: 'Waits for somebody outside' }

/** Instants arrive as text in answers. */
type Sent = { [K in keyof Standing]: Standing[K] extends Date ? string : Standing[K] extends Date | null ? string | null : K extends 'last' ? { at: string; ours: boolean } | null : Standing[K] }

export const standingFrom = (sent: Sent): Standing => ({
  ...sent, since: new Date(sent.since), dueAt: sent.dueAt === null ? null : new Date(sent.dueAt), last: sent.last && { ...sent.last, at: new Date(sent.last.at) }, snoozedUntil: sent.snoozedUntil === null ? null : new Date(sent.snoozedUntil),
})

/** "Waits for the customer since 14:03", "Last: customer, 12 Mar", "Due 18:00": what a colleague asks first. */
export function standingWords({ turn, since, last, drafts, replies }: Standing, now: Date, reader: Reader): string[] {
  const say = (at: Date) => clock(at, now, reader)
  return [
    `${turnWords[turn]} since ${say(since)}`,
    ...(last ? [`${last.ours ? 'We wrote last' : 'The customer wrote last'}, ${say(last.at)}${replies === 0 ? ', not answered yet' : ''}`] : []),
    ...(drafts > 0 ? [drafts === 1 ? '1 draft' : `${drafts} drafts`] : []),
  ]
}

export const dueWords = (dueAt: Date, now: Date, reader: Reader): string => `${dueAt <= now ? 'Late since' : 'Due'} ${clock(dueAt, now, reader)}`
/** For a note, which is read on another day and in another zone. */
export const inNote = (at: Date, reader: Reader): string => absolute(at, reader).replace(/:\d\d(?= )/, '')

const refusals: Readonly<Record<string, string>> = {
  'version.stale': 'somebody changed it meanwhile', 'assignee.notFound': 'the colleague is not at work here any more', 'assignee.outside': 'the colleague may not look into its queue', 'mention.outside': 'the colleague may not see it',
  'queue.notFound': 'the queue is not there any more', 'handover.notMine': 'it is somebody else’s now', 'snooze.past': 'the moment had passed', 'handover.incomplete': 'nobody was chosen', 'case.closed': 'it is closed', 'case.removed': 'it is out of sight',
}
export const refusalWords = (code: string): string => refusals[code] ?? 'it could not be changed'
