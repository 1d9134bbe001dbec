import { classes } from '#web'

/** How much of somebody's room is taken, as a bar and in numbers. */
export function LoadBar({ load, capacity }: { load: number; capacity: number }) {
  const share = capacity === 0 ? 1 : Math.min(1, load / capacity)
  return (
    <span className="routing-load" title={`${load} of ${capacity}`}>
      <span className="routing-load-bar" aria-hidden="true"><span className={classes('routing-load-part', load >= capacity && 'routing-load-full')} style={{ inlineSize: `${share * 100}%` }} /></span>
      <span className="figure">{load}/{capacity}</span>
    </span>
  )
}
