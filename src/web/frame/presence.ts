import { optimistic } from '../api/queries.ts'
import { meApi, type MeAnswer } from '../me.tsx'

/** What an agent says about themselves; cases are given out by it. */
export const presences = [
  { value: 'available', name: 'Available', detail: 'gets new cases' },
  { value: 'busy', name: 'Busy', detail: 'keeps own cases, gets no new ones' },
  { value: 'away', name: 'Away', detail: 'back soon' },
  { value: 'off', name: 'Off', detail: 'not at work' },
] as const

export const setPresence = (presence: MeAnswer['presence']) => optimistic<MeAnswer>({
  keys: [['me']], apply: (me) => ({ ...me, presence }), send: () => meApi('PUT /api/v1/me/presence', { body: { presence } }), refused: 'Your presence stays as it was',
})
