import { AlarmClock } from 'lucide-react'
import { useReader } from '#web'
import type { Summary } from '../wire.ts'
import './case.css'
import { momentWords, untilWords } from './snooze.ts'

/** That a case is put off, and until when; by whom and for what on hover. */
export function SnoozedMark({ snoozed, short = false }: { snoozed: NonNullable<Summary['snoozed']>; short?: boolean }) {
  const reader = useReader()
  const until = snoozed.until === null ? null : new Date(snoozed.until)
  const words = `Put off ${untilWords(until, reader)}`
  return (
    <span className="attention-snoozed" title={[words, snoozed.by ? `by ${snoozed.by.name}` : '', snoozed.reason ? `: ${snoozed.reason}` : ''].join(' ').replace(' :', ':').trim()}>
      <AlarmClock size={12} aria-hidden /><span className={short ? 'unseen' : undefined}>{words}</span>{short ? <span aria-hidden>{until === null ? 'customer' : momentWords(until, reader)}</span> : null}
    </span>
  )
}
