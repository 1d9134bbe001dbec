import { CirclePause, Clock4, ClockAlert, ClockCheck } from 'lucide-react'
import { absolute, classes, useNow, useReader, type Icon } from '#web'
import { promiseShort, promiseWords, toneOf, type PromiseTone, type Shown } from './words.ts'
import './sla.css'

/** A promise as a thin bar: what is used, what is left, and between them the point of now. Each tone has a shape of its own beside it. */

export const toneIcons: Readonly<Record<PromiseTone, Icon>> = { quiet: Clock4, soon: ClockAlert, late: ClockAlert, done: ClockCheck, still: CirclePause }

export function PromiseBar({ share, tone }: { share: number; tone: PromiseTone }) {
  const used = `${Math.round(Math.min(1, Math.max(0, share)) * 1_000) / 10}%`
  return <span className={`sla-bar sla-${tone}`} aria-hidden><span className="sla-bar-used" style={{ inlineSize: used }} /><span className="sla-bar-now" style={{ insetInlineStart: used }} /></span>
}

/** The end of a row in a list: time left or how late, and the bar below it. */
export function RowPromise({ shown }: { shown: Shown | null }) {
  const [now, reader] = [useNow(), useReader()]
  if (shown === null || shown.state === 'met') return <span className="desk-row-promise" />
  const tone = toneOf(shown)
  const Drawn = toneIcons[tone]
  const words = promiseWords(shown, now)
  const title = shown.dueAt === null ? words : `${words}\n${absolute(new Date(shown.dueAt), reader)}`
  return (
    <span className={classes('desk-row-promise', `sla-${tone}`)} title={title}>
      <span className="unseen">{words}</span>
      <span className="sla-short figure" aria-hidden><Drawn size={12} aria-hidden />{promiseShort(shown, now)}</span>
      {tone === 'still' ? null : <PromiseBar share={shown.share} tone={tone} />}
    </span>
  )
}
