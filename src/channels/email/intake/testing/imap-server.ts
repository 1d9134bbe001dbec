import { createServer, type Server, type Socket } from 'node:net'

/** A mail server for tests that keeps folders in memory and speaks the part of IMAP (RFC 9051, RFC 2177) that a reader needs. */
export interface ImapFolder {
  uidValidity: number
  uidNext: number
  mails: { uid: number; raw: Buffer; seen: boolean }[]
}

export interface ImapTestServer {
  port: number
  folder: ImapFolder
  /** How many conversations are open, and how many were begun. */
  open(): number
  begun(): number
  /** Puts a mail in and tells those who idle. @returns its UID. */
  deliver(raw: string | Buffer): number
  /** As when a folder is restored from a backup: the same mails under new numbers. */
  renumber(): void
  /** Breaks every conversation at once. */
  breakAll(): void
  close(): Promise<void>
}

export interface ImapTestOptions {
  user: string
  password: string
  /** Called before each answer to a FETCH of a whole mail; to break off in the middle. */
  onFetch?: (uid: number, socket: Socket) => void
}

interface Conversation {
  socket: Socket
  signedIn: boolean
  selected: boolean
  idling: string | null
}

export async function openImapServer(options: ImapTestOptions): Promise<ImapTestServer> {
  const folder: ImapFolder = { uidValidity: 1_000, uidNext: 1, mails: [] }
  const conversations = new Set<Conversation>()
  let begun = 0
  const server: Server = createServer((socket) => {
    begun++
    const conversation: Conversation = { socket, signedIn: false, selected: false, idling: null }
    conversations.add(conversation)
    socket.on('close', () => conversations.delete(conversation))
    socket.on('error', () => {})
    socket.write('* OK ready\r\n')
    let waiting = ''
    socket.on('data', (chunk) => {
      waiting += chunk.toString('latin1')
      for (let end = waiting.indexOf('\r\n'); end !== -1; end = waiting.indexOf('\r\n')) {
        const line = waiting.slice(0, end)
        waiting = waiting.slice(end + 2)
        answer(line, conversation, folder, options)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0, folder, open: () => conversations.size, begun: () => begun,
    deliver: (raw) => {
      const uid = folder.uidNext++
      folder.mails.push({ uid, raw: Buffer.from(raw), seen: false })
      for (const { socket, selected } of conversations) if (selected) socket.write(`* ${folder.mails.length} EXISTS\r\n`)
      return uid
    },
    renumber: () => {
      folder.uidValidity++
      folder.mails.forEach((mail, index) => { mail.uid = index + 1 })
      folder.uidNext = folder.mails.length + 1
    },
    breakAll: () => { for (const { socket } of conversations) socket.destroy() },
    close: () => new Promise((resolve) => {
      for (const { socket } of conversations) socket.destroy()
      server.close(() => resolve())
    }),
  }
}

function answer(line: string, conversation: Conversation, folder: ImapFolder, options: ImapTestOptions) {
  const { socket } = conversation
  if (conversation.idling !== null) {
    const tag = conversation.idling
    conversation.idling = null
    socket.write(`${tag} ${line.toUpperCase() === 'DONE' ? 'OK idle ended' : 'BAD expected DONE'}\r\n`)
    return
  }
  const [, tag = '*', rest = ''] = /^(\S+) (.*)$/.exec(line) ?? []
  const command = /^(UID \w+|\w+)/i.exec(rest)?.[1]?.toUpperCase() ?? ''
  const given = rest.slice(command.length).trim()
  const say = (text: string) => socket.write(`${text}\r\n`)
  const handler = handlers[command]
  if (!handler) return say(`${tag} BAD unknown command`)
  if (!conversation.signedIn && !['CAPABILITY', 'LOGIN', 'LOGOUT', 'NOOP'].includes(command)) return say(`${tag} NO sign in first`)
  handler({ tag, given, say, conversation, folder, options })
}

interface Asked {
  tag: string
  given: string
  say(text: string): void
  conversation: Conversation
  folder: ImapFolder
  options: ImapTestOptions
}

const words = (given: string): string[] => [...given.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map((match) => match[1]?.replace(/\\(.)/g, '$1') ?? match[2] ?? '')

const handlers: Readonly<Record<string, (asked: Asked) => unknown>> = {
  CAPABILITY: ({ tag, say }) => {
    say('* CAPABILITY IMAP4rev1 IDLE')
    say(`${tag} OK done`)
  },
  LOGIN: ({ tag, given, say, conversation, options }) => {
    const [user, password] = words(given)
    conversation.signedIn = user === options.user && password === options.password
    say(conversation.signedIn ? `${tag} OK signed in` : `${tag} NO [AUTHENTICATIONFAILED] wrong user or password`)
  },
  LIST: ({ tag, given, say }) => {
    const [, pattern] = words(given)
    if (pattern === '') say('* LIST (\\Noselect) "/" ""')
    else say('* LIST () "/" INBOX')
    say(`${tag} OK done`)
  },
  LSUB: ({ tag, say }) => say(`${tag} OK done`),
  SELECT: ({ tag, given, say, conversation, folder }) => {
    if (words(given)[0]?.toUpperCase() !== 'INBOX') return say(`${tag} NO [NONEXISTENT] no such folder`)
    conversation.selected = true
    say('* FLAGS (\\Seen \\Answered)')
    say(`* ${folder.mails.length} EXISTS`)
    say(`* OK [UIDVALIDITY ${folder.uidValidity}] valid`)
    say(`* OK [UIDNEXT ${folder.uidNext}] next`)
    say('* OK [PERMANENTFLAGS (\\Seen)] kept')
    return say(`${tag} OK [READ-WRITE] selected`)
  },
  'UID SEARCH': ({ tag, given, say, folder }) => {
    const found = folder.mails.filter(({ seen }) => !/UNSEEN/i.test(given) || !seen).map(({ uid }) => uid)
    say(`* SEARCH${found.map((uid) => ` ${uid}`).join('')}`)
    say(`${tag} OK done`)
  },
  'UID FETCH': ({ tag, given, say, conversation, folder, options }) => {
    const [, range = '', items = ''] = /^(\S+) (.*)$/.exec(given) ?? []
    for (const [index, mail] of folder.mails.entries()) {
      if (!inRange(range, mail.uid, folder)) continue
      const parts = [`UID ${mail.uid}`]
      if (/FLAGS/i.test(items)) parts.push(`FLAGS (${mail.seen ? '\\Seen' : ''})`)
      if (/RFC822\.SIZE/i.test(items)) parts.push(`RFC822.SIZE ${mail.raw.length}`)
      const body = /BODY\.PEEK\[(HEADER)?\]/i.exec(items)
      if (!body) {
        say(`* ${index + 1} FETCH (${parts.join(' ')})`)
        continue
      }
      if (!body[1]) options.onFetch?.(mail.uid, conversation.socket)
      const content = body[1] ? mail.raw.subarray(0, mail.raw.indexOf('\r\n\r\n') + 4) : mail.raw
      conversation.socket.write(`* ${index + 1} FETCH (${parts.join(' ')} BODY[${body[1] ?? ''}] {${content.length}}\r\n`)
      conversation.socket.write(content)
      say(')')
    }
    say(`${tag} OK done`)
  },
  'UID STORE': ({ tag, given, say, folder }) => {
    const [range = ''] = words(given)
    for (const [index, mail] of folder.mails.entries()) {
      if (!inRange(range, mail.uid, folder)) continue
      mail.seen = true
      say(`* ${index + 1} FETCH (UID ${mail.uid} FLAGS (\\Seen))`)
    }
    say(`${tag} OK done`)
  },
  IDLE: ({ tag, say, conversation }) => {
    conversation.idling = tag
    say('+ idling')
  },
  NOOP: ({ tag, say }) => say(`${tag} OK done`),
  CLOSE: ({ tag, say }) => say(`${tag} OK closed`),
  LOGOUT: ({ tag, say, conversation }) => {
    say('* BYE see you')
    say(`${tag} OK bye`)
    conversation.socket.end()
  },
}

/** As IMAP has it, `7:*` names the last mail even when its UID is below seven. */
function inRange(range: string, uid: number, folder: ImapFolder): boolean {
  const last = folder.mails.at(-1)?.uid ?? 0
  return range.split(',').some((piece) => {
    const [from = 0, to = from] = piece.split(':').map((end) => (end === '*' ? last : Number(end)))
    return uid >= Math.min(from, to) && uid <= Math.max(from, to)
  })
}
