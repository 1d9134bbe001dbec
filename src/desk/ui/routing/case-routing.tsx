import { Button, Dialog, Form, Section, Time, useMe } from '#web'
import { useState } from 'react'
import { isUnsolved } from '../../cases/model.ts'
import { canChange } from '../can-change.ts'
import { api } from '../data.ts'
import type { Case } from '../wire.ts'
import { useCaseRouting, type CaseRouting, type NeedBody } from './data.ts'
import { NeedsEditor } from './needs-editor.tsx'
import { Reasons } from './reasons.tsx'
import { needInWords, sourceWords, whyWords } from './words.ts'
import './routing.css'

/** In the case's panel: why it is with whom, and why not with others; which skills it asks for. */
export default function CaseRoutingSection({ view }: { view: Case }) {
  const me = useMe()
  const routing = useCaseRouting(view.number).data
  const [asking, setAsking] = useState(false)
  if (!routing) return null
  const mayAsk = me.may('case.change') && canChange(view) && isUnsolved(view.status)
  // A case that nobody routed and that asks for nothing has nothing to say here.
  if (routing.decisions.length === 0 && routing.needs.length === 0 && !mayAsk) return null
  return (
    <Section title="Routing" compact actions={mayAsk ? <Button size="small" variant="quiet" onClick={() => setAsking(true)}>Skills</Button> : null}>
      <Latest view={view} routing={routing} me={me.kind === 'agent' ? me.id : null} />
      {routing.needs.length > 0 ? <p className="routing-line">Asks for {routing.needs.map((need) => `${needInWords(need, routing.skills)} (${sourceWords[need.source]})`).join(', ')}.</p> : null}
      {asking ? <SkillsDialog view={view} routing={routing} onClose={() => setAsking(false)} /> : null}
    </Section>
  )
}

function Latest({ view, routing, me }: { view: Case; routing: CaseRouting; me: string | null }) {
  const [latest] = routing.decisions
  const holder = view.assignee?.id ?? null
  if (!latest) return <p className="routing-line">{holder === null && routing.mode === 'pull' ? 'Waits in its queue to be taken.' : 'Was not routed: it was taken or given by hand.'}</p>
  const name = (id: string) => (id === me ? 'You' : routing.agents.find((agent) => agent.id === id)?.name ?? 'Somebody')
  const said = latest.agentId === null ? (holder === null ? 'Nobody can take it yet' : 'Nobody could take it; it was given by hand')
    : `${latest.agentId === holder ? 'With' : 'Was given to'} ${latest.agentId === me ? 'you' : name(latest.agentId)}, because ${latest.agentId === me ? whyWords(latest.why, true) : `${pronoun(latest.why)}${whyWords(latest.why) ?? 'they were the best'}`}`
  return (
    <details className="routing-latest">
      <summary>{said}. <span className="routing-since"><Time at={latest.at} /></span></summary>
      <Reasons decision={{ ...latest, until: latest.reasons.until }} name={name} skills={routing.skills} me={me} />
    </details>
  )
}

/** "nobody else could take it" and "it is their turn" stand alone. */
const pronoun = (why: string) => (why === 'only' || why === 'turn' ? '' : 'who ')

function SkillsDialog({ view, routing, onClose }: { view: Case; routing: CaseRouting; onClose: () => void }) {
  const [asked, setAsked] = useState<NeedBody[]>(() => routing.asked.map(({ skillId, level, dropAfterMinutes }) => ({ skillId, level, dropAfterMinutes })))
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const submit = () => {
    setBusy(true)
    api('PUT /api/v1/cases/:number/skills', { params: { number: view.number }, body: { skills: asked }, ifMatch: view.version }).then(onClose, setProblem).finally(() => setBusy(false))
  }
  return (
    <Dialog open onClose={onClose} title={`Skills for #${view.number}`} description="Besides those of its queue, its topic and its customer’s language.">
      <Form onSubmit={submit} problem={problem} actions={<><Button variant="quiet" onClick={onClose}>Cancel</Button><Button variant="primary" type="submit" busy={busy}>Save</Button></>}>
        <NeedsEditor needs={asked} onChange={setAsked} skills={routing.skills} />
      </Form>
    </Dialog>
  )
}
