import { navigate, type RoomUi } from '#web'
import { Building2, CircleUser, KeyRound, Sparkles, UserCog, Users } from 'lucide-react'
import { lazy, useEffect } from 'react'
import './people.css'
import { SignIn } from './sign-in/sign-in.tsx'

const MyAccount = lazy(() => import('./me/account.tsx').then(({ MyAccount: component }) => ({ default: component })))
const People = lazy(() => import('./settings/people.tsx').then(({ People: component }) => ({ default: component })))
const Sites = lazy(() => import('./settings/sites.tsx').then(({ Sites: component }) => ({ default: component })))
const Skills = lazy(() => import('./settings/skills.tsx').then(({ Skills: component }) => ({ default: component })))
const Teams = lazy(() => import('./settings/teams.tsx').then(({ Teams: component }) => ({ default: component })))
const Tokens = lazy(() => import('./settings/tokens.tsx').then(({ Tokens: component }) => ({ default: component })))
const Forgotten = lazy(() => import('./sign-in/forgotten.tsx').then(({ Forgotten: component }) => ({ default: component })))
const LinkDoor = lazy(() => import('./sign-in/link.tsx').then(({ LinkDoor: component }) => ({ default: component })))

const ACCOUNT = '/settings/account'

/** A short address for one's own account. */
function ToAccount() {
  useEffect(() => navigate(ACCOUNT, { replace: true }), [])
  return null
}

/** Signing in, my account, and the settings of who works here. */
export const peopleUi: RoomUi = {
  screens: [
    { path: '/sign-in', component: SignIn, title: 'Sign in', frame: 'none' },
    { path: '/sign-in/link', component: LinkDoor, title: 'One-time link', frame: 'none' },
    { path: '/sign-in/forgotten', component: Forgotten, title: 'Forgotten password', frame: 'none' },
    { path: '/me', component: ToAccount },
  ],
  settings: [
    { path: 'account', name: 'Your account', component: MyAccount, order: 1, section: 'You', icon: CircleUser },
    { path: 'people', name: 'People', component: People, permission: 'agent.read', order: 10, section: 'Centre', icon: UserCog },
    { path: 'teams', name: 'Teams', component: Teams, permission: 'place.read', order: 11, section: 'Centre', icon: Users },
    { path: 'sites', name: 'Sites', component: Sites, permission: 'place.read', order: 12, section: 'Centre', icon: Building2 },
    { path: 'skills', name: 'Skills', component: Skills, permission: 'place.read', order: 13, section: 'Centre', icon: Sparkles },
    { path: 'tokens', name: 'API tokens', component: Tokens, permission: 'token.read', order: 80, section: 'System', icon: KeyRound },
  ],
}
