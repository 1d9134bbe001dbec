import { Button, classes, Link, Section, Time } from '#web'
import type { ReactNode } from 'react'
import { useHeld } from '../held.ts'
import type { BoardCase } from '../wire.ts'

const keyOf = ({ number }: BoardCase) => String(number)

interface ListProps {
  title: string
  rows: readonly BoardCase[]
  /** How many there are in all, and where they are seen. */
  count: number
  to: string
  empty: string
  when(row: BoardCase): ReactNode
  late(row: BoardCase): 'late' | 'soon' | null
  /** On a wall nobody points at it. */
  wall: boolean
}

/** A few cases, the most pressing first; they keep their places while somebody looks at them. */
export function PressingCases({ title, rows: now, count, to, empty, when, late, wall }: ListProps) {
  const { rows, waiting, release, handlers } = useHeld(now, keyOf, wall)
  return (
    <div {...handlers}>
      <Section title={title} count={count} actions={<>{waiting > 0 ? <Button size="small" variant="quiet" onClick={release}>{waiting} new</Button> : null}{count > rows.length ? <Link href={to} className="insights-all">All {count.toLocaleString('en-GB')}</Link> : null}</>}>
        {rows.length === 0 ? <p className="insights-quiet">{empty}</p> : (
          <ol className="insights-pressing">
            {rows.map((row) => (
              <li key={row.number}>
                <Link href={`/cases/${row.number}`} className="insights-case">
                  <span className="insights-case-subject" title={row.subject}>{row.subject}</span>
                  <span className={classes('insights-case-when', late(row) && `insights-${late(row)}`)}>{when(row)}</span>
                  <span className="insights-case-where"><span className="figure">#{row.number}</span> · {row.queue.name} · {row.assignee?.name ?? 'nobody has it'}</span>
                </Link>
              </li>
            ))}
          </ol>
        )}
      </Section>
    </div>
  )
}

/** When its promise is, or was, due. */
export const DueWords = ({ at, now }: { at: string; now: number }) => (Date.parse(at) <= now ? <>broken <Time at={at} /></> : <>due <Time at={at} /></>)
