import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fact, names } from '../testing/cases.ts'
import { changesSince, isShown, listed, sentence, whoDid } from './facts.ts'

describe('facts in words', () => {
  test.each([
    [fact('case.assigned', { by: 'maya', data: { to: 'maya', how: 'taken' } }), 'You took the case'],
    [fact('case.assigned', { data: { to: 'lee', how: 'taken' } }), 'Lee took the case'],
    [fact('case.assigned', { data: { to: 'maya', how: 'given' } }), 'Lee gave the case to you'],
    [fact('case.assigned', { by: null, data: { to: 'lee', how: 'given' } }), 'Given to Lee'],
    [fact('case.unassigned', { data: { to: null } }), 'Lee released the case'],
    [fact('queue.changed', { data: { to: 'payouts' } }), 'Lee moved the case to Payouts'],
    [fact('queue.changed', { data: { to: 'behind a wall' } }), 'Lee moved the case to another queue'],
    [fact('topic.changed', { data: { to: null } }), 'Lee set the topic to none'],
    [fact('priority.changed', { data: { to: 'high' } }), 'Lee set the priority to high'],
    [fact('case.reopened', { by: null }), 'The case was reopened'],
    [fact('case.opened', { by: null, data: { channel: 'email', followUpOf: 10_001 } }), 'Opened by mail as a follow-up of #10001'],
    [fact('participant.added', { by: null, data: { customer: 'ana' } }), 'Ana Ruiz is in copy'],
    [fact('case.handedOver', { by: 'maya', data: { to: null, queue: 'payouts' } }), 'You handed the case over to the queue Payouts'],
  ])('%#: %s', (told, words) => expect(sentence([told], names)).toBe(words))

  test('what one person did in one go is one sentence', () => {
    const told = [fact('case.assigned', { data: { to: 'lee', how: 'taken' } }), fact('priority.changed', { data: { to: 'urgent' } }), fact('tag.added', { data: { tag: 'vip' } })]
    expect(sentence(told, names)).toBe('Lee took the case, set the priority to urgent and added the tag vip')
    expect(sentence([...told.slice(0, 1), fact('case.begun')], names)).toBe('Lee took the case')
    expect(sentence([fact('case.begun')], names)).toBe('Lee began work')
  })

  test('a handover does not say its own assignment again', () => {
    const told = [fact('case.assigned', { data: { to: 'maya', how: 'given' } }), fact('case.handedOver', { data: { to: 'maya' } })]
    expect(sentence(told, names)).toBe('Lee handed the case over to you')
  })

  test('somebody whom nobody knows any more is still somebody', () => {
    expect(whoDid(fact('case.solved', { by: 'gone' }), names)).toBe('A colleague')
    expect(sentence([fact('case.solved', { by: 'gone' })], names)).toBe('A colleague solved the case')
  })

  test('what a stale change ran into', () => {
    expect(changesSince([fact('draft.begun'), fact('case.pended'), fact('case.assigned', { data: { to: 'lee', how: 'taken' } })], names)).toBe('Lee set the case to pending; Lee took the case')
    expect(changesSince([fact('reply.delivered')], names)).toBe('The case changed in the meantime')
  })

  test('lists of words', () => expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).toEqual(['', 'a', 'a and b', 'a, b and c']))
})

/** Facts that show as a message, on a message's card, or nowhere. */
const SILENT = new Set([
  'message.received', 'message.suggested', 'reply.sent', 'note.written', 'reply.delivered', 'reply.uncertain', 'reply.failed', 'reply.bounced',
  'draft.begun', 'draft.discarded', 'attachment.added', 'attachment.dropped', 'mention.seen', 'case.watched', 'case.unwatched', 'case.muted', 'macro.used', 'bulk.begun', 'bulk.cancelled', 'bulk.finished', 'bulk.limited', 'macro.created', 'macro.changed', 'macro.archived', 'macro.restored', 'queue.created', 'topic.created', 'side.delivered', 'side.changed', 'partner.created', 'partner.changed',
])

test('every fact that the desk tells has its words, or is silent on purpose', () => {
  const desk = join(import.meta.dirname, '../..')
  // Permissions and refusals are dotted words too, but no facts.
  const sources = readdirSync(desk, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts') && !/\.test\.ts$|^ui\/|testing\/|policy|refusals|routes/.test(path))
  const nouns = 'case|message|suggestion|reply|note|draft|attachment|mention|participant|customer|tag|priority|kind|topic|queue|team|subject|side|incident|problem'
  const kinds = new RegExp(`(?<!refuse\\(|refused: )'((?:${nouns})\\.[a-z]+(?:ed|un|nt|en|In|Over|Up|ed[A-Z][a-z]+))'`, 'g')
  const told = new Set(sources.flatMap((path) => [...readFileSync(join(desk, path), 'utf8').matchAll(kinds)].map((match) => match[1] ?? '')).filter((kind) => !/Taken|notFound|unseen|unfilled|openedOn/.test(kind)))
  expect(told.size).toBeGreaterThan(20)
  expect([...told].filter((kind) => !isShown(fact(kind)) && !SILENT.has(kind))).toEqual([])
})
