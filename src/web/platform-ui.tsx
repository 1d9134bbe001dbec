import { lazy } from 'react'
import type { RoomUi } from './room.ts'

/** What the ground itself shows: the design, the log, dead letters, the state of the system. */
export const platformUi: RoomUi = { screens: [{ path: '/design', component: lazy(() => import('./design/design.tsx')), title: 'Design', frame: 'none' }] }
