/** The sample centre in an installation, as its setting says. */
export const demoStates = ['absent', 'loading', 'loaded', 'removing', 'removed'] as const
export type DemoState = (typeof demoStates)[number]

export interface Demo {
  state: DemoState
  /** Cases that have been loaded, or removed, of how many. */
  done: number
  cases: number
  /** Queues and topics have no column to mark them, so they are noted here: ids and keys. */
  queues: string[]
  topics: string[]
  /** Contents of its attachments, by hash. */
  files: string[]
}

export const noDemo: Demo = { state: 'absent', done: 0, cases: 0, queues: [], topics: [], files: [] }
