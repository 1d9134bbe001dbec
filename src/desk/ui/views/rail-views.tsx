import { GripVertical, Layers } from 'lucide-react'
import { classes, Link, navigate, useCommands, useLocation, useMe } from '#web'
import { useState, type DragEvent, type KeyboardEvent } from 'react'
import { countWords, moved, movePin, pinnedOf, setPins, useViewCounts, useViews } from './data.ts'
import { ViewMark } from './mark.tsx'
import type { View } from '../wire.ts'

/** The pinned views in the rail, with live counts, in the order in which somebody put them: by dragging, or with alt and the arrows. */
export function RailViews() {
  const me = useMe()
  return me.may('view.read') ? <Pinned /> : null
}

function Pinned() {
  const pinned = pinnedOf(useViews().data ?? [])
  const counts = useViewCounts(pinned.map(({ id }) => id)).data
  const [path] = useLocation()
  const [dragged, setDragged] = useState<string | null>(null)
  useGoings(pinned)
  const drop = (onto: View) => {
    const ids = pinned.map(({ id }) => id)
    if (dragged !== null && dragged !== onto.id) void setPins(moved(ids, dragged, ids.indexOf(onto.id) - ids.indexOf(dragged)))
    setDragged(null)
  }
  return (
    <section className="rail-views rail-word" aria-label="Pinned views">
      <h2 className="rail-views-head"><span>Views</span><Link href="/views" aria-label="All views" title="All views"><Layers size={13} aria-hidden /></Link></h2>
      {pinned.length === 0 ? <p className="rail-views-none">Pin a view to see it here.</p> : null}
      <ul className="rail-items">
        {pinned.map((view) => {
          const count = counts?.get(view.id)
          return (
            <li key={view.id} className={classes('rail-view', dragged === view.id && 'rail-view-dragged')}>
              <Link
                href={`/views/${view.id}`} className={classes('rail-item', path.startsWith(`/views/${view.id}`) && 'rail-item-here')} aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown" onKeyDown={(event: KeyboardEvent) => moveBy(event, view)}
                draggable onDragStart={(event: DragEvent) => { event.dataTransfer.effectAllowed = 'move'; setDragged(view.id) }} onDragOver={(event: DragEvent) => event.preventDefault()}
                onDrop={(event: DragEvent) => { event.preventDefault(); drop(view) }} onDragEnd={() => setDragged(null)}
              >
                <ViewMark {...view} /><span className="rail-view-name">{view.name}</span>
                {count ? <span className="rail-count figure">{countWords(count)}</span> : null}
              </Link>
              <GripVertical size={12} aria-hidden className="rail-view-grip" />
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function moveBy(event: KeyboardEvent, view: View) {
  const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null
  if (!event.altKey || step === null) return
  event.preventDefault()
  void movePin(view, step)
}

/** The first nine pinned views by their place. */
function useGoings(pinned: readonly View[]) {
  useCommands(pinned.slice(0, 9).map((view, nth) => ({ id: `go.view.${nth + 1}`, name: `Go to ${view.name}`, keys: [`g ${nth + 1}`], section: 'Go to', words: 'view', perform: () => navigate(`/views/${view.id}`) })), [pinned.map(({ id, name }) => `${id} ${name}`).join()])
}
