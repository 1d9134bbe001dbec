import { Button, Dialog, Form, useIntent } from '#web'
import { useEffect, useState } from 'react'
import type { CaseAction } from '../../actions/model.ts'
import { ActionList } from '../actions/action-list.tsx'
import { isComplete } from '../actions/words.ts'
import { api } from '../data.ts'
import { counted } from '../words.ts'
import { previewRun, watchRun, type Over, type PreviewState } from './data.ts'
import { PreviewView } from './preview-view.tsx'
import { sizeWords } from './words.ts'

interface BulkDialogProps {
  over: Over
  size: number | null
  /** What was asked for already, such as by the key of one action. */
  begin: readonly CaseAction[]
  onClose: () => void
  onBegun: () => void
}

/** Says what is to be done to many cases, what that would do to how many, and does it. */
export function BulkDialog({ over, size, begin, onClose, onBegun }: BulkDialogProps) {
  const [actions, setActions] = useState<CaseAction[]>([...begin])
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const intent = useIntent()
  const preview = usePreview(over, actions)
  const shown = preview.data
  const tooMany = shown !== null && shown.total > shown.casesMax
  const ready = shown !== null && !preview.stale && shown.change > 0 && !tooMany
  const submit = () => {
    if (!ready || busy) return
    setBusy(true)
    setProblem(null)
    const body = { actions, cases: 'query' in over ? shown.cases ?? [] : over.cases, ...('query' in over ? { query: over.query } : {}) }
    api('POST /api/v1/bulk-runs', { body, idempotencyKey: intent.key(body) }).then((run) => { intent.done(); onBegun(); void watchRun(run) }, setProblem).finally(() => setBusy(false))
  }
  return (
    <Dialog open onClose={onClose} title={`Change ${sizeWords(shown?.total ?? size)}`} size="large" description="Nothing is done before you have seen what it does to how many.">
      <Form
        onSubmit={submit} problem={problem}
        actions={<><Button variant="quiet" onClick={onClose}>Cancel</Button><Button variant="primary" type="submit" busy={busy} disabled={!ready}>{shown && shown.change > 0 ? `Change ${counted(shown.change, 'case')}` : 'Change'}</Button></>}
      >
        <div className="desk-bulk-plan">
          <ActionList value={actions} onChange={setActions} label="What is done to each case" />
          <PreviewView state={preview} actions={actions} tooMany={tooMany} />
        </div>
      </Form>
    </Dialog>
  )
}

const PAUSE_MS = 250

/** What the actions would do, asked for once nobody has changed them for a moment. */
function usePreview(over: Over, actions: readonly CaseAction[]): PreviewState {
  const [state, setState] = useState<PreviewState>({ data: null, stale: true, error: null })
  const asked = JSON.stringify([over, actions])
  const complete = isComplete(actions)
  useEffect(() => {
    if (!complete) return setState({ data: null, stale: false, error: null })
    const ending = new AbortController()
    setState((now) => ({ ...now, stale: true }))
    const timer = setTimeout(() => {
      previewRun(over, [...actions], ending.signal).then((data) => setState({ data, stale: false, error: null }), (error: unknown) => { if (!ending.signal.aborted) setState({ data: null, stale: false, error }) })
    }, PAUSE_MS)
    return () => { clearTimeout(timer); ending.abort() }
  // What is asked is known by its text.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [asked, complete])
  return state
}
