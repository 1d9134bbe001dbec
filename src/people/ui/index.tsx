import type { RoomUi } from '#web'
import './people.css'
import { Forgotten } from './sign-in/forgotten.tsx'
import { LinkDoor } from './sign-in/link.tsx'
import { SignIn } from './sign-in/sign-in.tsx'

/** Signing in, my account, and the settings of who works here. */
export const peopleUi: RoomUi = {
  screens: [
    { path: '/sign-in', component: SignIn, title: 'Sign in', frame: 'none' },
    { path: '/sign-in/link', component: LinkDoor, title: 'One-time link', frame: 'none' },
    { path: '/sign-in/forgotten', component: Forgotten, title: 'Forgotten password', frame: 'none' },
  ],
}
