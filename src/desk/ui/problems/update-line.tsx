import { Link, Time, useMe } from '#web'
import { useState } from 'react'
import { sendOn, undoUpdate } from '../merging/actions.ts'
import type { ProblemUpdate } from '../merging/wire.ts'
import { counted } from '../words.ts'
import { fateOf, gistOf } from './words.ts'

/** One update: how far it has come, what became of it where, and the way back while there is one. */
export function UpdateLine({ problem, update, untold }: { problem: number; update: ProblemUpdate; untold: number[] }) {
  const may = useMe().may('problem.update')
  const [open, setOpen] = useState(false)
  const { tally } = update
  const recallable = may && update.undoneAt === null && (tally.waiting > 0 || update.items.some(({ delivery }) => delivery === 'waiting'))
  return (
    <div className="kin-update">
      <button type="button" className="kin-update-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className="kin-subject">{gistOf(update.body)}</span>
        <span className="kin-detail">{update.by} · <Time at={update.at} /> · {progress(update)}</span>
      </button>
      {tally.waiting > 0 ? <progress className="kin-progress" max={tally.all} value={tally.all - tally.waiting} aria-label="Sent so far" /> : null}
      <div className="kin-actions">
        {recallable ? <button type="button" className="desk-tool" onClick={() => void undoUpdate(problem, update.id)}>Take it back</button> : null}
        {may && update.undoneAt === null && untold.length > 0 ? <button type="button" className="desk-tool" onClick={() => void sendOn(problem, update.id, untold)}>Send it to {counted(untold.length, 'incident')} more</button> : null}
      </div>
      {open ? (
        <ul className="kin-fates">
          {update.items.map((item) => {
            const fate = fateOf(item)
            return <li key={item.number}><Link href={`/cases/${item.number}`}>#{item.number}</Link><span className={`kin-fate kin-fate-${fate.tone}`}>{fate.word}</span></li>
          })}
        </ul>
      ) : null}
    </div>
  )
}

function progress({ tally, undoneAt }: ProblemUpdate): string {
  if (tally.waiting > 0) return `${tally.all - tally.waiting} of ${tally.all}`
  const parts = [tally.sent > 0 ? `sent to ${tally.sent}` : null, tally.refused > 0 ? `not to ${tally.refused}` : null, tally.recalled > 0 ? `taken back at ${tally.recalled}` : null].filter((part) => part !== null)
  return parts.length > 0 ? parts.join(', ') : undoneAt ? 'taken back' : 'sent to nobody'
}
