import type { RoomUi } from '#web'
import { Sprout } from 'lucide-react'
import './demo.css'
import { SampleCentre } from './sample-centre.tsx'

/** Says that what is seen is a sample, and takes it out. */
export const demoUi: RoomUi = {
  screens: [],
  settings: [{ path: 'sample-centre', name: 'Sample centre', component: SampleCentre, permission: 'demo.remove', order: 90, section: 'System', icon: Sprout }],
}
