import type { ApiOf } from '#platform'
import type { DeskApi } from '#desk'
import { client, usePages, useQuery } from '#web'
import type { OutgoingApi } from '../email/outgoing/routes.ts'
import type { incomingRoutes } from '../email/routes.ts'

/** What the screens of mail ask of the server. Keys begin with the words of the live facts, so that these keep them fresh. */

type IncomingApi = ApiOf<typeof incomingRoutes>

export const outgoing = client<OutgoingApi>()
export const incoming = client<IncomingApi>()
const desk = client<DeskApi>()

export type OutgoingMail = OutgoingApi['GET /api/v1/outbox']['answer']['items'][number]
export type FullMail = OutgoingApi['GET /api/v1/outbox/:id']['answer']
export type Hold = OutgoingApi['GET /api/v1/address-holds']['answer']['items'][number]
export type RawMail = IncomingApi['GET /api/v1/raw-mails']['answer']['items'][number]
export type HeldSender = IncomingApi['GET /api/v1/quarantine']['answer']['items'][number]
export type Mailbox = IncomingApi['GET /api/v1/mailboxes']['answer']['items'][number]
export type MailboxBody = IncomingApi['POST /api/v1/mailboxes']['body']
export type Probes = IncomingApi['POST /api/v1/mailboxes/:id/tests']['answer']

export const useOutbox = (filter: { state?: string; local?: boolean; q?: string }) =>
  usePages(['outgoing-mails', filter], (page, signal) => outgoing('GET /api/v1/outbox', { query: { ...filter, ...page }, signal }))

export const useOutgoingMail = (id: string) =>
  useQuery({ queryKey: ['outgoingMail', id], queryFn: ({ signal }) => outgoing('GET /api/v1/outbox/:id', { params: { id }, signal }) })

export const useHolds = () => usePages(['address-holds'], (query, signal) => outgoing('GET /api/v1/address-holds', { query, signal }))

export const useQuarantine = () => usePages(['quarantine'], (query, signal) => incoming('GET /api/v1/quarantine', { query, signal }))

export const useRawMails = (filter: { state?: string; mailbox?: string; sender?: string }) =>
  usePages(['rawMails', filter], (page, signal) => incoming('GET /api/v1/raw-mails', { query: { ...filter, ...page }, signal }))

export const useRawMail = (id: string) =>
  useQuery({ queryKey: ['rawMail', id], queryFn: ({ signal }) => incoming('GET /api/v1/raw-mails/:id', { params: { id }, signal }) })

export const useMailboxes = () => useQuery({ queryKey: ['mailboxes'], queryFn: ({ signal }) => incoming('GET /api/v1/mailboxes', { signal }) })

export const useQueues = () => useQuery({ queryKey: ['queues'], queryFn: ({ signal }) => desk('GET /api/v1/queues', { signal }) })
