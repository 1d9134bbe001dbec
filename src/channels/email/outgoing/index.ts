/** Mail out, as the channels' own door hands it on. */
import { createPrivateKey } from 'node:crypto'
import type { JobTable, Work } from '#platform'
import { postJobs } from '../post/jobs.ts'
import { submitPost } from '../post/service.ts'
import type { Post } from '#desk'
import { recordBounce, type Bounce } from './bounce.ts'
import type { DkimKey } from './compose.ts'
import { outgoingJobs } from './jobs.ts'
import type { OutgoingMessage, Patience } from './model.ts'
import { outgoingRoutes } from './routes.ts'
import type { SendOptions } from './send.ts'
import { localOutbox, openSmtp, type SmtpTimes } from './smtp.ts'
import { internetIdOf, recall, submit } from './submit.ts'

export { isOutgoingFact, outgoingAudience } from './audience.ts'
export type { Bounce } from './bounce.ts'
export { outgoingRepeating } from './jobs.ts'
export { outgoingPolicy } from './policy.ts'
export type { OutgoingApi } from './routes.ts'
export type { SettleDelivery } from './settle.ts'
export { spaceOfCase } from './store.ts'
export { readSubjectTokens, subjectToken, subjectTokenHolds, type SubjectToken } from './subject.ts'

export interface OutgoingOptions extends Pick<SendOptions, 'may' | 'files' | 'settleDelivery'> {
  /** The domain of our Message-IDs and of the standard sender; also what we call ourselves to servers. */
  mailDomain: string
  /** Where mail is sent; null keeps it in the local outbox. */
  smtpUrl: string | null
  dkim?: DkimKey | null
  patience?: Patience
  leaseSeconds?: number
  times?: Partial<SmtpTimes>
  /** Where links in mail lead; the program's own mails name the place at which they are switched off. */
  publicUrl?: string
}

export interface Outgoing {
  /** Answers the desk's port of the same name. */
  delivery: {
    internetIdFor(messageId: string): string
    submit(work: Work, outgoing: OutgoingMessage): Promise<void>
    recall(work: Work, messageId: string): Promise<boolean>
  }
  /** Answers the desk's port of the same name. */
  post: Post
  /** @returns whether the report was about a mail of ours. */
  recordBounce(work: Work, bounce: Bounce): Promise<boolean>
  routes: ReturnType<typeof outgoingRoutes>
  jobs: JobTable
  /** Ends idle connections. */
  close(): void
}

/** Opens mail out. @throws when the DKIM key is none that can sign. */
export function openOutgoing(options: OutgoingOptions): Outgoing {
  const { mailDomain, smtpUrl, dkim = null, times, publicUrl = `https://${mailDomain}`, ...rest } = options
  if (dkim && createPrivateKey(dkim.privateKey).asymmetricKeyType !== 'rsa') throw new Error('the DKIM key must be an RSA key')
  const transport = smtpUrl ? openSmtp(smtpUrl, mailDomain, times) : localOutbox
  const sending: SendOptions = { ...rest, dkim, transport, local: smtpUrl === null }
  const posting = { transport, dkim, mailDomain, local: smtpUrl === null, unsubscribeUrl: `${publicUrl}/settings/notifications`, ...(options.leaseSeconds ? { leaseSeconds: options.leaseSeconds } : {}) }
  return {
    post: { submit: (work, mail) => submitPost(work, mailDomain, mail) },
    delivery: {
      internetIdFor: (messageId) => internetIdOf(messageId, mailDomain),
      submit: async (work, outgoing) => { await submit(work, { may: options.may, mailDomain }, outgoing) },
      recall,
    },
    recordBounce: (work, bounce) => recordBounce(work, sending, bounce),
    routes: outgoingRoutes(sending), jobs: { ...outgoingJobs(sending), ...postJobs(posting) }, close: () => transport.close(),
  }
}
