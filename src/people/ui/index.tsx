import { navigate, type RoomUi } from '#web'
import { Building2, CircleUser, KeyRound, Sparkles, UserCog, Users } from 'lucide-react'
import { useEffect } from 'react'
import './people.css'
import { MyAccount } from './me/account.tsx'
import { People } from './settings/people.tsx'
import { Sites } from './settings/sites.tsx'
import { Skills } from './settings/skills.tsx'
import { Teams } from './settings/teams.tsx'
import { Tokens } from './settings/tokens.tsx'
import { Forgotten } from './sign-in/forgotten.tsx'
import { LinkDoor } from './sign-in/link.tsx'
import { SignIn } from './sign-in/sign-in.tsx'

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
