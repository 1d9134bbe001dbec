import { Button, Combobox, Form, navigate, Page, queries, Section, Select, Stale, Tag, TextField, useMe, useTitle, isStale } from '#web'
import { useState } from 'react'
import { faultOf, shortName, textOf, type MacroKind, type MacroScope } from '../../macros/model.ts'
import { fillText, unescaped, variables } from '../../snippets/model.ts'
import type { CaseAction } from '../../actions/model.ts'
import { ActionList } from '../actions/action-list.tsx'
import { TextControl } from '../actions/text-control.tsx'
import { isComplete } from '../actions/words.ts'
import { api, useQueues, useTeams, useTopics } from '../data.ts'
import type { MacroDetail } from './data.ts'
import { scopeNames } from './words.ts'
import './library.css'

interface Words {
  kind: MacroKind
  title: string
  name: string
  folder: string
  scope: MacroScope
  team: string | null
  topics: string[]
  queues: string[]
  actions: CaseAction[]
}

const wordsOf = (macro: MacroDetail | null, team: string | null): Words => (macro
  ? { kind: macro.kind, title: macro.title, name: macro.name, folder: macro.folder, scope: macro.scope, team: macro.teamId ?? team, topics: macro.topics, queues: macro.queueIds, actions: macro.actions }
  : { kind: 'snippet', title: '', name: '', folder: '', scope: 'mine', team, topics: [], queues: [], actions: [{ do: 'reply', body: '' }] })

/** Writes a snippet or a macro, or changes one; beside it stands how it reads. */
export function MacroEditor({ macro, onDone }: { macro: MacroDetail | null; onDone?: () => void }) {
  const me = useMe()
  useTitle(macro ? macro.title : 'New snippet or macro')
  const [words, setWords] = useState(() => wordsOf(macro, me.team?.id ?? null))
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [tried, setTried] = useState(false)
  const set = (change: Partial<Words>) => setWords((now) => ({ ...now, ...change }))
  const done = () => (onDone ? onDone() : navigate('/macros'))
  const submit = (version = macro?.version) => {
    setTried(true)
    if (busy || !isComplete(words.actions)) return
    setBusy(true)
    const { kind, team, scope, ...rest } = words
    const body = { ...rest, name: words.name || shortName(words.title) || '', scope, ...(scope === 'team' ? { team } : {}) }
    const sent = macro ? api('PATCH /api/v1/macros/:id', { params: { id: macro.id }, body, ...(version === undefined ? {} : { ifMatch: version }) }) : api('POST /api/v1/macros', { body: { ...body, kind } })
    sent.then(async (saved) => { await queries.invalidateQueries({ queryKey: ['macros'] }); if (onDone) onDone(); else navigate(`/macros/${saved.id}`) }, setProblem).finally(() => setBusy(false))
  }
  /** Somebody saved first: what they saved, or what is written here over it. */
  const theirs = async () => (macro ? api('GET /api/v1/macros/:id', { params: { id: macro.id } }) : null)
  const showTheirs = () => void theirs().then((now) => { setWords(wordsOf(now, me.team?.id ?? null)); setProblem(null); return queries.invalidateQueries({ queryKey: ['macros'] }) }, setProblem)
  const saveMine = () => void theirs().then((now) => { setProblem(null); submit(now?.version) }, setProblem)
  return (
    <Page wide title={macro ? `Change ${macro.title}` : 'New snippet or macro'} back={{ to: macro ? `/macros/${macro.id}` : '/macros', name: macro ? macro.title : 'Library' }}>
      {isStale(problem) ? <Stale changes={[]} busy={busy} onTheirs={showTheirs} onMine={saveMine} /> : null}
      <Form onSubmit={() => submit()} problem={isStale(problem) ? null : problem} actions={<><Button variant="quiet" onClick={done}>Cancel</Button><Button variant="primary" type="submit" busy={busy}>Save</Button></>}>
        <div className="desk-macro-editor">
          <div className="desk-macro-fields">
            {macro ? null : <Select label="Kind" value={words.kind} onChange={(kind) => set({ kind, ...(kind === 'snippet' ? { actions: [{ do: 'reply', body: textOf(words.actions) }] } : {}) })} options={[{ value: 'snippet', label: 'Snippet', detail: 'A text' }, { value: 'macro', label: 'Macro', detail: 'Actions, with or without a text' }]} />}
            <div className="desk-pair">
              <TextField label="Title" name="title" maxLength={120} autoComplete="off" value={words.title} onChange={(title) => set({ title })} required />
              <TextField label="Short name" name="name" maxLength={60} autoComplete="off" mono placeholder={shortName(words.title) ?? 'refund-time'} value={words.name} onChange={(name) => set({ name: name.toLowerCase().replace(/[^a-z0-9-]+/g, '-').replace(/^-+/, '') })} hint="Written after a slash." />
            </div>
            {words.kind === 'snippet' ? <TextControl label="Text" value={textOf(words.actions)} onChange={(body) => set({ actions: [{ do: 'reply', body }] })} />
              : <ActionList value={words.actions} onChange={(actions) => set({ actions })} strict={tried} />}
            <Unknown words={words} tried={tried} />
            <Belonging words={words} set={set} owner={macro?.scope === 'mine'} />
          </div>
          <Reads actions={words.actions} />
        </div>
      </Form>
    </Page>
  )
}

function Unknown({ words, tried }: { words: Words; tried: boolean }) {
  const fault = faultOf(words.kind, words.actions)
  if (words.kind === 'macro') return null
  if (fault?.code === 'macro.unknownVariable') return <p className="field-error" role="alert">Nobody knows {fault.names.map((name) => `{{${name}}}`).join(', ')}.</p>
  return tried && textOf(words.actions).trim() === '' ? <p className="field-error" role="alert">The text is empty.</p> : null
}

function Belonging({ words, set, owner }: { words: Words; set: (change: Partial<Words>) => void; owner: boolean }) {
  const me = useMe()
  const [teams, topics, queues] = [useTeams().data ?? [], useTopics().data ?? [], useQueues().data ?? []]
  const admin = me.roles.includes('admin')
  const may = (scope: MacroScope) => admin || scope === 'mine' || (scope === 'team' && me.roles.includes('lead')) || scope === words.scope
  const scopes = (['mine', 'team', 'everybody'] as const).filter(may).map((value) => ({ value, label: value === 'mine' && owner ? 'Only its owner' : scopeNames[value] }))
  return (
    <>
      <div className="desk-pair">
        <TextField label="Folder" name="folder" maxLength={60} autoComplete="off" value={words.folder} onChange={(folder) => set({ folder })} />
        <Select label="For" name="scope" value={words.scope} onChange={(scope) => set({ scope })} options={scopes} />
      </div>
      {words.scope === 'team' ? <Combobox label="Team" name="team" value={words.team} onChange={(team) => set({ team })} options={teams.filter(({ archivedAt }) => archivedAt === null).map(({ id, name }) => ({ value: id, label: name }))} /> : null}
      <div className="desk-pair">
        <Several label="Fits the topics" value={words.topics} onChange={(value) => set({ topics: value })} options={topics.filter(({ archived }) => !archived).map(({ key, title }) => ({ value: key, label: title }))} />
        <Several label="Fits the queues" value={words.queues} onChange={(value) => set({ queues: value })} options={queues.filter(({ archived }) => !archived).map(({ id, name }) => ({ value: id, label: name }))} />
      </div>
      <p className="field-hint">Where it fits it is offered first. Without topics and queues it fits everywhere.</p>
    </>
  )
}

function Several({ label, value, onChange, options }: { label: string; value: readonly string[]; onChange: (value: string[]) => void; options: { value: string; label: string }[] }) {
  return (
    <div className="desk-several">
      <Combobox label={label} value={null} onChange={(one) => { if (one !== null) onChange([...value, one]) }} options={options.filter((option) => !value.includes(option.value))} placeholder="Add …" />
      {value.length > 0 ? <div className="desk-tags-chosen">{value.map((one) => <Tag key={one} onRemove={() => onChange(value.filter((other) => other !== one))}>{options.find((option) => option.value === one)?.label ?? one}</Tag>)}</div> : null}
    </div>
  )
}

const examples = { values: Object.fromEntries(variables.filter(({ name }) => !name.startsWith('date.')).map(({ name, example }) => [name, example])), zone: 'UTC', language: 'en' }

/** The text as a customer would read it, with examples for its variables. */
function Reads({ actions }: { actions: readonly CaseAction[] }) {
  const [now] = useState(() => new Date())
  const text = textOf(actions)
  return (
    <Section title="How it reads" compact>
      {text.trim() === '' ? <p className="field-hint">It writes nothing to the customer.</p> : <p className="desk-macro-reads">{unescaped(fillText(text, { ...examples, now }).text)}</p>}
    </Section>
  )
}
