import { authorisation, filesOnDisk, openDatabase, performer, platformPolicy, startJobs, systemClock, type Perform } from '#platform'
import { openOutgoing, outgoingPolicy } from '../index.ts'

/**
 * A program that only sends, as a process of its own, to be killed. DIE says where it kills itself: `claimed` once a mail is taken
 * and before anything is said to a server, `answered` once the server has answered and before that is written down.
 */
const env = (name: string): string => process.env[name] ?? ''
const die = (): never => { process.kill(process.pid, 'SIGKILL'); throw new Error('killed') }
const DIE = env('DIE')

const ownerUrl = env('OWNER_URL')
const { db, pool, close } = openDatabase(ownerUrl, 12)
const perform = performer(db, systemClock, () => {})
const outgoing = openOutgoing({
  may: authorisation(platformPolicy, outgoingPolicy), files: filesOnDisk(env('FOLDER')), mailDomain: 'mail.example.com', smtpUrl: env('SMTP_URL'), leaseSeconds: 1,
  patience: { pauseSeconds: 0.2, pauseSecondsMax: 1, attemptsMax: 60, doubtsMax: 60 }, times: { connectMs: 2_000, silenceMs: 2_000 },
  settleDelivery: async (work, { messageId, outcome }) => {
    if (DIE === 'answered' && outcome === 'sent') die()
    await work.tx.updateTable('message').set({ delivery: outcome }).where('id', '=', messageId).execute()
  },
})
const claims = new Set<unknown>()
/** The first unit of work of a sending job takes the mail. */
const dying: Perform = async (actor, verb, at) => {
  const result = await perform(actor, verb, at)
  if (DIE === 'claimed' && typeof result === 'object' && result !== null && 'lease' in result && claims.add(result).size === 1) die()
  return result
}
const jobs = await startJobs({
  ownerUrl, db, pool, perform: dying, table: outgoing.jobs, repeating: [], concurrency: 4, fault: (error) => console.error(error),
})
process.once('SIGTERM', () => void jobs.stop().then(close).then(() => process.exit(0)))
process.send?.('ready')
