import { Button, Checkbox, Dialog, Form, Skeleton, TextField, useQuery } from '#web'
import { useState } from 'react'
import { api, useCase } from '../data.ts'
import { StatusMark } from '../marks.tsx'
import { linkIncidents } from '../merging/actions.ts'
import { personName } from '../words.ts'
import { counted } from '../words.ts'

const FOUND_MAX = 50
const PAUSE = 2

/** Many cases become incidents of a problem: found by words, or typed and pasted by number. */
export function IncidentsDialog({ number, onClose }: { number: number; onClose: () => void }) {
  const view = useCase(number).data
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const numbers = numbersIn(text)
  const words = numbers.length > 0 ? '' : text.trim()
  const q = words.length > PAUSE ? words : ''
  const found = useQuery({ queryKey: ['cases', 'incident-search', q], enabled: q !== '', queryFn: () => api('GET /api/v1/search', { query: { q, limit: FOUND_MAX } }) })
  const hits = (found.data?.items ?? []).map((hit) => hit.case).filter((one) => one.number !== number && one.status !== 'closed' && one.removed === null)
  const all = [...new Set([...chosen, ...numbers])]
  const toggle = (one: number) => setChosen((now) => { const next = new Set(now); if (!next.delete(one)) next.add(one); return next })
  const submit = () => {
    if (busy || all.length === 0) return
    setBusy(true)
    setProblem(null)
    linkIncidents(number, all).then((held) => { if (held) onClose() }, setProblem).finally(() => setBusy(false))
  }
  return (
    <Dialog open onClose={onClose} title={`Add incidents to #${number}`} description={view ? `Cases that “${view.subject}” is the cause of. One update reaches all of them.` : undefined}>
      <Form onSubmit={submit} problem={problem} actions={<><Button variant="quiet" onClick={onClose}>Cancel</Button><Button variant="primary" type="submit" busy={busy} disabled={all.length === 0}>{all.length > 0 ? `Add ${counted(all.length, 'incident')}` : 'Add'}</Button></>}>
        <TextField label="Cases" name="cases" autoComplete="off" placeholder="Words to search for, or numbers: #10482 #10490" value={text} onChange={setText} />
        {q !== '' && found.isPending ? <Skeleton rows={3} /> : null}
        {hits.length > 0 ? (
          <>
            <button type="button" className="desk-tool" onClick={() => setChosen((now) => (hits.every((one) => now.has(one.number)) ? new Set() : new Set([...now, ...hits.map((one) => one.number)])))}>{hits.every((one) => chosen.has(one.number)) ? 'Choose none' : `Choose all ${hits.length}`}</button>
            <ul className="kin-messages" aria-label="Cases found">
              {hits.map((one) => <li key={one.number}><Checkbox checked={chosen.has(one.number)} onChange={() => toggle(one.number)} label={<><StatusMark status={one.status} /> {one.subject}</>} hint={`#${one.number} · ${one.account?.name ?? personName(one.customer)}`} /></li>)}
            </ul>
          </>
        ) : q !== '' && found.isSuccess ? <p className="kin-none">Nothing fits that is still open.</p> : null}
      </Form>
    </Dialog>
  )
}

/** Numbers alone, as they are pasted from anywhere; words beside them make it a search. */
export function numbersIn(text: string): number[] {
  const rest = text.replace(/#?\d{4,15}/g, '').replace(/[\s,;.]/g, '')
  return rest === '' ? [...text.matchAll(/\d{4,15}/g)].map(([digits]) => Number(digits)) : []
}
