import { newId, refuse as refuseAnything, type Work } from '#platform'
import { refuse } from '../../refusals.ts'
import type { ImapSettings, Mailbox } from './model.ts'
import type { Secrets } from './secret.ts'
import { archiveRow, clearStandard, lockMailbox, saveMailbox } from './store.ts'

export interface ImapCommand extends ImapSettings {
  /** Left out: the one that is known already stays. */
  password?: string
}

export interface MailboxCommand {
  address: string
  name: string
  queueId: string | null
  standard: boolean
  imap: ImapCommand | null
  /** Made for the sample centre: it does not end the time in which mail to any address is taken in. */
  demo?: boolean
}

const settingsOf = (imap: ImapCommand): ImapSettings => ({ host: imap.host, port: imap.port, security: imap.security, user: imap.user, folder: imap.folder, markSeen: imap.markSeen })

/** Sets up an address of ours. @throws when IMAP comes without a password, or the address is taken. */
export async function createMailbox(work: Work, secrets: Secrets, command: MailboxCommand): Promise<Mailbox> {
  if (command.imap && !command.imap.password) throw refuse('mailbox.passwordNeeded')
  const mailbox: Mailbox = {
    id: newId(), address: command.address.toLowerCase(), name: command.name, queueId: command.queueId, standard: command.standard, madeByProgram: false,
    demo: command.demo ?? false, version: 1, imap: command.imap ? settingsOf(command.imap) : null, imapStatus: null,
  }
  if (mailbox.standard) await clearStandard(work.tx, mailbox.id)
  await saveMailbox(work.tx, mailbox, command.imap?.password ? secrets.seal(command.imap.password) : null)
  work.tell('channels', { kind: 'mailbox.created', subject: `mailbox:${mailbox.id}`, data: { queue: mailbox.queueId, imap: mailbox.imap !== null } })
  return mailbox
}

/** A password is for the server that it was entered for: elsewhere, or in the clear, it would tell itself to whoever listens there. */
const samePlace = (before: ImapSettings, now: ImapSettings): boolean => before.host === now.host && before.port === now.port && before.security === now.security

/** Changes what the command names. From then on the mailbox is a person's, not the program's. */
export async function changeMailbox(work: Work, secrets: Secrets, id: string, command: Partial<MailboxCommand>, versionSeen: number | null): Promise<Mailbox> {
  const before = await lockMailbox(work.tx, id)
  if (!before) throw refuse('mailbox.notFound')
  if (versionSeen !== null && versionSeen !== before.version) throw refuseAnything('version.stale', { version: before.version })
  if (before.standard && command.standard === false) throw refuse('mailbox.standardNeeded')
  if (command.imap && !command.imap.password && !(before.imap && samePlace(before.imap, command.imap))) throw refuse('mailbox.passwordNeeded')
  const mailbox: Mailbox = {
    ...before, address: command.address?.toLowerCase() ?? before.address, name: command.name ?? before.name,
    queueId: command.queueId === undefined ? before.queueId : command.queueId, standard: command.standard ?? before.standard,
    imap: command.imap === undefined ? before.imap : command.imap && settingsOf(command.imap), madeByProgram: false, version: before.version + 1,
  }
  if (mailbox.standard && !before.standard) await clearStandard(work.tx, id)
  const secret = command.imap === null ? null : command.imap?.password ? secrets.seal(command.imap.password) : undefined
  await saveMailbox(work.tx, mailbox, secret)
  work.tell('channels', { kind: 'mailbox.changed', subject: `mailbox:${id}`, data: { fields: Object.keys(command) } })
  return mailbox
}

export async function archiveMailbox(work: Work, id: string): Promise<void> {
  const before = await lockMailbox(work.tx, id)
  if (!before) throw refuse('mailbox.notFound')
  if (before.standard) throw refuse('mailbox.standardNeeded')
  await archiveRow(work.tx, id, work.at)
  work.tell('channels', { kind: 'mailbox.archived', subject: `mailbox:${id}` })
}
