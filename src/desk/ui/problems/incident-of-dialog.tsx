import { Button, Dialog, Form, TextField, useQuery } from '#web'
import { useState } from 'react'
import { api } from '../data.ts'
import { StatusMark } from '../marks.tsx'
import { linkIncidents } from '../merging/actions.ts'
import { counted } from '../words.ts'

/** Says which problem is the cause of a case, or of several. */
export function IncidentOfDialog({ numbers, onClose }: { numbers: readonly number[]; onClose: () => void }) {
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const found = useQuery({ queryKey: ['cases', 'problems'], queryFn: () => api('GET /api/v1/search', { query: { q: 'kind:problem is:unsolved', limit: 20 } }) })
  const problems = (found.data?.items ?? []).map((hit) => hit.case).filter((one) => !numbers.includes(one.number) && one.kind === 'problem')
  const link = (to: number) => {
    if (busy || to === 0) return
    setBusy(true)
    setProblem(null)
    linkIncidents(to, [...numbers]).then((held) => { if (held) onClose() }, setProblem).finally(() => setBusy(false))
  }
  const wanted = Number(/\d{1,15}/.exec(text)?.[0] ?? 0)
  return (
    <Dialog open onClose={onClose} title={numbers.length === 1 ? `#${numbers[0]} is an incident of …` : `${counted(numbers.length, 'case')} are incidents of …`} description={`What the problem sends to all its incidents reaches ${numbers.length === 1 ? 'this one' : 'these'} too.`} size="small">
      <Form onSubmit={() => link(wanted)} problem={problem} actions={<><Button variant="quiet" onClick={onClose}>Cancel</Button><Button variant="primary" type="submit" busy={busy} disabled={wanted === 0}>Link</Button></>}>
        <TextField label="Problem" name="problem" inputMode="numeric" autoComplete="off" placeholder="#10482" value={text} onChange={setText} required />
        {problems.length > 0 ? (
          <div className="kin-choices" role="group" aria-label="Open problems">
            {problems.map((one) => <button key={one.number} type="button" className="kin-choice" onClick={() => link(one.number)}><StatusMark status={one.status} /><span className="kin-subject">{one.subject}</span><span className="kin-detail">#{one.number}</span></button>)}
          </div>
        ) : null}
      </Form>
    </Dialog>
  )
}
