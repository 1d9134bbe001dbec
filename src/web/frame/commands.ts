import { Contrast, Keyboard, LogOut, PanelLeft, Rows3, Search, Undo2, UserRound } from 'lucide-react'
import { tellRefusal } from '../api/queries.ts'
import type { Choice, Command } from '../commands/model.ts'
import { asked, helpOpen } from '../commands/registry.ts'
import { useCommands } from '../commands/use.ts'
import { meApi, useMe, type Me } from '../me.tsx'
import { undoNewest } from '../parts/toasts.ts'
import type { RailItem, SettingsPage } from '../room.ts'
import { navigate } from '../routing.ts'
import { density, theme } from '../theme.ts'
import { presences, setPresence } from './presence.ts'
import { railNarrow, SETTINGS } from './rail.tsx'
import { leave } from './sign-in.ts'

/** What can be done on every screen. */
export function useFrameCommands(rail: readonly RailItem[], settings: readonly SettingsPage[]): void {
  const me = useMe()
  useCommands([...goings([...rail, SETTINGS]), ...settingsGoings(settings), ...general, ...yours(me)], [me, rail, settings])
}

const goings = (items: readonly RailItem[]): Command[] => items.map(({ path, name, icon, keys }) => ({
  id: `go${path.replaceAll('/', '.')}`, name: `Go to ${name}`, icon, section: 'Go to', ...(keys ? { keys } : {}), perform: () => navigate(path),
}))

const settingsGoings = (pages: readonly SettingsPage[]): Command[] => pages.map(({ path, name, icon }) => ({
  id: `settings.${path}`, name: `Settings: ${name}`, section: 'Settings', ...(icon ? { icon } : {}), perform: () => navigate(`/settings/${path.replace(/\/:.*$/, '')}`),
}))

const general: Command[] = [
  { id: 'palette.open', name: 'Commands', keys: ['mod+k'], section: 'Program', icon: Search, perform: () => asked.set('all') },
  { id: 'help.open', name: 'Keys', words: 'help shortcuts keyboard', keys: ['?'], section: 'Program', icon: Keyboard, perform: () => helpOpen.set(true) },
  { id: 'toast.undo', name: 'Undo', keys: ['z'], section: 'Program', icon: Undo2, perform: () => void undoNewest() },
  { id: 'rail.toggle', name: 'Fold or unfold the rail', keys: ['['], section: 'Program', icon: PanelLeft, perform: () => railNarrow.set((now) => !now) },
  { id: 'theme.change', name: 'Theme ...', words: 'dark light colours appearance', section: 'Program', icon: Contrast, choices: () => looks(), question: 'Theme' },
  { id: 'theme.toggle', name: 'Switch between light and dark', keys: ['mod+shift+l'], section: 'Program', icon: Contrast, perform: () => theme.set(isDark() ? 'light' : 'dark') },
  { id: 'density.toggle', name: 'Switch between compact and comfortable rows', words: 'density', section: 'Program', icon: Rows3, perform: () => density.set((now) => (now === 'compact' ? 'comfortable' : 'compact')) },
]

const looks = (): Choice[] => ([['system', 'As the system'], ['light', 'Light'], ['dark', 'Dark']] as const)
  .map(([value, name]) => ({ id: value, name, current: theme.get() === value, perform: () => theme.set(value) }))

const isDark = () => (theme.get() === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : theme.get() === 'dark')

const yours = (me: Me): Command[] => [
  {
    id: 'presence.change', name: 'Set your presence ...', words: 'available busy away off', section: 'You', icon: UserRound, question: 'Your presence',
    choices: () => presences.map(({ value, name, detail }) => ({ id: value, name, detail, current: me.presence === value, perform: () => void setPresence(value) })),
  },
  { id: 'session.leave', name: 'Sign out', section: 'You', icon: LogOut, perform: () => void signOut() },
]

async function signOut() {
  try {
    await meApi('DELETE /api/v1/session')
    leave()
  } catch (error) {
    tellRefusal(error, 'You are still signed in')
  }
}
