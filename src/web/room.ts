import type { ComponentType, ReactNode } from 'react'

/** An icon as lucide-react draws it; always beside a word, or with one in its tooltip. */
export type Icon = ComponentType<{ size?: number | string; strokeWidth?: number | string; className?: string; 'aria-hidden'?: boolean | 'true' | 'false' }>

/** A place in the program: `path` as wouter reads it (`/cases/:number`). Heavy ones are `lazy(() => import(...))`. */
export interface Screen {
  path: string
  component: ComponentType
  /** What the browser's tab says; a screen with a name of its own (a case) sets it by useTitle. */
  title?: string
  /** `none` stands alone, without rail and sign-in (the sign-in screen itself). */
  frame?: 'full' | 'none'
}

export interface RailItem {
  path: string
  name: string
  icon: Icon
  /** As commands have them: `['g i']`. */
  keys?: string[]
  /** Without it everybody who is signed in sees the item. */
  permission?: string
  order: number
  /** A number beside the name; a hook, called while the rail is drawn. */
  badge?: () => number | undefined
}

/** A page under /settings: `path` is the part behind it (`mailboxes`). */
export interface SettingsPage {
  path: string
  name: string
  component: ComponentType
  /** Without it everybody sees the page. */
  permission?: string
  order: number
  /** Pages of one heading stand together: You, Centre, Channels, System. */
  section?: string
  icon?: Icon
}

/** What the holes in screens are filled with. A room that names a hole says in its README which props it gives. */
export interface Fill {
  slot: string
  id: string
  order: number
  /** Props differ from slot to slot: the hole and its fills agree on them by the slot's name (a method, so that each may name its own). */
  component(props: object): ReactNode
}

/** What a room brings to the screens: exported as `deskUi`, `peopleUi` ... by its ui/index.tsx. */
export interface RoomUi {
  screens: Screen[]
  rail?: RailItem[]
  settings?: SettingsPage[]
  fills?: Fill[]
}
