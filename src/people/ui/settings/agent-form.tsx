import { ApiProblem, Button, changesBetween, Checkbox, Form, mineOver, Select, Stale, TextField, toast, useIntent } from '#web'
import { useState } from 'react'
import { ZoneField } from '../me/zone-field.tsx'
import { people, useSites, useTeams, type Agent, type Role } from '../wire.ts'
import { roleWords } from '../words.ts'
import { bodyOf, changeOf, draftOf, faultsIn, fieldNames, newAgent, saidOf, withRole, type AgentDraft } from './agent-draft.ts'

export interface AgentFormProps {
  /** As it was when the form opened; null for somebody new. */
  seen: Agent | null
  readOnly?: boolean
  onDone?: (id: string) => void
  onClose: () => void
}

export function AgentForm({ seen: opened, readOnly = false, onDone, onClose }: AgentFormProps) {
  const [seen, setSeen] = useState(opened)
  const [draft, setDraft] = useState<AgentDraft>(opened ? draftOf(opened) : newAgent)
  const [problem, setProblem] = useState<unknown>(null)
  const [theirs, setTheirs] = useState<Agent | null>(null)
  const [state, setState] = useState<'editing' | 'faulty' | 'saving'>('editing')
  const intent = useIntent()
  const changed = (over: Agent) => changeOf(over, seen ? mineOver(draftOf(seen), draftOf(over), draft) : draft)
  const send = async (over: Agent | null) => {
    if (over) return people('PATCH /api/v1/agents/:id', { params: { id: over.id }, body: changed(over), ifMatch: over.version })
    const body = bodyOf(draft)
    return people('POST /api/v1/agents', { body, idempotencyKey: intent.key(body) })
  }
  const save = async (over: Agent | null) => {
    if (Object.keys(faultsIn(draft)).length > 0) return setState('faulty')
    if (over && Object.keys(changed(over)).length === 0) return onClose()
    setState('saving')
    setProblem(null)
    try {
      const saved = await send(over)
      toast({ text: over ? 'Saved' : `${saved.name} is added`, tone: 'done' })
      if (onDone) onDone(saved.id)
      else onClose()
    } catch (error) {
      setState('editing')
      if (over && error instanceof ApiProblem && error.code === 'version.stale') setTheirs(await people('GET /api/v1/agents/:id', { params: { id: over.id } }))
      else setProblem(error)
    }
  }
  const showTheirs = (agent: Agent) => { setSeen(agent); setDraft(draftOf(agent)); setTheirs(null) }
  return (
    <Form
      label="Person" problem={problem} onSubmit={() => void save(seen)}
      actions={readOnly || theirs ? null : <><Button onClick={onClose}>Cancel</Button><Button type="submit" variant="primary" busy={state === 'saving'}>{seen ? 'Save' : 'Add, and make the link'}</Button></>}
    >
      <Fields draft={draft} set={(change) => setDraft((before) => ({ ...before, ...change }))} faults={state === 'faulty' ? faultsIn(draft) : {}} readOnly={readOnly} />
      {theirs && seen ? <StaleAgent seen={seen} now={theirs} onTheirs={() => showTheirs(theirs)} onMine={() => { setTheirs(null); void save(theirs) }} /> : null}
    </Form>
  )
}

function StaleAgent({ seen, now, onTheirs, onMine }: { seen: Agent; now: Agent; onTheirs: () => void; onMine: () => void }) {
  const [teams, sites] = [useTeams().data?.items ?? [], useSites().data?.items ?? []]
  return <Stale changes={changesBetween(saidOf(seen, teams, sites), saidOf(now, teams, sites), fieldNames)} onTheirs={onTheirs} onMine={onMine} />
}

interface FieldsProps {
  draft: AgentDraft
  set: (change: Partial<AgentDraft>) => void
  faults: ReturnType<typeof faultsIn>
  readOnly: boolean
}

function Fields({ draft, set, faults, readOnly }: FieldsProps) {
  const [teams, sites] = [useTeams().data?.items ?? [], useSites().data?.items ?? []]
  const places = (all: readonly { id: string; name: string }[], none: string) => [{ value: 'none', label: none }, ...all.map(({ id, name }) => ({ value: id, label: name }))]
  return (
    <>
      <TextField label="Name" name="name" autoComplete="off" disabled={readOnly} error={faults.name} value={draft.name} onChange={(name) => set({ name })} />
      <TextField label="Mail address" name="email" type="email" autoComplete="off" hint="They sign in with it." disabled={readOnly} error={faults.email} value={draft.email} onChange={(email) => set({ email })} />
      <Roles roles={draft.roles} set={(roles) => set({ roles })} error={faults.roles} readOnly={readOnly} />
      <div className="people-side">
        <Select label="Team" disabled={readOnly} value={draft.teamId ?? 'none'} options={places(teams, 'No team')} onChange={(id) => set({ teamId: id === 'none' ? null : id })} />
        <Select label="Site" disabled={readOnly} value={draft.siteId ?? 'none'} options={places(sites, 'No site')} onChange={(id) => set({ siteId: id === 'none' ? null : id })} />
      </div>
      {readOnly ? null : <ZoneField label="Time zone" value={draft.timeZone} onChange={(timeZone) => set({ timeZone })} empty="That of the site" />}
      <TextField label="Capacity" name="capacity" inputMode="numeric" hint="How many cases they may hold at once." disabled={readOnly} error={faults.capacity} value={draft.capacity} onChange={(capacity) => set({ capacity })} />
    </>
  )
}

const order: readonly Role[] = ['admin', 'lead', 'agent', 'analyst', 'planner', 'partner']

function Roles({ roles, set, error, readOnly }: { roles: readonly Role[]; set: (roles: Role[]) => void; error: string | undefined; readOnly: boolean }) {
  return (
    <fieldset className="people-roles">
      <legend>Roles</legend>
      {order.map((role) => <Checkbox key={role} label={roleWords[role].name} hint={roleWords[role].may} disabled={readOnly} checked={roles.includes(role)} onChange={(on) => set(withRole(roles, role, on, order))} />)}
      {error ? <p className="field-error" role="alert">{error}</p> : null}
    </fieldset>
  )
}
