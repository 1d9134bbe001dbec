import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blank, decideDraft, draftWords, isUnsaved, openDraft, type DraftEvent, type DraftState, type Kept, type Words } from './autosave.ts'
import { keepLocal, readLocal } from './local.ts'

const words = (body: string): Words => ({ body, cc: null, files: [] })
const kept = (body: string, version: number): Kept => ({ words: words(body), version })
const after = (state: DraftState, ...events: DraftEvent[]) => events.reduce(decideDraft, state)

describe('a draft', () => {
  test('is written, saved and still', () => {
    const state = after(blank, { is: 'typed', words: words('Hello') })
    expect(state.phase).toBe('dirty')
    expect(after(state, { is: 'saving' }, { is: 'saved', version: 1 })).toMatchObject({ phase: 'still', kept: kept('Hello', 1) })
  })

  test('written on while it was saved, it is dirty again', () => {
    const state = after(blank, { is: 'typed', words: words('He') }, { is: 'saving' }, { is: 'typed', words: words('Hello') }, { is: 'saved', version: 1 })
    expect(state).toMatchObject({ phase: 'dirty', words: words('Hello'), kept: kept('He', 1) })
  })

  test('a card number that the server masked is masked here too', () => {
    expect(after(blank, { is: 'typed', words: words('4111') }, { is: 'saving' }, { is: 'saved', version: 1, body: '****' })).toMatchObject({ phase: 'still', words: words('****') })
  })

  test('a file that goes along is part of it', () => {
    const file = { id: 'one', name: 'a.pdf', type: 'application/pdf', size: 3 }
    expect(after(openDraft(kept('one', 1), null), { is: 'typed', words: { ...words('one'), files: [file] } }).phase).toBe('dirty')
    expect(draftWords(openDraft({ words: { ...words(''), files: [file] }, version: 1 }, null))).toBe('Draft saved')
  })

  test('stays here while the server cannot be reached, and goes there later', () => {
    const state = after(blank, { is: 'typed', words: words('Hello') }, { is: 'saving' }, { is: 'unreachable' })
    expect([state.phase, isUnsaved(state)]).toEqual(['unreachable', true])
    expect(after(state, { is: 'saving' }, { is: 'saved', version: 1 }).phase).toBe('still')
  })

  test('another window’s words stand beside ours until somebody chooses', () => {
    const state = after(openDraft(kept('one', 1), null), { is: 'typed', words: words('mine') }, { is: 'saving' }, { is: 'stale', theirs: kept('theirs', 2) })
    expect(state).toMatchObject({ phase: 'conflict', words: words('mine'), theirs: kept('theirs', 2) })
    expect(after(state, { is: 'tookTheirs' })).toMatchObject({ phase: 'still', words: words('theirs') })
    expect(after(state, { is: 'keptMine' })).toMatchObject({ phase: 'dirty', words: words('mine'), kept: kept('theirs', 2) })
  })

  test('the same words in two windows are no conflict', () => {
    expect(after(openDraft(kept('one', 1), null), { is: 'typed', words: words('two') }, { is: 'saving' }, { is: 'stale', theirs: kept('two', 2) }).phase).toBe('still')
  })

  test('sent from another window while we wrote on: what is written here begins anew', () => {
    expect(after(openDraft(kept('one', 1), null), { is: 'typed', words: words('more') }, { is: 'saving' }, { is: 'stale', theirs: null })).toMatchObject({ phase: 'dirty', kept: null, words: words('more') })
  })

  test('follows the other window while nobody writes here', () => {
    expect(after(openDraft(kept('one', 1), null), { is: 'arrived', kept: kept('two', 2) })).toMatchObject({ words: words('two'), phase: 'still' })
    expect(after(openDraft(kept('one', 1), null), { is: 'arrived', kept: null })).toMatchObject({ words: words(''), phase: 'still' })
  })

  test('opens with what the browser kept of it', () => {
    expect(openDraft(null, { words: words('unsaved'), version: null })).toMatchObject({ words: words('unsaved'), phase: 'dirty' })
    expect(openDraft(kept('old', 3), { words: words('unsaved'), version: 3 })).toMatchObject({ words: words('unsaved'), phase: 'dirty' })
    expect(openDraft(kept('newer', 4), { words: words('unsaved'), version: 3 })).toMatchObject({ words: words('unsaved'), phase: 'conflict', theirs: kept('newer', 4) })
    expect(openDraft(kept('same', 4), { words: words('same'), version: 3 })).toMatchObject({ phase: 'still' })
  })

  test('says how it stands', () => {
    expect(draftWords(blank)).toBeNull()
    expect(draftWords(openDraft(kept('x', 1), null))).toBe('Draft saved')
    expect(draftWords(after(blank, { is: 'typed', words: words('x') }, { is: 'saving' }, { is: 'unreachable' }))).toMatch(/browser/)
  })

  test('whatever happens, what is written here is either on the server or unsaved', () => {
    const event: fc.Arbitrary<DraftEvent> = fc.oneof(
      fc.string({ maxLength: 3 }).map((body): DraftEvent => ({ is: 'typed', words: words(body) })),
      fc.constantFrom<DraftEvent>({ is: 'saving' }, { is: 'unreachable' }, { is: 'keptMine' }, { is: 'stale', theirs: null }),
      fc.integer({ min: 1, max: 9 }).map((version): DraftEvent => ({ is: 'saved', version })),
      fc.integer({ min: 1, max: 9 }).map((version): DraftEvent => ({ is: 'stale', theirs: kept(`theirs ${version}`, version) })),
      fc.integer({ min: 1, max: 9 }).map((version): DraftEvent => ({ is: 'arrived', kept: kept(`theirs ${version}`, version) })),
    )
    fc.assert(fc.property(fc.array(event, { maxLength: 30 }), (events) => {
      let state = blank
      let written = ''
      for (const each of events) {
        const before = state
        state = decideDraft(state, each)
        if (each.is === 'typed' && typeof each.words === 'object') written = each.words.body ?? written
        else if (before.phase === 'still' && each.is === 'arrived') written = state.words.body
        expect(state.words.body).toBe(written)
        if (!isUnsaved(state)) expect(state.kept?.words.body ?? '').toBe(written)
      }
    }))
  })
})

describe('drafts in the browser', () => {
  const shelf = () => {
    const kept = new Map<string, string>()
    return { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, value: string) => void kept.set(name, value), removeItem: (name: string) => void kept.delete(name) }
  }
  const place = { me: 'maya', number: 10_482, visibility: 'public' as const }

  test('come back as they were, each for its person, case and kind', () => {
    const here = shelf()
    keepLocal(here, place, { words: { body: 'Hello', cc: ['a@b.example'], files: [] }, version: 2 })
    expect(readLocal(here, place)).toEqual({ words: { body: 'Hello', cc: ['a@b.example'], files: [] }, version: 2 })
    expect([readLocal(here, { ...place, me: 'lee' }), readLocal(here, { ...place, visibility: 'note' })]).toEqual([null, null])
    keepLocal(here, place, null)
    expect(readLocal(here, place)).toBeNull()
  })

  test('what is no draft is none, and a full storage stops nothing', () => {
    const here = shelf()
    here.setItem('meridian.draft.maya.10482.public', '{"words":{"body":1}}')
    expect(readLocal(here, place)).toBeNull()
    here.setItem('meridian.draft.maya.10482.public', '{')
    expect(readLocal(here, place)).toBeNull()
    expect(() => keepLocal({ ...here, setItem: () => { throw new Error('full') } }, place, { words: words('x'), version: null })).not.toThrow()
  })
})
