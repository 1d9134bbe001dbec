import type { Priority } from '#desk'

/** What will have happened in the sample centre, before anything is done: people by their place in the cast, times as instants. */

/** An agent's place in the cast. */
export type AgentPlace = number

export type Deed =
  | { kind: 'open'; channel: 'form' | 'api' | 'email'; subject: string; text: string; signature: string | null; queue: string | null; topic: string | null; priority: Priority }
  /** The customer writes again; to a case that is closed it opens a follow-up. */
  | { kind: 'write'; text: string; quoted: string | null; attaches: boolean }
  | { kind: 'suggest'; from: string; name: string; text: string }
  | { kind: 'decide'; by: AgentPlace; accepted: boolean }
  /** What came by mail gets its topic and its priority from who takes it; a form has asked for them. */
  | { kind: 'take'; by: AgentPlace; to: AgentPlace; sorted: { topic: string; priority: Priority } | null; tags: readonly string[] }
  | { kind: 'handOver'; by: AgentPlace; to: AgentPlace; note: string }
  | { kind: 'reply'; by: AgentPlace; text: string; status: 'open' | 'pending' | 'on_hold' | 'solved'; outcome: 'sent' | 'bounced' | 'failed' | 'uncertain' }
  | { kind: 'note'; by: AgentPlace; text: string; mentions: readonly AgentPlace[] }
  | { kind: 'move'; by: AgentPlace; status: 'open' | 'on_hold' | 'solved' }
  | { kind: 'draft'; by: AgentPlace; text: string; visibility: 'public' | 'note' }
  | { kind: 'copy'; by: AgentPlace; address: string; name: string }
  | { kind: 'remove'; by: AgentPlace; as: 'spam' | 'trash' }

export interface Step {
  at: Date
  does: Deed
}

export interface PlannedCase {
  /** Who writes: a customer's place in the clientele, or somebody whom nobody knows. */
  writer: { customer: number } | { address: string; name: string }
  /** The case, by its place, that this one follows: its first message answers that one's last reply. */
  follows: number | null
  /** The queue in which it is worked. */
  queue: string
  steps: Step[]
  /** When it is closed, by the round that closes what has been solved for long; null when it is not, yet. */
  closedAt: number | null
}
