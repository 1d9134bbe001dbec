import { ApiProblem, queries, tellRefusal, toast, useIntent, useMe } from '#web'
import { useCallback, useState } from 'react'
import type { Status } from '../../cases/model.ts'
import { unfilledIn } from '../../snippets/model.ts'
import { api, keys } from '../data.ts'
import { forgetPending, pendingNow } from '../macros/pending.ts'
import type { Case, Message, Visibility } from '../wire.ts'
import { asked, outsideWords, type Colleague } from './mentions.ts'
import { takeBack } from './take-back.ts'
import type { WorkingDraft } from './use-draft.ts'

/** A message that came in while the reader was writing, as the refusal shows it. */
export interface Newer {
  id: string
  from: string
  at: string
  text: string
}

export interface Sending {
  busy: boolean
  /** Why the reply stands still; null while it does not. */
  unseen: readonly Newer[] | null
  /** @param read sends it although these are there: the writer has read them. */
  send(how: { status?: SendStatus; read?: boolean }): void
  forgetUnseen(): void
}

export type SendStatus = Extract<Status, 'open' | 'pending' | 'on_hold' | 'solved'>

interface SendingOptions {
  view: Case
  visibility: Visibility
  draft: WorkingDraft
  seenId: string | null
  colleagues: readonly Colleague[]
  /** It went out. */
  onSent: (status: SendStatus | undefined) => void
  /** A variable stands in it still: it is not sent, and shown. */
  onUnfilled: () => void
}

/** Sends what is written: refused when something newer is unseen, and for some seconds it can be taken back. */
export function useSending({ view, visibility, draft, seenId, colleagues, onSent, onUnfilled }: SendingOptions): Sending {
  const me = useMe()
  const intent = useIntent()
  const [busy, setBusy] = useState(false)
  const [unseen, setUnseen] = useState<readonly Newer[] | null>(null)
  const [wanted, setWanted] = useState<SendStatus | undefined>(undefined)
  const { number } = view
  const send = useCallback(({ status, read = false }: { status?: SendStatus; read?: boolean }) => {
    const { words } = draft.state
    if (busy || (words.body.trim() === '' && words.files.length === 0)) return
    if (visibility === 'public' && unfilledIn(words.body).length > 0) return onUnfilled()
    const along = alongWith(number)
    const to = (read ? wanted : status) ?? along.status
    const seen = read ? unseen?.at(-1)?.id ?? seenId : seenId
    const body = {
      body: words.body, visibility, ...(seen && visibility === 'public' ? { seenMessageId: seen } : {}), ...(to ? { status: to } : {}),
      ...(words.cc && visibility === 'public' ? { cc: words.cc } : {}), ...(words.files.length > 0 ? { attachments: words.files.map(({ id }) => id) } : {}),
      ...(visibility === 'note' ? asked(words.body, colleagues) : {}), ...along.body,
    }
    setBusy(true)
    void (async () => {
      const release = await draft.hold()
      try {
        const sent = await api('POST /api/v1/cases/:number/replies', { params: { number }, body, idempotencyKey: intent.key(body) })
        intent.done()
        draft.clear()
        forgetPending(number)
        setUnseen(null)
        showSent(number, sent)
        if (visibility === 'public') tellSent(number, sent, me.undoSendSeconds, to)
        onSent(to)
      } catch (error) {
        release()
        const newer = error instanceof ApiProblem && error.code === 'reply.unseen' ? newerIn(error) : null
        if (newer) { setUnseen(newer); setWanted(to); void queries.invalidateQueries({ queryKey: keys.messages(number) }) } else tellRefusal(namingOutside(error, colleagues), 'Not sent')
      } finally {
        setBusy(false)
      }
    })()
  }, [busy, draft, visibility, number, seenId, unseen, wanted, colleagues, intent, me.undoSendSeconds, onSent, onUnfilled])
  return { busy, unseen, send, forgetUnseen: () => setUnseen(null) }
}

/** Whom the note would not reach, by name. */
function namingOutside(error: unknown, colleagues: readonly Colleague[]): unknown {
  if (!(error instanceof ApiProblem) || error.code !== 'mention.outside') return error
  const ids = [error.detail['agents'], error.detail['teams']].flat().filter((id) => typeof id === 'string')
  return new ApiProblem({ status: error.status, code: error.code, title: outsideWords(ids, colleagues) })
}

/** What macros do goes along in the same step; a status of theirs goes with the reply itself, so that taking it back takes that back too. */
function alongWith(number: number) {
  const { deeds, used } = pendingNow(number)
  const status = deeds.flatMap((deed) => (deed.do === 'status' && deed.to !== 'closed' ? [deed.to] : [])).at(-1)
  const actions = deeds.filter((deed) => deed.do !== 'status' || deed.to === 'closed')
  return { status, body: { ...(actions.length > 0 ? { actions } : {}), ...(used.length > 0 ? { macros: used.map(({ id }) => id) } : {}) } }
}

type Sent = Message & { case: { number: number; status: Status; version: number } }

/** The answer is the message itself: it stands in the timeline before the live fact comes. */
function showSent(number: number, { case: standing, ...message }: Sent) {
  queries.setQueryData<Message[]>(keys.messages(number), (before) => (before && !before.some(({ id }) => id === message.id) ? [...before, message] : before))
  queries.setQueryData<Case>(keys.case(number), (before) => before && { ...before, status: standing.status, version: standing.version })
}

function tellSent(number: number, sent: Sent, seconds: number, status: SendStatus | undefined) {
  const said = status === 'solved' ? 'Sent and solved' : status === 'pending' ? 'Sent, waiting for the customer' : 'Sent'
  toast({ text: said, tone: 'done', ...(seconds > 0 ? { undo: () => void takeBack(number, sent.id), ms: seconds * 1_000 } : {}) })
}

function newerIn(problem: ApiProblem): Newer[] | null {
  const { newer } = problem.detail
  const found = Array.isArray(newer) ? newer.filter(isNewer) : []
  return found.length > 0 ? found : null
}

const isNewer = (value: unknown): value is Newer =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' && 'from' in value && typeof value.from === 'string'
  && 'at' in value && typeof value.at === 'string' && 'text' in value && typeof value.text === 'string'
