import { RotateCw } from 'lucide-react'
import type { CSSProperties, ReactNode } from 'react'
import { ApiProblem, inWords } from '../api/problem.ts'
import type { Icon } from '../room.ts'
import { Button } from './button.tsx'
import { classes } from './classes.ts'

export interface EmptyProps {
  /** What would be here. */
  title: string
  /** How it gets here. */
  children?: ReactNode
  /** The one thing to do. */
  action?: ReactNode
  icon?: Icon
}

/** Nothing here yet: says what would be, how it gets here, and the one thing to do. */
export function Empty({ title, children, action, icon: Drawn }: EmptyProps) {
  return (
    <div className="empty">
      {Drawn ? <span className="empty-icon"><Drawn size={20} strokeWidth={1.5} aria-hidden /></span> : null}
      <p className="empty-title">{title}</p>
      {children ? <div className="empty-text">{children}</div> : null}
      {action ? <div className="empty-action">{action}</div> : null}
    </div>
  )
}

/** Holds the place of what is being fetched, in its shape; shows itself only when it takes long enough to be noticed. */
export function Skeleton({ width, height = 12, rows, rowHeight }: { width?: number | string; height?: number; rows?: number; rowHeight?: number }) {
  if (rows === undefined) return <span className="skeleton" style={{ inlineSize: width ?? '100%', blockSize: height }} aria-hidden="true" />
  const shape: CSSProperties = { blockSize: rowHeight }
  return (
    <div className="skeleton-rows" role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        // eslint-disable-next-line react/no-array-index-key -- places, not things
        <div key={row} className={classes('skeleton-row', rowHeight === undefined && 'skeleton-row-standard')} style={shape}>
          <span className="skeleton" style={{ inlineSize: `${[62, 48, 71, 55, 40][row % 5]}%`, blockSize: 10 }} /><span className="skeleton" style={{ inlineSize: 36, blockSize: 10 }} />
        </div>
      ))}
    </div>
  )
}

export interface ProblemProps {
  error: unknown
  onRetry?: () => void
  /** What could not be shown: "The cases". */
  what?: string
  compact?: boolean
}

/** Something could not be shown: says what and why, and tries again. */
export function Problem({ error, onRetry, what, compact }: ProblemProps) {
  const gone = error instanceof ApiProblem && error.status === 404
  return (
    <div className={classes('problem', compact && 'problem-compact')} role="alert">
      <p className="problem-title">{inWords(error)}</p>
      {what && !gone ? <p className="problem-text">{what} cannot be shown because of that.</p> : null}
      {onRetry && !gone ? <Button icon={RotateCw} onClick={onRetry} size="small">Try again</Button> : null}
    </div>
  )
}
