import { Button, Dialog, Form, queries, toast, useIntent, useNow } from '#web'
import { useMemo, useState } from 'react'
import { previewOf } from '../../actions/model.ts'
import { useActionNames } from '../actions/names.ts'
import { changeWords, reason } from '../bulk/words.ts'
import { api, keys } from '../data.ts'
import type { Case } from '../wire.ts'
import { subjectOfView } from './along.tsx'
import type { Macro } from './data.ts'

/** A macro without a text for the customer: what it would change, and the doing of it. */
export function MacroDialog({ view, macro, onClose }: { view: Case; macro: Macro; onClose: () => void }) {
  const names = useActionNames()
  const intent = useIntent()
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const now = useNow()
  const preview = useMemo(() => previewOf(subjectOfView(view), macro.actions, { now, me: 'me' }), [view, macro, now])
  const refused = preview.refusals[0]
  const apply = () => {
    if (busy) return
    setBusy(true)
    const body = { actions: macro.actions, macro: macro.id }
    api('POST /api/v1/cases/:number/actions', { params: { number: view.number }, body, ifMatch: view.version, idempotencyKey: intent.key(body) }).then((answer) => {
      intent.done()
      queries.setQueryData(keys.case(view.number), answer.case)
      toast({ text: `${macro.title}: done`, tone: 'done' })
      onClose()
    }, setProblem).finally(() => setBusy(false))
  }
  return (
    <Dialog open onClose={onClose} title={macro.title} description={`What it does to #${view.number}`} size="small">
      <Form onSubmit={apply} problem={problem} actions={<><Button variant="quiet" onClick={onClose}>Cancel</Button><Button variant="primary" type="submit" busy={busy} disabled={refused !== undefined || preview.changes.length === 0}>Apply</Button></>}>
        {refused ? <p className="field-error">It cannot be done here: {reason(refused)}.</p>
          : preview.changes.length === 0 ? <p>Everything is so already.</p>
          : <ul className="desk-macro-effects">{preview.changes.map((change) => <li key={JSON.stringify(change)}>{changeWords(change, { ...names, agent: (id) => (id === 'me' ? 'you' : names.agent(id)) })}</li>)}</ul>}
      </Form>
    </Dialog>
  )
}
