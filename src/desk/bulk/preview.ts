import type { Actor, Db } from '#platform'
import type { CaseAction } from '../actions/model.ts'
import { previewOf, type ActionPreview } from '../actions/preview.ts'
import { actionSubjects, previewContext, type SubjectRow } from '../actions/store.ts'
import { deskPolicy } from '../policy.ts'
import { factsOf } from '../snippets/facts.ts'
import { fillText, unescaped, unfilledIn } from '../snippets/model.ts'
import { effectsOf, type Effect } from './model.ts'

/** What a run would do to how many, before anything is done. */

export interface Group {
  code: string
  cases: number
  /** Some of them. */
  numbers: number[]
}

export interface BulkPreview {
  total: number
  change: number
  same: number
  /** Changed by somebody since they were chosen: they are left alone. */
  since: Group
  refused: Group[]
  effects: Effect[]
  /** What the first of them would be told. */
  sample: { number: number; text: string } | null
}

export interface Chosen {
  number: number
  versionSeen: number | null
}

const NUMBERS_MAX = 20
const CHUNK = 2_000

/** Tells apart what would change, what is so already, what is refused and why, and what somebody changed since it was chosen. Texts are filled in for each. */
export async function previewBulk(db: Db, actor: Actor, chosen: readonly Chosen[], actions: readonly CaseAction[], now: Date): Promise<BulkPreview> {
  const tally = openTally()
  for (let from = 0; from < chosen.length; from += CHUNK) {
    const part = chosen.slice(from, from + CHUNK)
    const subjects = await actionSubjects(db, part.map(({ number }) => number), actor.barred)
    const context = await previewContext(db, actor, now, { actions, subjects, readers: deskPolicy['case.read'] })
    const unfilled = await unfilledFor(db, actor, subjects, actions, now)
    const byNumber = new Map(subjects.map((subject) => [subject.number, subject]))
    for (const { number, versionSeen } of part) {
      const subject = byNumber.get(number)
      if (subject) tally.add(subject, versionSeen, previewOf(subject, actions, context), unfilled.missing(number))
    }
    tally.show(unfilled.sample)
  }
  return tally.sum()
}

function openTally() {
  const refused = new Map<string, Group>()
  const since: Group = { code: 'version.stale', cases: 0, numbers: [] }
  const changes: ActionPreview['changes'][] = []
  let [total, same] = [0, 0]
  const count = (group: Group, number: number) => { group.cases++; if (group.numbers.length < NUMBERS_MAX) group.numbers.push(number) }
  const refuse = (code: string, number: number) => { const group = refused.get(code) ?? { code, cases: 0, numbers: [] }; refused.set(code, group); count(group, number) }
  let shown: BulkPreview['sample'] = null
  return {
    show: (sample: BulkPreview['sample']) => { shown ??= sample },
    add: (subject: SubjectRow, versionSeen: number | null, preview: ActionPreview, missing: readonly string[]) => {
      total++
      if (versionSeen !== null && versionSeen !== subject.version) return count(since, subject.number)
      const code = preview.refusals[0] ?? (missing.length > 0 ? 'reply.unfilled' : null)
      if (code) return refuse(code, subject.number)
      if (preview.changes.length === 0) same++
      else changes.push(preview.changes)
    },
    sum: (): BulkPreview => ({
      total, same, change: changes.length, since, refused: [...refused.values()].sort((a, b) => b.cases - a.cases), effects: effectsOf(changes),
      sample: shown,
    }),
  }
}

async function unfilledFor(db: Db, actor: Actor, subjects: readonly SubjectRow[], actions: readonly CaseAction[], now: Date) {
  const texts = actions.flatMap((action) => (action.do === 'reply' || action.do === 'note' ? [action.body] : []))
  const reply = actions.find((action) => action.do === 'reply')
  const facts = texts.some((text) => unfilledIn(text).length > 0) || reply ? await factsOf(db, subjects.map(({ number }) => number), actor, now) : new Map()
  const first = subjects[0]
  const firstFacts = first ? facts.get(first.number) : undefined
  return {
    missing: (number: number): string[] => {
      const known = facts.get(number)
      return known ? texts.flatMap((text) => fillText(text, known).missing) : []
    },
    sample: first && firstFacts && reply ? { number: first.number, text: unescaped(fillText(reply.body, firstFacts).text) } : null,
  }
}
