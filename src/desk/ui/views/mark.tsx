import { Archive, BadgeDollarSign, Bug, Building2, CircleCheck, Clock, Flag, Flame, Globe, Inbox, Shield, Star, Tag, User, Users } from 'lucide-react'
import type { Icon } from '#web'
import type { ViewColour, ViewIcon } from '../../views/model.ts'

const icons: Readonly<Record<Exclude<ViewIcon, 'dot'>, Icon>> = {
  inbox: Inbox, clock: Clock, flag: Flag, flame: Flame, star: Star, bug: Bug, money: BadgeDollarSign, shield: Shield, building: Building2, globe: Globe, tag: Tag, user: User, users: Users, check: CircleCheck, archive: Archive,
}
export const iconNames: Readonly<Record<ViewIcon, string>> = {
  dot: 'Dot', inbox: 'Inbox', clock: 'Clock', flag: 'Flag', flame: 'Flame', star: 'Star', bug: 'Bug', money: 'Money', shield: 'Shield', building: 'Building', globe: 'Globe', tag: 'Tag', user: 'Person', users: 'People', check: 'Check', archive: 'Archive',
}
export const colourNames: Readonly<Record<ViewColour, string>> = { grey: 'Grey', blue: 'Blue', teal: 'Teal', green: 'Green', amber: 'Amber', red: 'Red', purple: 'Purple' }

/** A view's sign in its colour; the name beside it says what it is. */
export function ViewMark({ icon, colour, size = 15 }: { icon: ViewIcon; colour: ViewColour; size?: number }) {
  const Drawn = icon === 'dot' ? null : icons[icon]
  return <span className={`desk-view-mark desk-view-${colour}`} aria-hidden>{Drawn ? <Drawn size={size} /> : <span className="desk-view-dot" />}</span>
}
