/** A mailbox is one address of ours: whom customers write to, and which queue their cases go to. */

export const imapSecurities = ['tls', 'starttls', 'none'] as const
export type ImapSecurity = (typeof imapSecurities)[number]

export interface ImapSettings {
  host: string
  port: number
  security: ImapSecurity
  user: string
  folder: string
  /** Whether a mail is marked as read on the server once it is taken in. */
  markSeen: boolean
}

export interface Mailbox {
  id: string
  address: string
  name: string
  queueId: string | null
  standard: boolean
  madeByProgram: boolean
  demo: boolean
  version: number
  imap: ImapSettings | null
  imapStatus: ImapStatus | null
}

export interface ImapStatus {
  state: 'connected' | 'failed'
  at: string
  /** In words, when it failed. */
  problem: string | null
}

const MARK = '+c.'

/** The address itself and the reply token in it: `help+c.k3f9@example.com` is `help@example.com`, with `k3f9`. */
export function splitAddress(address: string): { base: string; token: string | null } {
  const lower = address.trim().toLowerCase()
  const at = lower.lastIndexOf('@')
  const mark = lower.lastIndexOf(MARK, at)
  if (mark < 1 || at === -1) return { base: lower, token: null }
  const token = lower.slice(mark + MARK.length, at)
  return { base: lower.slice(0, mark) + lower.slice(at), token: /^[0-9a-z]{6,64}$/.test(token) ? token : null }
}

/** The address without anything after a plus, for mail programs that let people make up their own. */
const withoutTag = (base: string): string => base.replace(/\+[^@]*(?=@[^@]*$)/, '')

/** All mailboxes at one moment, as the ways in see them. */
export interface Directory {
  byAddress: ReadonlyMap<string, Mailbox>
  standard: Mailbox | null
  /** Whether a person has set mailboxes up; until then every address is the standard mailbox's. */
  configured: boolean
}

export function directoryOf(mailboxes: readonly Mailbox[]): Directory {
  return {
    byAddress: new Map(mailboxes.map((mailbox) => [mailbox.address, mailbox])),
    standard: mailboxes.find((mailbox) => mailbox.standard) ?? null,
    configured: mailboxes.some((mailbox) => !mailbox.madeByProgram && !mailbox.demo),
  }
}

/** The mailbox that an address belongs to; undefined when it is unknown, null for the nameless one before anything is set up. */
export function mailboxFor(directory: Directory, address: string): Mailbox | null | undefined {
  const found = ownMailbox(directory, address)
  return found ?? (directory.configured ? undefined : directory.standard)
}

/** Our mailbox of this address, reply tokens and tags left out of account. */
export function ownMailbox(directory: Directory, address: string): Mailbox | undefined {
  const { base } = splitAddress(address)
  return directory.byAddress.get(base) ?? directory.byAddress.get(withoutTag(base))
}
