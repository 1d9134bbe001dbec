import { useEffect } from 'react'
import { cell, useCell } from '../cell.ts'
import { useMaybeMe } from '../me.tsx'
import { locale } from './locale.ts'
import { absolute, clock, date, day, duration, relative, type Reader } from './time-model.ts'

const now = cell(new Date())
let lookers = 0
let timer: ReturnType<typeof setInterval> | undefined

/** The moment now, to the half minute; one timer for the whole screen. */
export function useNow(): Date {
  useEffect(() => {
    if (lookers++ === 0) timer = setInterval(() => now.set(new Date()), 30_000)
    return () => { if (--lookers === 0) clearInterval(timer) }
  }, [])
  return useCell(now)
}

/** Asked once: making a formatter costs a third of a millisecond, and a screen has a hundred times on it. */
let zone: string | undefined
const browserZone = () => (zone ??= Intl.DateTimeFormat().resolvedOptions().timeZone)

/** The reader's zone and language: the zone as set in the account, else the browser's. */
export function useReader(): Reader {
  const me = useMaybeMe()
  return { zone: me?.timeZone ?? browserZone(), locale }
}

export interface TimeProps {
  at: string | Date
  /** `relative` "5 min ago"; `short` "5 min"; `clock` "09:12", on other days the date; `date` "4 Nov"; `day` "Yesterday"; `full` everything. */
  form?: 'relative' | 'short' | 'clock' | 'date' | 'day' | 'full'
}

/** A moment in the reader's zone; the whole of it on hover. */
export function Time({ at, form = 'relative' }: TimeProps) {
  const [reader, moment, at_] = [useReader(), useNow(), typeof at === 'string' ? new Date(at) : at]
  if (Number.isNaN(at_.getTime())) return null
  // The clock of the reader's machine may be behind the server's: nothing that has happened lies ahead.
  const past = at_.getTime() > moment.getTime() && at_.getTime() - moment.getTime() < 60_000 ? at_ : moment
  const forms = { relative: () => relative(at_, past, reader), short: () => relative(at_, past, reader, true), clock: () => clock(at_, past, reader), date: () => date(at_, past, reader), day: () => day(at_, past, reader), full: () => absolute(at_, reader) }
  return <time dateTime={at_.toISOString()} title={form === 'full' ? undefined : absolute(at_, reader)} className="figure">{forms[form]()}</time>
}

/** A length of time: `25 min`, `2 h 10 min`. */
export function Duration({ ms }: { ms: number }) {
  return <span className="figure">{duration(ms)}</span>
}
