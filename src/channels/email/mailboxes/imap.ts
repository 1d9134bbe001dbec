import { ImapFlow } from 'imapflow'
import type { ImapSettings } from './model.ts'

const CONNECT_MS = 15_000
const SILENCE_MS = 5 * 60_000
const IDLE_RENEWED_MS = 9 * 60_000

/** A conversation that is not begun yet. Its errors also end the promises under way, so listeners only keep the process from falling. */
export function imapClient(settings: ImapSettings, password: string, bytesMax: number): ImapFlow {
  const client = new ImapFlow({
    host: settings.host, port: settings.port, secure: settings.security === 'tls', doSTARTTLS: settings.security === 'starttls',
    auth: { user: settings.user, pass: password }, logger: false, disableAutoIdle: true, clientInfo: { name: 'Meridian' },
    connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: SILENCE_MS, maxIdleTime: IDLE_RENEWED_MS,
    maxLiteralSize: bytesMax + 1_048_576, maxResponseSize: bytesMax + 4_194_304,
  })
  client.on('error', () => {})
  return client
}

/** @throws an error with the code FolderMissing when the server has no such folder. */
export async function openFolder(client: ImapFlow, folder: string) {
  try {
    return await client.mailboxOpen(folder)
  } catch (error) {
    if (client.usable) throw Object.assign(new Error('no such folder', { cause: error }), { code: 'FolderMissing' })
    throw error
  }
}
