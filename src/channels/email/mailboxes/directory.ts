import type { Db } from '#platform'
import { directoryOf, type Directory } from './model.ts'
import { listMailboxes } from './store.ts'

/** The mailboxes as every RCPT TO asks for them: read at most once a second, unless somebody needs to be sure. */
export interface Mailboxes {
  now(): Promise<Directory>
  /** Past the memory: asked before an address is refused, since a refusal is final for the sender. */
  sure(): Promise<Directory>
  forget(): void
}

const REMEMBER_MS = 1_000

export function openMailboxes(db: Db): Mailboxes {
  let known: { directory: Promise<Directory>; until: number } | null = null
  const sure = () => {
    const directory = listMailboxes(db).then(directoryOf)
    known = { directory, until: Date.now() + REMEMBER_MS }
    directory.catch(() => { known = null })
    return directory
  }
  return { sure, now: () => (known && known.until > Date.now() ? known.directory : sure()), forget: () => { known = null } }
}
