import { Archive, ArchiveRestore, Save } from 'lucide-react'
import { Badge, Button, changesBetween, Checkbox, Form, isStale, Page, queries, Section, Select, Stale, tellRefusal, TextField, toast, useCommands, useEdit, useIntent, useMe } from '#web'
import { useState } from 'react'
import { metrics } from '../../../sla/model.ts'
import { conditionFaults, promisesAnything } from '../../../sla/policies/model.ts'
import { api } from '../../data.ts'
import { QueryField } from '../../query/query-field.tsx'
import { useCalendars, type PolicyView } from '../data.ts'
import { metricNames, minutesWords, readMinutes } from '../words.ts'
import { conditionWords, draftOf, type Draft, type EditedTerms } from './draft.ts'
import { TargetMatrix } from './matrix.tsx'
import { ProbePanel } from './probe.tsx'

interface Props {
  policy: PolicyView | null
  onClose: () => void
  onMade: (id: string) => void
}

const said = ({ name, condition, terms }: Draft) => ({ name, condition: condition || 'every case', hours: terms.hours, grace: minutesWords(terms.graceMinutes), warning: `${terms.warnPercent} %` })
const saidNames = { name: 'name', condition: 'condition', hours: 'hours', grace: 'time left after reopening', warning: 'warning' }

/** One policy: for which cases, what is promised, in which hours; and beside it what that would mean for a case. */
export function PolicyEditor({ policy, onClose, onMade }: Props) {
  const may = useMe().may('sla.change')
  const { seen, draft, set, theirs, mine } = useEdit(policy, draftOf)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const intent = useIntent()
  const faults = conditionFaults(draft.condition)
  const ready = may && JSON.stringify(draft) !== JSON.stringify(draftOf(seen)) && draft.name.trim() !== '' && faults.length === 0 && promisesAnything(draft.terms)
  const send = (words: Draft, version: number | undefined) => {
    setBusy(true)
    setProblem(null)
    const sent = policy ? api('PATCH /api/v1/sla-policies/:id', { params: { id: policy.id }, body: words, ...(version === undefined ? {} : { ifMatch: version }) })
      : api('POST /api/v1/sla-policies', { body: words, idempotencyKey: intent.key(words) })
    sent.then(async (saved) => {
      await queries.invalidateQueries({ queryKey: ['sla-policies'] })
      toast({ text: policy ? 'Saved. Cases at hand are compared with it now' : `${saved.name} is there; it is tried last`, tone: 'done' })
      if (policy) onClose()
      else onMade(saved.id)
    }, setProblem).finally(() => setBusy(false))
  }
  const save = () => { if (ready && !busy) send(draft, seen?.version) }
  const terms = (part: Partial<EditedTerms>) => set({ terms: { ...draft.terms, ...part } })
  useCommands([
    { id: 'slaPolicy.save', name: 'Save the policy', keys: ['mod+Enter', 'mod+s'], section: 'SLA', icon: Save, when: () => ready, perform: save },
    { id: 'slaPolicy.close', name: 'Back to the policies', keys: ['Escape'], section: 'SLA', perform: onClose },
  ], [draft, ready, busy])
  const stale = isStale(problem)
  return (
    <Page wide title={policy?.name ?? 'New SLA policy'} back={{ to: '/settings/sla', name: 'SLA policies' }} actions={policy && may ? <PutAway policy={policy} onDone={onClose} /> : null}
      detail={policy ? <>Edition {policy.number} {policy.archived ? <Badge>Archived</Badge> : policy.active ? <Badge tone="done">On</Badge> : <Badge>Off</Badge>}</> : 'It is tried after all others until you move it.'}>
      <div className="sla-edit">
        <Form onSubmit={save} problem={stale ? null : problem} actions={may ? <Button variant="primary" type="submit" busy={busy} disabled={!ready}>{policy ? 'Save' : 'Add the policy'}</Button> : null}>
          {stale && policy ? <Stale changes={changesBetween(said(draftOf(seen)), said(draftOf(policy)), saidNames)} busy={busy} onTheirs={() => { theirs(); setProblem(null) }} onMine={() => send(mine(), policy.version)} /> : null}
          <TextField label="Name" name="name" value={draft.name} maxLength={200} disabled={!may} onChange={(name) => set({ name })} required />
          <QueryField label="Which cases" value={draft.condition} disabled={!may} onChange={(condition) => set({ condition })} placeholder="segment:enterprise priority:high,urgent" hint="Empty: every case." error={conditionWords(faults)} onSubmit={save} />
          <Section title="What is promised"><TargetMatrix terms={draft.terms} disabled={!may} onChange={terms} /></Section>
          <HoursSection terms={draft.terms} disabled={!may} onChange={terms} />
          <PausesSection terms={draft.terms} disabled={!may} onChange={terms} />
        </Form>
        <aside className="sla-aside"><ProbePanel {...(faults.length === 0 ? { draft: { id: policy?.id ?? null, name: draft.name || 'This policy', condition: draft.condition, terms: draft.terms } } : {})} /></aside>
      </div>
    </Page>
  )
}

interface PartProps {
  terms: EditedTerms
  disabled: boolean
  onChange: (terms: Partial<EditedTerms>) => void
}

function HoursSection({ terms, disabled, onChange }: PartProps) {
  const calendars = (useCalendars().data ?? []).filter(({ id, archived }) => !archived || id === terms.calendarId)
  const value = terms.hours === 'calendar' ? terms.calendarId ?? '' : terms.hours
  const choose = (chosen: string) => onChange(chosen === 'site' || chosen === 'always' ? { hours: chosen, calendarId: null } : { hours: 'calendar', calendarId: chosen })
  return (
    <Section title="In which hours">
      <Select label="Which hours count" hideLabel value={value} disabled={disabled} onChange={choose} options={[
        { value: 'site', label: 'Those of the site of the case’s team' }, { value: 'always', label: 'Every hour, day and night' }, ...calendars.map(({ id, name, timeZone }) => ({ value: id, label: name, detail: timeZone })),
      ]} />
      <div className="sla-pair">
        <Minutes label="At least left after reopening" hint="A case that comes back is not late at once." minutes={terms.graceMinutes} disabled={disabled} onChange={(graceMinutes) => onChange({ graceMinutes })} />
        <TextField label="At risk from, in percent used" inputMode="numeric" value={String(terms.warnPercent)} disabled={disabled} onChange={(text) => { const percent = Number(text); if (Number.isInteger(percent) && percent >= 1 && percent <= 99) onChange({ warnPercent: percent }) }} hint="Then it is shown in amber, and told once." />
      </div>
    </Section>
  )
}

function Minutes({ label, hint, minutes, disabled, onChange }: { label: string; hint: string; minutes: number; disabled: boolean; onChange: (minutes: number) => void }) {
  const [text, setText] = useState<string | null>(null)
  const read = text === null ? null : readMinutes(text)
  const leave = () => { if (read !== null) { onChange(read === 'none' ? 0 : Math.min(read, 10_080)); setText(null) } }
  return <TextField label={label} hint={hint} value={text ?? minutesWords(minutes)} disabled={disabled} onChange={setText} onBlur={leave} error={text !== null && read === null ? 'A length such as 30 min or 2 h' : null} />
}

const pauseKinds = [['pending', 'While the case waits for the customer'], ['on_hold', 'While it is on hold']] as const

function PausesSection({ terms, disabled, onChange }: PartProps) {
  return (
    <Section title="Which clocks stand still">
      {pauseKinds.map(([status, words]) => (
        <fieldset key={status} className="sla-pauses"><legend>{words}</legend>
          {metrics.map((metric) => (
            <Checkbox key={metric} label={metricNames[metric]} checked={terms.pauses[status].includes(metric)} disabled={disabled || (status === 'pending' && metric === 'resolution')}
              onChange={(is) => onChange({ pauses: { ...terms.pauses, [status]: is ? [...terms.pauses[status], metric] : terms.pauses[status].filter((other) => other !== metric) } })} />
          ))}
        </fieldset>
      ))}
    </Section>
  )
}

function PutAway({ policy, onDone }: { policy: PolicyView; onDone: () => void }) {
  const put = (archived: boolean): Promise<void> => api('PATCH /api/v1/sla-policies/:id', { params: { id: policy.id }, body: { archived } }).then(async () => {
    await queries.invalidateQueries({ queryKey: ['sla-policies'] })
    toast({ text: archived ? `${policy.name} is archived; ${policy.cases} cases at hand are compared with the others` : `${policy.name} is back`, undo: () => void put(!archived) })
  }, (refused: unknown) => tellRefusal(refused, 'Not changed'))
  return <Button variant="quiet" icon={policy.archived ? ArchiveRestore : Archive} onClick={() => void put(!policy.archived).then(onDone)}>{policy.archived ? 'Take out of the archive' : 'Archive'}</Button>
}
