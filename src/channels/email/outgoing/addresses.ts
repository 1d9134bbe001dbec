/** Addresses that mail leaves from and comes back to. */

const LOCAL_MAX = 64

const insert = (address: string, mark: string): string => {
  const at = address.lastIndexOf('@')
  return `${address.slice(0, at)}${mark}${address.slice(at)}`
}

/** The mailbox's address with a mark in it; where that grows too long for SMTP (RFC 5321, 4.5.3.1.1), the address as it is. */
const marked = (mailbox: string, mark: string): string => {
  const address = insert(mailbox, mark)
  return address.lastIndexOf('@') <= LOCAL_MAX ? address : mailbox
}

/** Where an answer comes back to: the mailbox with the recipient's token. */
export const replyAddress = (mailbox: string, replyToken: string): string => marked(mailbox, `+c.${replyToken}`)

/** Where a bounce of one mail comes back to (variable envelope return path): the mailbox with the mail's own id. */
export const bounceAddress = (mailbox: string, mailId: string): string => marked(mailbox, `+b.${mailId.replaceAll('-', '')}`)

/** The id of the mail in an address made by `bounceAddress`; null when it is none. */
export function mailIdIn(address: string): string | null {
  const hex = /\+b\.([0-9a-f]{32})@[^@]*$/i.exec(address.trim())?.[1]?.toLowerCase()
  return hex ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : null
}

/** What can stand in an SMTP envelope (RFC 5321, non-ASCII by RFC 6531): one @, no spaces, controls, brackets or quotes, and within the lengths. */
export function isMailable(address: string): boolean {
  const at = address.lastIndexOf('@')
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)]
  return at > 0 && address.length <= 254 && local.length <= LOCAL_MAX && /^[^\s\p{C}<>()[\]\\,;:"@]+$/u.test(local) && !/^\.|\.\.|\.$/.test(local)
    && /^[\p{L}\p{N}\p{M}](?:[\p{L}\p{N}\p{M}.-]*[\p{L}\p{N}\p{M}])?$/u.test(domain) && !domain.includes('..')
}

const REFERENCES_MAX = 20
const ID_LENGTH_MAX = 250

const isId = (text: string): boolean => text.length <= ID_LENGTH_MAX && /^<[\x21-\x3b\x3d\x3f-\x7e]+>$/.test(text)

/** The Message-ID itself; null when it cannot stand in a header. */
export const soundId = (id: string | null): string | null => (id !== null && isId(id.trim()) ? id.trim() : null)

/** The thread (RFC 5322, 3.6.4), bounded: its beginning, which programs group by, and its newest part. */
export function boundReferences(references: readonly string[]): string[] {
  const sound = [...new Set(references.map((id) => id.trim()).filter(isId))]
  return sound.length <= REFERENCES_MAX ? sound : [...sound.slice(0, 1), ...sound.slice(1 - REFERENCES_MAX)]
}
