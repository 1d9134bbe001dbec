import { byApp, byMail, type NoticeKind, type NoticeSettings } from './model.ts'
import type { Wanted } from './wanted.ts'

/** What is put into the database of what people are to be told. Pure. */

/** One notice, or what is added to the unread one about the same thing. */
export interface Told {
  agent: string
  kind: NoticeKind
  subject: string
  caseId: string | null
  count: number
  firstAt: Date
  lastAt: Date
  actor: { kind: string; id: string | null }
  data: Record<string, unknown>
  inApp: boolean
  byMail: boolean
}

/** So many unread notices of one kind within the window stand by themselves; what comes on top of them is one notice that counts. */
export const ALONE_MAX = 20
export const FLOOD_WINDOW_MS = 10 * 60_000
/** The subject of the notice that stands for many cases. */
export const MANY = 'many'

export const pileOf = ({ agent, kind }: { agent: string; kind: string }): string => `${agent} ${kind}`

/** What stands unread already, of those who are told now. */
export interface Standing {
  /** Keys of single notices: `agent kind subject`. */
  unread: ReadonlySet<string>
  /** How many single ones began within the window, by `agent kind`. */
  recent: ReadonlyMap<string, number>
}

export const keyOf = ({ agent, kind, subject }: { agent: string; kind: string; subject: string }): string => `${agent} ${kind} ${subject}`

/** Puts together what belongs together, in the order in which it was told; what somebody chose not to hear is left out. */
export function grouped(wanted: readonly Wanted[], settingsOf: (agent: string) => NoticeSettings | null, standing: Standing): Told[] {
  const told = new Map<string, Told>()
  const begun = new Map(standing.recent)
  for (const one of wanted) {
    const way = settingsOf(one.agent)?.ways[one.kind] ?? 'off'
    if (way === 'off') continue
    const alone = told.has(keyOf(one)) || standing.unread.has(keyOf(one)) || (begun.get(pileOf(one)) ?? 0) < ALONE_MAX
    const place = alone ? { subject: one.subject, caseId: one.caseId } : { subject: MANY, caseId: null }
    const key = keyOf({ ...one, subject: place.subject })
    const before = told.get(key)
    if (alone && !before && !standing.unread.has(key)) begun.set(pileOf(one), (begun.get(pileOf(one)) ?? 0) + 1)
    told.set(key, {
      agent: one.agent, kind: one.kind, ...place, count: (before?.count ?? 0) + 1, firstAt: before?.firstAt ?? one.at, lastAt: before && before.lastAt > one.at ? before.lastAt : one.at,
      actor: one.actor, data: alone ? one.data : {}, inApp: byApp(way), byMail: byMail(way),
    })
  }
  return [...told.values()]
}
