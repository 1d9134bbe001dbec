import { GitMerge } from 'lucide-react'
import { Button } from './button.tsx'
import { staleWords } from './stale-model.ts'

export interface StaleProps {
  /** What somebody else changed meanwhile, as changesBetween says it. */
  changes: readonly string[]
  /** The form shows what is saved now; what was written here is given up. */
  onTheirs: () => void
  /** What is written here is saved over it. */
  onMine: () => void
  busy?: boolean
}

/** A save was refused because somebody else saved first (412): says what they changed, and lets the reader choose. */
export function Stale({ changes, onTheirs, onMine, busy }: StaleProps) {
  return (
    <div className="stale" role="alert">
      <p><GitMerge size={14} aria-hidden />{staleWords(changes)}</p>
      <div className="stale-actions">
        <Button size="small" onClick={onTheirs}>Show theirs</Button>
        <Button size="small" {...(busy ? { busy } : {})} onClick={onMine}>Save mine all the same</Button>
      </div>
    </div>
  )
}
