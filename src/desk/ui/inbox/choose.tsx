import { Check } from 'lucide-react'
import { classes, useMe } from '#web'
import type { MouseEvent } from 'react'
import { isAny, isChosen, rangeTo, toggle, useSelection, type Seen } from './selection.ts'

/** The mark by which a row is chosen with the mouse; `x` and shift with the arrows choose with the keyboard. */
export function Choose({ row, list }: { row: Seen; list: string }) {
  const [selection, may] = [useSelection(list), useMe().may('case.bulk')]
  const chosen = isChosen(selection, row.number)
  if (!may) return null
  const choose = (event: MouseEvent) => { event.stopPropagation(); if (event.shiftKey) rangeTo(list, row.number); else toggle(list, { number: row.number, version: row.version }) }
  return (
    // The row is the option that is read aloud and reached by keys; this is its place for a click.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <span className={classes('desk-choose', chosen && 'desk-choose-chosen', isAny(selection) && 'desk-choose-any')} onClick={choose}>
      {chosen ? <><Check size={11} strokeWidth={3} aria-hidden /><span className="unseen">Chosen</span></> : null}
    </span>
  )
}
