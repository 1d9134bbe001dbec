import { optimistic, queries, toast, type Choice, type Reader } from '#web'
import { presetsAt, type Preset } from '../../attention/snooze/model.ts'
import type { Doing } from '../actions.ts'
import { api, keys } from '../data.ts'
import { withRow, type Pages } from '../inbox/pages.ts'
import type { Case, Summary } from '../wire.ts'
import type { momentIn } from './when.ts'

/** Putting a case off, and bringing it back. */

type Snoozed = Summary['snoozed']
const isPages = (data: Case | Pages): data is Pages => 'items' in data

/** "Fri 6 Mar, 09:00" on the reader's clock. */
export const momentWords = (at: Date, { zone, locale }: Reader): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).format(at)

export const untilWords = (until: Date | null, reader: Reader): string => (until === null ? 'until the customer writes' : `until ${momentWords(until, reader)}`)

async function send(number: number, snoozed: Snoozed, refused: string): Promise<boolean> {
  return optimistic<Case | Pages>({
    keys: [keys.case(number), ['cases', 'list'], ['cases', 'of']], refused,
    apply: (before) => (isPages(before) ? withRow(before, number, (row) => ({ ...row, snoozed })) : { ...before, snoozed }),
    send: async () => {
      const answer = snoozed === null ? await api('DELETE /api/v1/cases/:number/snooze', { params: { number } })
        : await api('PUT /api/v1/cases/:number/snooze', { params: { number }, body: { until: snoozed.until === null ? null : new Date(snoozed.until), reason: snoozed.reason } })
      queries.setQueryData(keys.case(number), answer)
    },
  })
}

/** Puts a case off; taken back, it is as it was. */
export async function putOff({ row, names }: Doing, until: Date | null, reader: Reader): Promise<boolean> {
  const before = row.snoozed
  const held = await send(row.number, { until: until?.toISOString() ?? null, by: names.me === null ? null : { id: names.me, name: names.agent(names.me) ?? '' }, at: new Date().toISOString(), reason: before?.reason ?? null }, 'Not put off')
  if (held) toast({ text: `#${row.number} is put off ${untilWords(until, reader)}`, undo: () => void send(row.number, stillAhead(before), 'Not taken back') })
  return held
}

export async function wake({ row }: Doing): Promise<boolean> {
  const before = row.snoozed
  const held = await send(row.number, null, 'Not woken')
  if (held) toast({ text: `#${row.number} is back`, tone: 'done', ...(before ? { undo: () => void send(row.number, stillAhead(before), 'Not taken back') } : {}) })
  return held
}

/** A moment that has passed meanwhile is no moment to sleep until. */
const stillAhead = (snoozed: Snoozed): Snoozed => (snoozed && snoozed.until !== null && new Date(snoozed.until) <= new Date() ? null : snoozed)

const presetNames: Readonly<Record<Preset['id'], string>> = {
  laterToday: 'Later today', tomorrow: 'Tomorrow morning', monday: 'Monday morning', threeDays: 'In three days', customer: 'Until the customer writes',
}

let reading: typeof momentIn | null = null

/** What is offered; what one writes instead is read by a library that comes when the picker first opens. */
export async function snoozeChoices(reader: Reader, choose: (until: Date | null) => void): Promise<Choice[]> {
  reading ??= (await import('./when.ts')).momentIn
  return presetsAt(new Date(), reader.zone).map(({ id, until }) => ({ id, name: presetNames[id], detail: until === null ? 'However long that takes' : momentWords(until, reader), perform: () => choose(until) }))
}

export function snoozeTyped(letters: string, reader: Reader, choose: (until: Date | null) => void): Choice | null {
  const moment = reading?.(letters, new Date(), reader.zone) ?? null
  return moment === null ? null : { id: `at ${moment.toISOString()}`, name: `Until ${momentWords(moment, reader)}`, detail: letters.trim(), perform: () => choose(moment) }
}
