import { Badge, Button, Form, Page, Problem, queries, Section, Skeleton, Switch, TextField, toast, useCommands, useIntent, useMe, tellRefusal } from '#web'
import { Save } from 'lucide-react'
import { useState } from 'react'
import { ActionList } from '../actions/action-list.tsx'
import { isComplete } from '../actions/words.ts'
import { api } from '../data.ts'
import { QueryField } from '../query/query-field.tsx'
import { useRule, type RuleWhole, type Says } from './data.ts'
import { RuleHistory } from './history.tsx'
import { TrialPanel } from './trial.tsx'
import { TriggerField } from './trigger-field.tsx'

const fresh: Says = { name: '', trigger: { on: ['opened'] }, condition: '', actions: [], last: false }

interface Props {
  id: string | null
  onClose: () => void
  onMade: (id: string) => void
}

/** One rule: what it says, tried on what happened, and what it did. */
export function RuleEditor({ id, onClose, onMade }: Props) {
  const { data, error, refetch } = useRule(id)
  const back = { to: '/settings/rules', name: 'Rules' }
  if (id !== null && error && !data) return <Page title="Rule" back={back}><Problem error={error} what="The rule" onRetry={() => void refetch()} /></Page>
  if (id !== null && !data) return <Page title="Rule" back={back}><Skeleton rows={6} /></Page>
  return <Editor key={data?.edition ?? 0} rule={data ?? null} onClose={onClose} onMade={onMade} />
}

const saysOf = ({ name, trigger, condition, actions, last }: Says): Says => ({ name, trigger, condition, actions, last })
const canBe = ({ name, trigger, actions }: Says) => name.trim() !== '' && isComplete(actions) && (!('on' in trigger) || trigger.on.length > 0)

function Editor({ rule, onClose, onMade }: { rule: RuleWhole | null } & Omit<Props, 'id'>) {
  const may = useMe().may('rule.change')
  const [says, setSays] = useState<Says>(rule ? saysOf(rule) : fresh)
  const [trial, setTrial] = useState<string | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const intent = useIntent()
  const changed = JSON.stringify(says) !== JSON.stringify(rule ? saysOf(rule) : fresh)
  const set = (part: Partial<Says>) => setSays((now) => ({ ...now, ...part }))
  const save = () => {
    if (!may || busy || !canBe(says)) return
    setBusy(true)
    setProblem(null)
    const sent = rule ? api('PATCH /api/v1/rules/:id', { params: { id: rule.id }, body: says, ifMatch: rule.version }) : api('POST /api/v1/rules', { body: says, idempotencyKey: intent.key(says) })
    sent.then(async (saved) => {
      await queries.invalidateQueries({ queryKey: ['rules'] })
      toast({ text: rule ? 'Saved' : 'Written. It does nothing until it is switched on', tone: 'done' })
      if (!rule) onMade(saved.id)
    }, setProblem).finally(() => setBusy(false))
  }
  const ask = () => {
    const { name: _, ...definition } = says
    api('POST /api/v1/rule-trials', { body: { ...definition, rule: rule?.id ?? null } }).then(({ id }) => setTrial(id), (refused: unknown) => tellRefusal(refused, 'Not tried'))
  }
  useCommands([
    { id: 'rule.save', name: 'Save the rule', keys: ['mod+Enter', 'mod+s'], section: 'Rules', icon: Save, when: () => may && changed, perform: save },
    { id: 'rule.try', name: 'Try the rule on the last month', keys: ['shift+t'], section: 'Rules', when: () => isComplete(says.actions), perform: ask },
    { id: 'rule.close', name: 'Back to the rules', keys: ['Escape'], section: 'Rules', when: () => !changed, perform: onClose },
  ], [says, changed, may, rule])
  return (
    <Page wide title={rule ? rule.name : 'New rule'} back={{ to: '/settings/rules', name: 'Rules' }} detail={rule ? <>Edition {rule.edition} {rule.archived ? <Badge>Put away</Badge> : rule.active ? <Badge tone="done">On</Badge> : <Badge>Off</Badge>}</> : 'It does nothing until it is switched on.'} actions={rule && may ? <States rule={rule} onAway={onClose} /> : null}>
      <div className="desk-rule">
        <Form onSubmit={save} problem={problem} actions={may ? <Button variant="primary" type="submit" busy={busy} disabled={!changed || !canBe(says)}>{rule ? 'Save' : 'Write the rule'}</Button> : null}>
          <TextField label="Name" name="name" value={says.name} maxLength={120} disabled={!may} onChange={(name) => set({ name })} required />
          <TriggerField value={says.trigger} onChange={(trigger) => set({ trigger })} />
          <QueryField label="Which cases" value={says.condition} disabled={!may} onChange={(condition) => set({ condition })} hint="Empty: every case." />
          <Section title="What it does"><ActionList value={says.actions} onChange={(actions) => set({ actions })} label="What the rule does" disabled={!may} /></Section>
          <Switch label="Ends here" hint="When it has acted, the rules below it do not look at the case for the same reason." checked={says.last} disabled={!may} onChange={(last) => set({ last })} />
        </Form>
        <aside className="desk-rule-aside">
          <TrialPanel id={trial} ask={ask} disabled={!isComplete(says.actions)} />
          {rule ? <RuleHistory rule={rule} onTake={may ? (edition) => set(edition) : null} /> : null}
        </aside>
      </div>
    </Page>
  )
}

function States({ rule, onAway }: { rule: RuleWhole; onAway: () => void }) {
  const change = (body: { active?: boolean; archived?: boolean }, words: string, undo?: { active?: boolean; archived?: boolean }) => api('PATCH /api/v1/rules/:id', { params: { id: rule.id }, body }).then(async () => {
    await queries.invalidateQueries({ queryKey: ['rules'] })
    toast({ text: words, ...(undo ? { undo: () => void change(undo, 'Taken back') } : {}) })
  }, (error: unknown) => tellRefusal(error, 'Not changed'))
  if (rule.archived) return <Button onClick={() => void change({ archived: false }, `${rule.name} is back, switched off`)}>Take it back</Button>
  return (
    <>
      <Button variant="quiet" onClick={() => void change({ archived: true }, `${rule.name} is put away`, { archived: false }).then(onAway)}>Put away</Button>
      <Button onClick={() => void change({ active: !rule.active }, rule.active ? `${rule.name} is off` : `${rule.name} is on`, { active: rule.active })}>{rule.active ? 'Switch off' : 'Switch on'}</Button>
    </>
  )
}
