import { ApiProblem, queries, toast, useMe } from '#web'
import { useEffect, useEffectEvent, useMemo, useReducer, useRef } from 'react'
import { api, keys } from '../data.ts'
import type { Draft, Visibility } from '../wire.ts'
import { blank, decideDraft, isUnsaved, openDraft, type DraftEvent, type DraftState, type Kept, type Words } from './autosave.ts'
import { keepLocal, readLocal } from './local.ts'

/** So long after the last letter a draft goes to the server. */
const PAUSE_MS = 600
const RETRY_MS = 4_000

export interface WorkingDraft {
  state: DraftState
  write(words: Partial<Words> | ((now: Words) => Partial<Words>)): void
  keepMine(): void
  takeTheirs(): void
  /** Throws it away here and on the server; can be taken back. */
  discard(): void
  /** Waits for what is being saved and keeps still, so that sending and saving do not cross. @returns the way to begin again. */
  hold(): Promise<() => void>
  /** It was sent: nothing of it is left. */
  clear(): void
}

const keptOf = (draft: Draft | undefined): Kept | null =>
  (draft ? { words: { body: draft.body, cc: draft.cc, files: draft.attachments.map(({ id, name, type, size }) => ({ id, name, type, size })) }, version: draft.version } : null)

/** The reader's draft of a case: from the server and this browser, and back to both while one writes. */
export function useDraft(number: number, visibility: Visibility, drafts: readonly Draft[] | undefined): WorkingDraft {
  const me = useMe()
  const place = useMemo(() => ({ me: me.id, number, visibility }), [me.id, number, visibility])
  const mine = drafts?.find((draft) => draft.agent.id === me.id && draft.visibility === visibility)
  const [state, decide] = useReducer(decideDraft, null, () => openDraft(keptOf(mine), readLocal(localStorage, place)))
  const saver = useSaving(state, number, visibility, decide)
  useArrivals(drafts === undefined ? undefined : mine ?? null, decide)
  useEffect(() => keepLocal(localStorage, place, isUnsaved(state) ? { words: state.words, version: state.kept?.version ?? null } : null), [state, place])
  return useMemo(() => ({
    state,
    write: (words) => decide({ is: 'typed', words }), keepMine: () => decide({ is: 'keptMine' }), takeTheirs: () => decide({ is: 'tookTheirs' }),
    hold: saver.hold,
    discard: () => {
      decide({ is: 'cleared' })
      dropKnown(number, visibility, me.id)
      void forget(number, visibility)
      toast({ text: 'The draft is gone', undo: () => void bring(number, visibility, state) })
    },
    clear: () => { decide({ is: 'cleared' }); dropKnown(number, visibility, me.id) },
  }), [state, saver, number, visibility, me.id])
}

/** What the server says of it, whenever that is news. */
function useArrivals(mine: Draft | null | undefined, decide: (event: DraftEvent) => void) {
  const known = useRef(mine)
  useEffect(() => {
    if (mine === undefined || known.current === mine) return
    known.current = mine
    decide({ is: 'arrived', kept: keptOf(mine ?? undefined) })
  }, [mine, decide])
}

/** Saves whenever something is unsaved: after a pause, one at a time, again when the server could not be reached; leaving the case does not wait for the pause. */
function useSaving(state: DraftState, number: number, visibility: Visibility, decide: (event: DraftEvent) => void): Pick<WorkingDraft, 'hold'> {
  const saving = useRef<Promise<void>>(Promise.resolve())
  const held = useRef(false)
  const wants = state.phase === 'dirty' || state.phase === 'unreachable'
  useEffect(() => {
    if (!wants) return
    const timer = setTimeout(() => {
      if (held.current) return
      decide({ is: 'saving' })
      saving.current = put(number, visibility, state).then(decide)
    }, state.phase === 'dirty' ? PAUSE_MS : RETRY_MS)
    return () => clearTimeout(timer)
  }, [wants, state, number, visibility, decide])
  const leave = useEffectEvent(() => { if (wants && !held.current) void put(number, visibility, state) })
  useEffect(() => () => leave(), [])
  return useMemo(() => ({
    hold: async () => {
      held.current = true
      await saving.current
      return () => { held.current = false }
    },
  }), [])
}

async function put(number: number, visibility: Visibility, { words, kept }: DraftState): Promise<DraftEvent> {
  try {
    const saved = await api('PUT /api/v1/cases/:number/drafts/:visibility', {
      params: { number, visibility }, body: { body: words.body, cc: words.cc, attachments: words.files.map(({ id }) => id) }, ...(kept ? { ifMatch: kept.version } : {}),
    })
    queries.setQueryData<Draft[]>(keys.drafts(number), (before) => before && [saved, ...before.filter(({ id }) => id !== saved.id)])
    return { is: 'saved', version: saved.version, body: saved.body }
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'draft.stale') return { is: 'stale', theirs: await theirs(number, visibility) }
    return { is: 'unreachable' }
  }
}

async function theirs(number: number, visibility: Visibility): Promise<Kept | null> {
  try {
    return keptOf(await api('GET /api/v1/cases/:number/drafts/:visibility', { params: { number, visibility } }))
  } catch {
    return null
  }
}

/** A draft that never reached the server is not there to be thrown away. */
const forget = (number: number, visibility: Visibility) => api('DELETE /api/v1/cases/:number/drafts/:visibility', { params: { number, visibility } }).catch(() => {})

const dropKnown = (number: number, visibility: Visibility, me: string) =>
  queries.setQueryData<Draft[]>(keys.drafts(number), (before) => before?.filter((draft) => draft.agent.id !== me || draft.visibility !== visibility))

/** A draft that was thrown away comes back whole, also when the composer is closed by now. */
async function bring(number: number, visibility: Visibility, { words }: DraftState) {
  await put(number, visibility, { ...blank, words })
  await queries.invalidateQueries({ queryKey: keys.drafts(number) })
}
