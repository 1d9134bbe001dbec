import { lazy } from 'react'
import type { RoomUi } from '#web'
import { FileInput, MailX, Mailbox, Send } from 'lucide-react'
import './channels.css'

const Holds = lazy(() => import('./holds.tsx').then(({ Holds: component }) => ({ default: component })))
const Mailboxes = lazy(() => import('./mailboxes.tsx').then(({ Mailboxes: component }) => ({ default: component })))
const Outbox = lazy(() => import('./outbox.tsx').then(({ Outbox: component }) => ({ default: component })))
const Quarantine = lazy(() => import('./quarantine.tsx').then(({ Quarantine: component }) => ({ default: component })))
const RawMails = lazy(() => import('./raw-mails.tsx').then(({ RawMails: component }) => ({ default: component })))

/** Mail going out, mail held back, mail as it came in, and the mailboxes. */
export const channelsUi: RoomUi = {
  screens: [
    { path: '/outbox/:id?', component: Outbox, title: 'Outbox' },
    { path: '/address-holds', component: Holds, title: 'Held addresses' },
    { path: '/quarantine', component: Quarantine, title: 'Quarantine' },
    { path: '/raw-mails/:id?', component: RawMails, title: 'Raw mails' },
  ],
  rail: [
    { path: '/outbox', name: 'Outbox', icon: Send, keys: ['g o'], permission: 'outbox.read', order: 60 },
    { path: '/quarantine', name: 'Quarantine', icon: MailX, keys: ['g q'], permission: 'quarantine.read', order: 62 },
    { path: '/raw-mails', name: 'Raw mails', icon: FileInput, keys: ['g r'], permission: 'rawMail.read', order: 64 },
  ],
  settings: [{ path: 'mailboxes', name: 'Mailboxes', component: Mailboxes, permission: 'mailbox.read', order: 30, section: 'Channels', icon: Mailbox }],
}
