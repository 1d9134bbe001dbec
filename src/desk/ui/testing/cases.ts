import type { Fact, Message, Summary } from '../wire.ts'
import type { Names } from '../timeline/facts.ts'

/** Cases as screens get them, with what a test does not say filled in. */

export const names: Names = {
  me: 'maya',
  agent: (id) => ({ maya: 'Maya', lee: 'Lee' })[id] ?? null,
  queue: (id) => ({ payouts: 'Payouts' })[id] ?? null,
  team: (id) => ({ one: 'Team One' })[id] ?? null,
  topic: (key) => ({ refunds: 'Refunds' })[key] ?? null,
  customer: (id) => ({ ana: 'Ana Ruiz' })[id] ?? null,
}

let last = 0

export const fact = (kind: string, given: { at?: string; by?: string | null; data?: Record<string, unknown> } = {}): Fact => ({
  id: String(++last), at: given.at ?? '2026-11-04T09:00:00.000Z', room: 'desk', kind, case: 10_482, subject: null,
  actor: given.by === null ? { kind: 'system', id: null } : { kind: 'agent', id: given.by ?? 'lee' }, data: given.data ?? {},
})

export const message = (given: Partial<Message> = {}): Message => ({
  id: `message-${++last}`, direction: 'in', visibility: 'public', standing: 'accepted', from: { kind: 'customer', id: 'ana', name: 'Ana Ruiz', address: 'ana@example.com' }, to: [],
  subject: 'Payout', text: 'Hello', quotedText: null, signatureText: null, html: null, at: '2026-11-04T09:00:00.000Z', channel: 'email', messageId: null, joined: { rule: 'opened' },
  automatic: null, maskedCards: 0, delivery: null, sendAt: null, rawMailId: null, home: null, attachments: [], ...given,
})

export const row = (number: number, given: Partial<Summary> = {}): Summary => ({
  id: `case-${number}`, number, subject: `Case ${number}`, status: 'open', priority: 'normal', kind: 'question', channel: 'email', queue: { id: 'payouts', key: 'payouts', name: 'Payouts' },
  team: null, assignee: null, customer: { id: 'ana', name: 'Ana Ruiz', email: 'ana@example.com' }, account: null, topic: null, tags: [], snippet: '', openedAt: '2026-11-04T09:00:00.000Z',
  updatedAt: '2026-11-04T09:00:00.000Z', lastMessageAt: '2026-11-04T09:00:00.000Z', waitingSince: null, solvedAt: null, dueAt: null, sla: null, removed: null, suggestions: 0, snoozed: null, unread: false, version: 1, ...given,
})
