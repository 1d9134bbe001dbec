import { cell } from '#web'

/** The dialogs of what hangs together with a case: asked for by keys, menus and the panel alike, shown by one place. */
export type KinAsking =
  | { what: 'merge'; number: number; other: number | null }
  | { what: 'split'; number: number; message: string | null }
  | { what: 'incidents'; number: number }
  | { what: 'incidentOf'; numbers: readonly number[] }
  | { what: 'update'; number: number }
  | { what: 'side'; number: number; quote: string | null }
  | { what: 'thread'; number: number; side: string }

export const asking = cell<KinAsking | null>(null)
export const askKin = (what: KinAsking) => asking.set(() => what)
export const closeKin = () => asking.set(() => null)
