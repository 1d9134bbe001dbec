import { Menu as MenuIcon, PanelLeftClose, PanelLeftOpen, Search, Settings } from 'lucide-react'
import { cell, useCell } from '../cell.ts'
import { asked } from '../commands/registry.ts'
import { IconButton } from '../parts/button.tsx'
import { Kbd } from '../parts/kbd.tsx'
import { Tooltip } from '../parts/tooltip.tsx'
import type { RailItem } from '../room.ts'
import { Slot } from '../slots.tsx'
import { Link, useLocation } from '../routing.ts'
import { remember, remembered } from '../theme.ts'
import { AccountMenu } from './account.tsx'
import { LiveMark } from './connection.tsx'

const RAIL = 'meridian.rail'
export const railNarrow = cell(remembered(RAIL) === 'narrow')
railNarrow.subscribe(() => remember(RAIL, railNarrow.get() ? 'narrow' : 'wide'))
const cramped = typeof matchMedia === 'undefined' ? null : matchMedia('(max-width: 1099px)')
/** There is little room: icons only, whatever was chosen. */
const railCramped = cell(cramped?.matches ?? false)
cramped?.addEventListener('change', ({ matches }) => railCramped.set(matches))
/** Below 900 px the rail lies over the screen when asked for. */
export const railOver = cell(false)

/** The way to every place: 200 px, or icons only; at the foot whoever is signed in. */
export function Rail({ items }: { items: readonly RailItem[] }) {
  const [chosen, crampedNow, over] = [useCell(railNarrow), useCell(railCramped), useCell(railOver)]
  const narrow = chosen || crampedNow
  return (
    <>
      {over ? <button type="button" className="rail-veil" aria-label="Close the menu" onClick={() => railOver.set(false)} /> : null}
      <nav className="rail" aria-label="Places" data-narrow={narrow && !over ? '' : undefined} data-over={over ? '' : undefined}>
        <div className="rail-head">
          <Link href="/" className="rail-brand" aria-label="Meridian: to the beginning"><Mark /><span className="rail-word">Meridian</span></Link>
          <LiveMark />
        </div>
        <button type="button" className="rail-search" onClick={() => asked.set('all')} aria-label="Commands and search">
          <Search size={14} aria-hidden /><span className="rail-word">Do or find ...</span><span className="rail-word rail-search-key"><Kbd keys="mod+k" /></span>
        </button>
        <ul className="rail-items">{items.map((item) => <Item key={item.path} item={item} narrow={narrow && !over} />)}</ul>
        <Slot name="rail.places" props={{}} />
        <div className="rail-foot">
          <ul className="rail-items"><Item item={SETTINGS} narrow={narrow && !over} /></ul>
          <div className="rail-you"><AccountMenu /><IconButton icon={narrow ? PanelLeftOpen : PanelLeftClose} command="rail.toggle" size="small" className="rail-toggle" /></div>
        </div>
      </nav>
    </>
  )
}

export const SETTINGS: RailItem = { path: '/settings', name: 'Settings', icon: Settings, keys: ['g ,'], order: 1000 }

const none = () => undefined

function Item({ item, narrow }: { item: RailItem; narrow: boolean }) {
  const [path] = useLocation()
  const useBadge = item.badge ?? none
  const count = useBadge()
  const here = path === item.path || path.startsWith(`${item.path}/`)
  const Drawn = item.icon
  const link = (
    <Link href={item.path} className={here ? 'rail-item rail-item-here' : 'rail-item'} aria-current={here ? 'page' : undefined} onClick={() => railOver.set(false)}>
      <Drawn size={16} aria-hidden /><span className="rail-word">{item.name}</span>
      {count ? <span className="rail-count figure">{count > 999 ? '999+' : count}</span> : null}
    </Link>
  )
  return <li>{narrow ? <Tooltip text={item.name} side="right" {...(item.keys?.[0] ? { keys: item.keys[0] } : {})}>{link}</Tooltip> : link}</li>
}

/** The bar above the screen where there is no room for the rail. */
export function TopBar({ name }: { name: string | undefined }) {
  return (
    <header className="topbar">
      <IconButton icon={MenuIcon} label="Places" onClick={() => railOver.set(true)} />
      <span className="topbar-name">{name ?? 'Meridian'}</span>
      <IconButton icon={Search} label="Commands and search" onClick={() => asked.set('all')} />
    </header>
  )
}

/** A meridian on a globe. */
const Mark = () => <svg className="mark" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><circle cx="10" cy="10" r="8.25" /><path d="M10 1.75c-5.2 4.6-5.2 11.9 0 16.5" /></svg>
