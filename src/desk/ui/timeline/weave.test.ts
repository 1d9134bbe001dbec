import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fact, message } from '../testing/cases.ts'
import { weave, type Item } from './weave.ts'

const shape = (items: readonly Item[]) => items.map((item) => {
  if (item.is === 'day') return item.day
  if (item.is === 'unread') return `unread ${item.count}`
  if (item.is === 'message') return item.message.text
  return item.is === 'line' ? item.line.facts.map(({ kind }) => kind).join('+') : `${item.lines.length} changes`
})
const at = (time: string, day = '2026-11-04') => `${day}T${time}:00.000Z`
const given = { zone: 'UTC', firstUnreadId: null }

describe('the timeline', () => {
  test('messages and facts in order, a line between days', () => {
    const messages = [message({ text: 'one', at: at('09:00') }), message({ text: 'two', at: at('08:00', '2026-11-05') })]
    const facts = [fact('case.opened', { at: at('09:00'), by: null }), fact('case.assigned', { at: at('09:30') })]
    expect(shape(weave({ ...given, messages, facts }))).toEqual(['2026-11-04', 'case.opened', 'one', 'case.assigned', '2026-11-05', 'two'])
  })

  test('days are the reader’s', () => {
    const messages = [message({ text: 'one', at: at('23:30') })]
    expect(shape(weave({ ...given, zone: 'Asia/Kolkata', messages, facts: [] }))).toEqual(['2026-11-05', 'one'])
  })

  test('a case opens before its first message, however long that was on its way', () => {
    const facts = [fact('case.opened', { at: at('09:05'), by: null }), fact('participant.added', { at: at('09:05'), by: null }), fact('case.assigned', { at: at('09:05'), by: null })]
    expect(shape(weave({ ...given, messages: [message({ text: 'one', at: at('09:00') })], facts }))).toEqual(['2026-11-04', 'case.opened+participant.added', 'one', 'case.assigned'])
  })

  test('a case that was made of an older message opens after it', () => {
    const facts = [fact('case.opened', { at: at('16:00', '2026-11-05') })]
    expect(shape(weave({ ...given, messages: [message({ text: 'moved', at: at('21:00') })], facts }))).toEqual(['2026-11-04', 'moved', '2026-11-05', 'case.opened'])
  })

  test('what came of a message stands after it, and that work began by a reply goes without saying', () => {
    const messages = [message({ text: 'reply', direction: 'out', at: at('09:00') })]
    const facts = [fact('reply.sent', { at: at('09:00') }), fact('case.begun', { at: at('09:00') }), fact('case.solved', { at: at('09:00') })]
    expect(shape(weave({ ...given, messages, facts }))).toEqual(['2026-11-04', 'reply', 'case.solved'])
  })

  test('one go of one actor is one line, another actor another', () => {
    const facts = [fact('priority.changed'), fact('queue.changed'), fact('queue.changed', { by: 'maya' })]
    expect(shape(weave({ ...given, messages: [], facts })).slice(1)).toEqual(['priority.changed+queue.changed', 'queue.changed'])
  })

  test('more than three lines in a row are folded', () => {
    const facts = ['09:01', '09:02', '09:03', '09:04'].map((time) => fact('priority.changed', { at: at(time) }))
    expect(shape(weave({ ...given, messages: [], facts })).slice(1)).toEqual(['4 changes'])
    expect(shape(weave({ ...given, messages: [], facts: facts.slice(1) })).slice(1)).toHaveLength(3)
  })

  test('the unread line counts what the others wrote', () => {
    const messages = [message({ text: 'old' }), message({ text: 'new', id: 'first', at: at('10:00') }), message({ text: 'ours', direction: 'out', at: at('10:01') }), message({ text: 'newer', at: at('10:02') })]
    expect(shape(weave({ ...given, firstUnreadId: 'first', messages, facts: [] }))).toEqual(['2026-11-04', 'old', 'unread 2', 'new', 'ours', 'newer'])
  })

  test('nothing is lost and nothing doubled, whatever the order', () => {
    const times = fc.array(fc.record({ minute: fc.integer({ min: 0, max: 5_000 }), isMessage: fc.boolean(), by: fc.constantFrom('maya', 'lee') }), { maxLength: 60 })
    fc.assert(fc.property(times, (entries) => {
      const instant = (minute: number) => new Date(Date.UTC(2026, 10, 4) + minute * 60_000).toISOString()
      const messages = entries.filter(({ isMessage }) => isMessage).map(({ minute }) => message({ at: instant(minute) })).sort((a, b) => a.at.localeCompare(b.at))
      const facts = entries.filter(({ isMessage }) => !isMessage).map(({ minute, by }) => fact('priority.changed', { at: instant(minute), by })).sort((a, b) => a.at.localeCompare(b.at))
      const items = weave({ ...given, messages, facts })
      const shownFacts = items.flatMap((item) => (item.is === 'line' ? item.line.facts : item.is === 'group' ? item.lines.flatMap((line) => line.facts) : []))
      expect(items.filter(({ is }) => is === 'message')).toHaveLength(messages.length)
      expect(shownFacts.map(({ id }) => id).sort()).toEqual(facts.map(({ id }) => id).sort())
      expect(new Set(items.map(({ key }) => key)).size).toBe(items.length)
    }))
  })
})
