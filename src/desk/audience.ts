import type { AudienceOf, Db } from '#platform'
import { openSpaces } from './spaces.ts'

/** Who hears of the desk's facts: those who read cases and may look into the queue in which the case lies now. */
export const deskAudience = (db: Db): AudienceOf => {
  const spaceOf = openSpaces(db)
  return async (fact) => {
    const subject = fact.subject ? [fact.subject] : []
    if (fact.case === null && fact.kind.startsWith('handover.')) return { permission: 'handover.read', space: null, refs: ['handovers', ...subject] }
    if (fact.case === null && fact.kind.startsWith('notice')) return { permission: 'notice.read', space: null, refs: ['notices', ...subject], only: [fact.data['agents']].flat().map(String) }
    if (fact.case === null && fact.kind.startsWith('handover.')) return { permission: 'handover.read', space: null, refs: ['handovers', ...subject] }
    if (fact.kind === 'routing.changed') return { permission: 'routing.read', space: null, refs: ['routing', ...subject] }
    if (fact.case === null && fact.kind.startsWith('view.')) return { permission: 'view.read', space: null, refs: ['views', ...subject] }
    if (fact.case === null && (fact.kind.startsWith('calendar.') || fact.kind.startsWith('slaPolicy.'))) return { permission: 'sla.read', space: null, refs: ['calendars', 'sla-policies', ...subject] }
    if (fact.case === null && fact.kind.startsWith('bulk.')) return { permission: 'case.bulk', space: null, refs: ['bulk', ...subject] }
    if (fact.case === null && fact.kind.startsWith('macro.')) return { permission: 'macro.read', space: null, refs: ['macros', ...subject] }
    if (fact.case === null && fact.kind.startsWith('rule.')) return { permission: 'rule.read', space: null, refs: ['rules', ...subject] }
    if (fact.case === null && fact.kind.startsWith('partner.')) return { permission: 'case.read', space: null, refs: ['partners', ...subject] }
    if (fact.case === null) {
      const noun = fact.kind.startsWith('topic.') ? 'topics' : 'queues'
      const queue = /^queue:(.+)$/.exec(fact.subject ?? '')?.[1] ?? null
      return { permission: 'queue.read', space: queue, refs: [noun, 'cases', 'counts', ...subject], ...(queue ? { changesAccess: true } : {}) }
    }
    const { version } = fact.data
    const space = await spaceOf(fact.case, typeof version === 'number' ? version : null)
    return { permission: 'case.read', space, refs: [`case:${fact.case}`, ...listsOf(fact.kind), ...subject] }
  }
}

/** Facts that change nothing which a list or a count shows. */
const quiet = new Set(['presence.changed', 'case.watched', 'case.unwatched', 'case.muted', 'attachment.added', 'attachment.dropped', 'reply.delivered', 'macro.used', 'bulk.applied'])
const troubles = new Set(['reply.uncertain', 'reply.failed', 'reply.bounced', 'reply.delivered'])
const asksSomebody = new Set(['note.written', 'mention.seen', 'case.handedOver', 'message.detached'])

function listsOf(kind: string): string[] {
  return [
    ...(quiet.has(kind) ? [] : kind.startsWith('draft.') || kind === 'mention.seen' ? ['counts'] : ['cases', 'counts']),
    ...(kind.startsWith('draft.') || kind === 'reply.sent' || kind === 'reply.recalled' || kind === 'note.written' ? ['drafts'] : []),
    ...(asksSomebody.has(kind) ? ['mentions'] : []),
    ...(kind.startsWith('side.') ? ['sides'] : []),
    ...(troubles.has(kind) ? ['troubled-replies', 'counts'] : []),
  ]
}
