import { ArrowUp } from 'lucide-react'
import { memo, useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import { useCommands } from '../commands/use.ts'
import { useCell } from '../cell.ts'
import { density } from '../theme.ts'
import { classes } from './classes.ts'
import { Kbd } from './kbd.tsx'
import { news, rowsInSight, settle, stepFrom, type Settled } from './list-model.ts'

export interface VirtualListProps<T> {
  /** What the rows are, for those who hear it. */
  label: string
  items: readonly T[]
  keyOf: (item: T) => string
  /** Draws a row; keep the function the same between draws (useCallback), so that only changed rows are drawn again. */
  row: (item: T, state: { selected: boolean }) => ReactNode
  /** All rows are equally high: that of the density unless said. */
  rowHeight?: number
  selected: string | null
  onSelect: (key: string) => void
  /** Enter, or a click. */
  onOpen?: (item: T) => void
  /** A click with shift, where it means something else than opening. */
  onShift?: (key: string) => void
  /** The end is near: fetch the next page. */
  onEndReached?: () => void
  loadingMore?: boolean
  /** Another value is another list, which comes in at once: filter, sorting. */
  listKey?: string
  /** The part of the screen that it is, for commands that belong to it. */
  scope?: string
  /** Whether j and k move in it also while the focus is elsewhere. */
  globalKeys?: boolean
  empty?: ReactNode
}

/**
 * Rows by the ten thousand. j/k, arrows, Home and End move the selection, Enter opens. New rows announce themselves above the list and come in when asked for.
 * The selection is the caller's; a step from a row that has gone leads to the one that took its place.
 */
export function VirtualList<T>(props: VirtualListProps<T>) {
  const { label, items, keyOf, selected, onSelect, onOpen, scope = 'list', globalKeys = true } = props
  const rowHeight = useRowHeight(props.rowHeight)
  const id = useId()
  const view = useRef<HTMLDivElement>(null)
  const { settled, byKey, comeIn } = useSettled(items, keyOf, props.listKey ?? '')
  const { order } = settled
  const { from, to } = useSight(view, rowHeight, order.length)
  useAnchor(view, order, rowHeight)
  const lastPlace = useRef(0)
  const at = selected === null ? -1 : order.indexOf(selected)
  useEffect(() => { if (at !== -1) lastPlace.current = at }, [at])
  useEffect(() => { if (at !== -1) bringIntoSight(view.current, at, rowHeight) }, [at, rowHeight])
  const { onEndReached } = props
  const nearEnd = to >= order.length - 5 && order.length > 0
  useEffect(() => { if (nearEnd) onEndReached?.() }, [nearEnd, order.length, onEndReached])

  const move = (step: number) => { const key = stepFrom(order, selected, lastPlace.current, step); if (key !== null) onSelect(key) }
  const openSelected = () => { const item = selected === null ? undefined : byKey.get(selected); if (item !== undefined) onOpen?.(item) }
  const bring = () => { comeIn(); view.current?.scrollTo({ top: 0 }) }
  useListCommands({ move, bring, waiting: news(settled) !== null }, scope, globalKeys)
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((view.current?.clientHeight ?? 400) / rowHeight) - 1)
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -order.length, End: order.length }[event.key]
    // With shift the arrows choose, where the list's owner has a command for it.
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    if (step !== undefined) { event.preventDefault(); move(step) }
    if (event.key === 'Enter') { event.preventDefault(); openSelected() }
  }
  if (order.length === 0) return <div className="list-empty">{props.empty}</div>
  return (
    <div className="list" data-scope={scope}>
      <News settled={settled} bring={bring} />
      <div
        ref={view} className="list-view" role="listbox" data-list="" tabIndex={0} aria-label={label} onKeyDown={onKeyDown}
        aria-activedescendant={at >= from && at < to ? `${id}-${selected}` : undefined}
      >
        <div className="list-all" role="presentation" style={{ blockSize: order.length * rowHeight }}>
          {order.slice(from, to).map((key, index) => {
            const item = byKey.get(key)
            if (item === undefined) return null
            return (
              <Row
                key={key} id={`${id}-${key}`} made={[item, props.row, onSelect, onOpen]} selected={key === selected} top={(from + index) * rowHeight} height={rowHeight} place={from + index + 1} of={order.length}
                draw={() => props.row(item, { selected: key === selected })} act={(shift) => { if (shift && props.onShift) return props.onShift(key); onSelect(key); onOpen?.(item) }}
              />
            )
          })}
        </div>
      </div>
      {props.loadingMore ? <p className="list-more" role="status">Fetching more ...</p> : null}
    </div>
  )
}

interface RowProps {
  id: string
  /** Drawn again when one of these is another one. */
  made: readonly unknown[]
  selected: boolean
  top: number
  height: number
  place: number
  of: number
  draw: () => ReactNode
  act: (shift: boolean) => void
}

const Row = memo(function Row({ id, selected, top, height, place, of, draw, act }: RowProps) {
  return (
    <div
      id={id} role="option" tabIndex={-1} aria-selected={selected} aria-posinset={place} aria-setsize={of} className={classes('list-row', selected && 'list-row-selected')}
      style={{ blockSize: height, transform: `translateY(${top}px)` }} onClick={(event) => act(event.shiftKey)} onKeyDown={(event) => { if (event.key === 'Enter') act(false) }}
    >
      {draw()}
    </div>
  )
}, (a, b) => a.made.every((part, index) => part === b.made[index]) && a.selected === b.selected && a.top === b.top && a.height === b.height && a.of === b.of)

function News({ settled, bring }: { settled: Settled; bring: () => void }) {
  const words = news(settled)
  return (
    <div className="list-news" role="status">
      {words ? <button type="button" className="list-news-button" onClick={bring}><ArrowUp size={13} aria-hidden />{words}<Kbd keys="." /></button> : null}
    </div>
  )
}

interface ListMoves { move: (step: number) => void; bring: () => void; waiting: boolean }

/** The commands stay registered while what they do changes with every draw. */
function useListCommands(moves: ListMoves, scope: string, globalKeys: boolean) {
  const now = useRef(moves)
  useLayoutEffect(() => { now.current = moves })
  useCommands(globalKeys ? [
    { id: 'list.next', name: 'Next in the list', keys: ['j'], section: 'Lists', scope, hidden: true, perform: () => now.current.move(1) },
    { id: 'list.previous', name: 'Previous in the list', keys: ['k'], section: 'Lists', scope, hidden: true, perform: () => now.current.move(-1) },
    { id: 'list.news', name: 'Show what is new in the list', keys: ['.'], section: 'Lists', scope, when: () => now.current.waiting, perform: () => now.current.bring() },
  ] : [], [scope, globalKeys])
}

const ROW_HEIGHTS = { compact: 32, comfortable: 40 }

function useRowHeight(given: number | undefined): number {
  const now = useCell(density)
  return given ?? ROW_HEIGHTS[now]
}

/** The shown order lives beside the items: a new list (another key) comes in whole. */
function useSettled<T>(items: readonly T[], keyOf: (item: T) => string, listKey: string) {
  const byKey = useMemo(() => new Map(items.map((item) => [keyOf(item), item])), [items, keyOf])
  const incoming = useMemo(() => [...byKey.keys()], [byKey])
  const [shown, setShown] = useState({ listKey, incoming, settled: settle([], incoming) })
  let now = shown
  if (shown.incoming !== incoming || shown.listKey !== listKey) {
    now = { listKey, incoming, settled: settle(shown.listKey === listKey ? shown.settled.order : [], incoming) }
    setShown(now)
  }
  return { settled: now.settled, byKey, comeIn: () => setShown({ listKey, incoming, settled: settle([], incoming) }) }
}

/** Which rows are in sight; told only when it changes. */
function useSight(view: RefObject<HTMLDivElement | null>, rowHeight: number, count: number) {
  const [sight, setSight] = useState({ from: 0, to: 40 })
  const has = count > 0
  useLayoutEffect(() => {
    const element = view.current
    if (!element) return
    const look = () => setSight((before) => {
      const next = rowsInSight(element.scrollTop, element.clientHeight, rowHeight, count)
      return next.from === before.from && next.to === before.to ? before : next
    })
    look()
    const sizes = new ResizeObserver(look)
    sizes.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => { sizes.disconnect(); element.removeEventListener('scroll', look) }
  }, [view, rowHeight, count, has])
  return { from: Math.min(sight.from, count), to: Math.min(sight.to, count) }
}

/** When rows above go, the first row in sight stays where it is. */
function useAnchor(view: RefObject<HTMLDivElement | null>, order: readonly string[], rowHeight: number) {
  const before = useRef(order)
  useLayoutEffect(() => {
    const element = view.current
    const first = element ? before.current[Math.floor(element.scrollTop / rowHeight)] : undefined
    if (element && first !== undefined && before.current !== order && element.scrollTop > 0) {
      const [was, is] = [before.current.indexOf(first), order.indexOf(first)]
      if (is !== -1 && is !== was) element.scrollBy(0, (is - was) * rowHeight)
    }
    before.current = order
  }, [view, order, rowHeight])
}

function bringIntoSight(element: HTMLElement | null, place: number, rowHeight: number) {
  if (!element) return
  const [top, bottom] = [place * rowHeight, (place + 1) * rowHeight]
  if (top < element.scrollTop) element.scrollTop = top
  else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight
}
