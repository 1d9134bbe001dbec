import type { DeskApi } from '../routes.ts'

/** The desk's words as they arrive in the browser. */

export type Summary = DeskApi['GET /api/v1/cases']['answer']['items'][number]
export type Case = DeskApi['GET /api/v1/cases/:number']['answer']
export type Message = DeskApi['GET /api/v1/cases/:number/messages']['answer']['items'][number]
export type Fact = DeskApi['GET /api/v1/cases/:number/events']['answer']['items'][number]
export type Draft = DeskApi['GET /api/v1/cases/:number/drafts']['answer']['items'][number]
export type Counts = DeskApi['GET /api/v1/counts']['answer']
export type Queue = DeskApi['GET /api/v1/queues']['answer']['items'][number]
export type Topic = DeskApi['GET /api/v1/topics']['answer']['items'][number]
export type Mention = DeskApi['GET /api/v1/mentions']['answer']['items'][number]
export type Hit = DeskApi['GET /api/v1/search']['answer']['items'][number]
export type View = DeskApi['GET /api/v1/views']['answer']['items'][number]
export type Visibility = Message['visibility']
