import { Activity, MailWarning, ScrollText, ShieldCheck } from 'lucide-react'
import { lazy } from 'react'
import type { RoomUi } from '../room.ts'

/** What the ground itself shows: the design, the log, dead letters, the state of the system. */
export const platformUi: RoomUi = {
  screens: [
    { path: '/design', component: lazy(() => import('../design/design.tsx')), title: 'Design', frame: 'none' },
    { path: '/log', component: lazy(() => import('./log.tsx')), title: 'Log' },
  ],
  rail: [{ path: '/log', name: 'Log', icon: ScrollText, keys: ['g e'], permission: 'log.read', order: 90 }],
  settings: [
    { path: 'dead-letters', name: 'Dead letters', component: lazy(() => import('./dead-letters.tsx')), permission: 'job.read', order: 90, section: 'System', icon: MailWarning },
    { path: 'log-verification', name: 'Log verification', component: lazy(() => import('./verification.tsx')), permission: 'log.verify', order: 92, section: 'System', icon: ShieldCheck },
    { path: 'system', name: 'System', component: lazy(() => import('./system.tsx')), permission: 'job.read', order: 94, section: 'System', icon: Activity },
  ],
}
