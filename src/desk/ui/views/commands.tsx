import { Archive, BookmarkPlus, Copy, Pencil, Pin, PinOff } from 'lucide-react'
import { Button, Checkbox, Dialog, Form, navigate, tellRefusal, TextField, toast, useCommands, useMe } from '#web'
import { useEffect, useState } from 'react'
import type { ShownList } from '../inbox/shown.ts'
import { wordsOfQuery } from '../inbox/selection.ts'
import type { View } from '../wire.ts'
import { copyOf, saveView, setArchived, togglePin, type ViewForm } from './data.ts'
import { MarkFields, SharingFields } from './fields.tsx'

interface ViewCommandsProps {
  shown: ShownList
  saving: 'new' | 'over' | null
  ask: (how: 'new' | 'over' | null) => void
}

const formOf = ({ list, shape }: ShownList, view: View | undefined): ViewForm => ({
  name: view?.name ?? '', query: list.query ? wordsOfQuery(list.query) : '', sort: shape.sort, columns: [...shape.columns], grouping: shape.grouping, icon: view?.icon ?? 'dot', colour: view?.colour ?? 'blue',
  shared: view?.shared ?? 'no', team: view?.team?.id ?? null,
})

/** What can be done with the view that is shown, and with what could become one. */
export function ViewCommands({ shown, saving, ask }: ViewCommandsProps) {
  const me = useMe()
  const { view } = shown.list
  const mayWrite = () => me.may('view.write')
  useCommands([
    { id: 'view.save', name: 'Save as a view', keys: ['shift+s'], section: 'Views', icon: BookmarkPlus, when: () => mayWrite() && shown.list.query !== null && shown.problems.length === 0, perform: () => ask('new') },
    { id: 'view.new', name: 'New view', section: 'Views', when: mayWrite, perform: () => navigate('/views/new') },
    ...(view ? [
      { id: 'view.edit', name: `Change “${view.name}”`, keys: ['shift+x'], section: 'Views', icon: Pencil, words: 'view edit', when: () => mayWrite() && view.mayChange, perform: () => navigate(`/views/${view.id}/edit`) },
      { id: 'view.copy', name: `Copy “${view.name}”`, section: 'Views', icon: Copy, words: 'view duplicate', when: mayWrite, perform: () => void copyOf(view).then((copy) => navigate(`/views/${copy.id}/edit`), tellRefusal) },
      { id: 'view.pin', name: view.pinned === null ? 'Pin this view' : 'Unpin this view', keys: ['shift+n'], section: 'Views', icon: view.pinned === null ? Pin : PinOff, words: 'keep in sight', when: () => me.kind === 'agent', perform: () => void togglePin(view).catch(tellRefusal) },
      { id: 'view.archive', name: `Archive “${view.name}”`, section: 'Views', icon: Archive, when: () => mayWrite() && view.mayChange, perform: () => void setArchived(view, true).then(() => navigate('/views'), tellRefusal) },
    ] : []),
  ], [me, view, shown.list, shown.problems, ask])
  return saving ? <Saving key={saving} how={saving} shown={shown} close={() => ask(null)} /> : null
}

function Saving({ how, shown, close }: { how: 'new' | 'over'; shown: ShownList; close: () => void }) {
  const { view } = shown.list
  return how === 'over' && view ? <SavedOver view={view} shown={shown} close={close} /> : <SaveDialog shown={shown} close={close} />
}

/** Over the view that it came from: nothing is left to ask. */
function SavedOver({ view, shown, close }: { view: View; shown: ShownList; close: () => void }) {
  useEffect(() => {
    const before: ViewForm = { name: view.name, query: view.query, sort: view.sort, columns: view.columns, grouping: view.grouping, icon: view.icon, colour: view.colour, shared: view.shared, team: view.team?.id ?? null }
    saveView(view, formOf(shown, view)).then((saved) => {
      shown.reset()
      toast({ text: `“${view.name}” is saved`, tone: 'done', undo: () => void saveView(saved, before).catch(tellRefusal) })
    }, tellRefusal).finally(close)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, as it was when it was asked for
  }, [])
  return null
}

function SaveDialog({ shown, close }: { shown: ShownList; close: () => void }) {
  const me = useMe()
  const [form, setForm] = useState(() => ({ ...formOf(shown, undefined) }))
  const [pin, setPin] = useState(true)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const change = (changes: Partial<ViewForm>) => setForm((now) => ({ ...now, ...changes }))
  const submit = () => {
    setBusy(true)
    saveView(null, form).then(async (view) => {
      if (pin && me.kind === 'agent') await togglePin(view)
      shown.reset()
      close()
      navigate(`/views/${view.id}`)
    }, setProblem).finally(() => setBusy(false))
  }
  return (
    <Dialog open onClose={close} title="Save as a view" description={<code className="desk-view-query">{form.query || 'every case'}</code>}>
      <Form onSubmit={submit} problem={problem} actions={<><Button variant="quiet" onClick={close}>Cancel</Button><Button variant="primary" type="submit" busy={busy} disabled={form.name.trim() === ''}>Save</Button></>}>
        {/* eslint-disable-next-line jsx-a11y/no-autofocus -- the one thing that must be written */}
        <TextField label="Name" name="name" value={form.name} maxLength={100} onChange={(name) => change({ name })} placeholder="Late and important" autoFocus required />
        <MarkFields form={form} change={change} />
        <SharingFields form={form} change={change} />
        {me.kind === 'agent' ? <Checkbox label="Keep it in sight" checked={pin} onChange={setPin} /> : null}
      </Form>
    </Dialog>
  )
}
