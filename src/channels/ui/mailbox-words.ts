import type { ImapSecurity } from '../email/mailboxes/model.ts'
import type { Mailbox, MailboxBody } from './wire.ts'

/** A mailbox as its form holds it: text, until it is sent. */
export interface MailboxDraft {
  address: string
  name: string
  queueId: string | null
  standard: boolean
  imap: ImapDraft | null
}

export interface ImapDraft {
  host: string
  port: string
  security: ImapSecurity
  user: string
  password: string
  folder: string
  markSeen: boolean
}

export const usualPort: Readonly<Record<ImapSecurity, string>> = { tls: '993', starttls: '143', none: '143' }
export const securityNames: Readonly<Record<ImapSecurity, string>> = { tls: 'TLS from the start', starttls: 'STARTTLS', none: 'None, in the clear' }

const emptyImap: ImapDraft = { host: '', port: usualPort.tls, security: 'tls', user: '', password: '', folder: 'INBOX', markSeen: true }
export const emptyMailbox: MailboxDraft = { address: '', name: '', queueId: null, standard: false, imap: null }

export const draftOf = ({ address, name, queueId, standard, imap }: Mailbox): MailboxDraft =>
  ({ address, name, queueId, standard, imap: imap && { ...imap, port: String(imap.port), password: '' } })

/** What switching IMAP on begins with: most servers take the address as the user's name, and stand at `imap.` of its domain. */
export const beginImap = (address: string): ImapDraft => ({ ...emptyImap, user: address.trim(), host: address.includes('@') ? `imap.${address.trim().split('@').at(-1)}` : '' })

/** Another security moves the port along, as long as nobody has chosen one of their own. */
export const withSecurity = (imap: ImapDraft, security: ImapSecurity): ImapDraft =>
  ({ ...imap, security, port: imap.port === usualPort[imap.security] ? usualPort[security] : imap.port })

/** The request: an empty password is left out, so that the one that is known stays. */
export function bodyOf(draft: MailboxDraft): MailboxBody {
  const { address, name, queueId, standard, imap } = draft
  return { address: address.trim(), name: name.trim(), queueId, standard, imap: imap && imapBody(imap) }
}

function imapBody({ host, port, security, user, password, folder, markSeen }: ImapDraft) {
  return { host: host.trim(), port: Number(port), security, user: user.trim(), folder: folder.trim() || 'INBOX', markSeen, ...(password ? { password } : {}) }
}

/** What is wrong before anything is sent; by field. */
export function faultsIn(draft: MailboxDraft): Partial<Record<'address' | 'host' | 'port' | 'user', string>> {
  const { address, imap } = draft
  return {
    ...(/^[^\s@]+@[^\s@]+$/.test(address.trim()) ? {} : { address: 'Write the whole address, such as help@example.com' }),
    ...(/\+/.test(address) ? { address: 'Leave out what follows a plus; those addresses lead here by themselves' } : {}),
    ...(imap && imap.host.trim() === '' ? { host: 'Name the server' } : {}),
    ...(imap && !isPort(imap.port) ? { port: '1 to 65535' } : {}),
    ...(imap && imap.user.trim() === '' ? { user: 'Name the user' } : {}),
  }
}

const isPort = (text: string) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535

export const mailboxNames = { address: 'address', name: 'name', queue: 'queue', standard: 'standard mailbox', imap: 'way in' } as const

/** What a mailbox's fields say to people, for telling what somebody else changed. */
export const mailboxSaid = ({ address, name, queueId, standard, imap }: Mailbox, queueName: (id: string) => string): Record<keyof typeof mailboxNames, string | null> => ({
  address, name: name || null, queue: queueId === null ? 'by topic' : queueName(queueId), standard: standard ? 'yes' : 'no', imap: imap ? `IMAP from ${imap.host}:${imap.port} as ${imap.user}` : 'SMTP',
})
