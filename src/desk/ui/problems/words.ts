import type { ProblemUpdate } from '../merging/wire.ts'

const GIST_MIN = 24

/** What a text says, for one line: its first paragraph that is more than a greeting. */
export function gistOf(body: string): string {
  const paragraphs = body.replace(/\{\{[^{}]*\}\}/g, '…').split(/\n\s*\n/).map((part) => part.trim()).filter(Boolean)
  return paragraphs.find((part) => part.length >= GIST_MIN) ?? paragraphs[0] ?? ''
}

type Item = Pick<ProblemUpdate['items'][number], 'state' | 'code' | 'delivery'>

const refusals: Readonly<Record<string, string>> = {
  'update.missing': 'Not sent: a name is not known here', 'case.closed': 'Not sent: the case is closed', 'case.removed': 'Not sent: the case is out of sight', 'case.merged': 'Not sent: the case was merged',
  'case.notFound': 'Not sent: the case may not be seen', 'status.never': 'Not sent: its status does not allow it', 'reply.noRecipient': 'Not sent: nobody gets mail there', 'address.held': 'Not sent: the address gets no mail',
  'problem.notIncident': 'Not sent: it was no incident any more', 'update.actorGone': 'Not sent: the sender may not any more', 'reply.gone': 'Sent before it could be taken back',
}

/** What became of an update at one incident, in words. */
export function fateOf({ state, code, delivery }: Item): { word: string; tone: 'done' | 'late' | 'soon' | 'quiet' } {
  if (state === 'waiting') return { word: 'Waits for its turn', tone: 'quiet' }
  if (state === 'recalled') return { word: 'Taken back', tone: 'quiet' }
  if (state === 'refused' || state === 'gone') return { word: refusals[code ?? ''] ?? 'Not sent', tone: 'late' }
  if (delivery === 'bounced' || delivery === 'failed') return { word: delivery === 'bounced' ? 'Came back' : 'Did not leave', tone: 'late' }
  if (delivery === 'uncertain') return { word: 'May not have arrived', tone: 'soon' }
  if (code === 'reply.gone') return { word: refusals['reply.gone'] ?? '', tone: 'soon' }
  return delivery === 'sent' ? { word: 'Sent', tone: 'done' } : { word: 'Leaves in a moment', tone: 'done' }
}
