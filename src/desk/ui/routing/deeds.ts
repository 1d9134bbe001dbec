import type { RequeueReason } from '../../routing/model.ts'

/** Words for what routing does to a case. */

const requeueWords: Readonly<Record<RequeueReason, string>> = {
  noReaction: 'it was not opened in time', off: 'whoever had it went off', offShift: 'the shift of whoever had it ended', deactivated: 'whoever had it left', overflow: 'it waited too long',
}

interface Names {
  agent(id: string): string | null
  queue(id: string): string | null
}

type Data = Readonly<Record<string, unknown>>

const word = (data: Data, name: string): string => (typeof data[name] === 'string' ? data[name] : '')
const because = (why: string) => Object.entries(requeueWords).find(([key]) => key === why)?.[1] ?? 'it was not begun'

/** Lines of the timeline. */
export const routingDeeds = {
  'case.requeued': (data: Data, names: Names) => {
    const why = word(data, 'why')
    const where = names.queue(word(data, 'queue')) ?? 'another queue'
    if (why === 'overflow') return { did: `moved the case on to ${where}`, happened: `Moved on to ${where}: ${because(why)}` }
    const from = names.agent(word(data, 'from'))
    return { did: 'put the case back into the queue', happened: `Back in the queue${from === null ? '' : ` from ${from}`}: ${because(why)}` }
  },
  'skills.asked': (data: Data) => {
    const none = Array.isArray(data['skills']) && data['skills'].length === 0
    return { did: none ? 'asks for no further skills' : 'set which skills the case asks for', happened: none ? 'No further skills are asked for' : 'The skills that the case asks for were set' }
  },
} as const
