import { ChevronsUpDown } from 'lucide-react'
import { useCell } from '../cell.ts'
import { useMe, type Me } from '../me.tsx'
import { Avatar } from '../parts/marks.tsx'
import { Menu, type MenuItem } from '../parts/menu.tsx'
import { navigate } from '../routing.ts'
import { density, theme } from '../theme.ts'
import { presences, setPresence } from './presence.ts'

/** Whoever is signed in: presence, looks, account, sign out. */
export function AccountMenu() {
  const me = useMe()
  const [look, rows] = [useCell(theme), useCell(density)]
  const items: MenuItem[] = [
    { heading: 'Presence' },
    ...presences.map(({ value, name, detail }): MenuItem => ({ name, detail, checked: me.presence === value, perform: () => void setPresence(value) })),
    'line',
    { name: 'Theme', items: (['system', 'light', 'dark'] as const).map((value) => ({ name: NAMES[value], checked: look === value, perform: () => theme.set(value) })) },
    { name: 'Rows', items: (['compact', 'comfortable'] as const).map((value) => ({ name: NAMES[value], checked: rows === value, perform: () => density.set(value) })) },
    { name: 'Your account', perform: () => navigate('/settings/account') },
    { command: 'help.open' },
    'line',
    { command: 'session.leave' },
  ]
  return (
    <Menu
      label="You" side="top" items={items} header={<Who me={me} />}
      trigger={(
        <button type="button" className="rail-me" aria-label={`${me.name}: your menu`}>
          <Avatar name={me.name} presence={me.presence} /><span className="rail-word rail-me-name">{me.name}</span><ChevronsUpDown size={13} aria-hidden className="rail-word" />
        </button>
      )}
    />
  )
}

const NAMES = { system: 'As the system', light: 'Light', dark: 'Dark', compact: 'Compact', comfortable: 'Comfortable' }

const Who = ({ me }: { me: Me }) => (
  <div className="menu-who"><span className="menu-who-name">{me.name}</span><span className="menu-who-more">{[me.email, me.team?.name].filter(Boolean).join(' · ')}</span></div>
)

