import { Button, Empty, Form, navigate, Page, Problem, Section, Select, Skeleton, TextField, toast, useCommands, useMe, useParams, useQuery, useQueryParams, useTitle } from '#web'
import { useDeferredValue, useMemo, useState } from 'react'
import { groupings, sorts, usualColumns } from '../../lists/model.ts'
import { parseQuery } from '../../query/model.ts'
import { api } from '../data.ts'
import { tracksOf } from '../inbox/columns.tsx'
import { ColumnChoice } from '../inbox/display.tsx'
import { groupingNames, sortNames } from '../inbox/shape.ts'
import { QueryField } from '../query/query-field.tsx'
import { TableHead, TableRow } from '../inbox/table.tsx'
import type { View } from '../wire.ts'
import { copyOf, countWords, saveView, useQueryCount, useView, type ViewForm } from './data.ts'
import { dropDraft, isSame, keepDraft, keptDraft } from './draft.ts'
import { MarkFields, SharingFields } from './fields.tsx'

const NONE = 'none'
const EMPTY: ViewForm = { name: '', query: 'is:unsolved', sort: 'active', columns: [...usualColumns], grouping: null, icon: 'dot', colour: 'blue', shared: 'no', team: null }
const formOf = (view: View): ViewForm => ({
  name: view.name, query: view.query, sort: view.sort, columns: view.columns.length > 0 ? view.columns : [...usualColumns], grouping: view.grouping, icon: view.icon, colour: view.colour, shared: view.shared, team: view.team?.id ?? null,
})

/** Makes a view or changes one: what it asks, with the cases that it finds as one writes. */
export default function ViewEditor() {
  const { view: id } = useParams<{ view?: string }>()
  const [{ query }] = useQueryParams()
  const found = useView(id ?? null)
  if (id === undefined) return <Editor key="new" view={null} saved={{ ...EMPTY, ...(query === undefined ? {} : { query }) }} />
  if (found.isPending) return <Page title="View"><Skeleton rows={8} /></Page>
  if (found.isError) return <Page title="View"><Problem error={found.error} what="The view" onRetry={() => void found.refetch()} /></Page>
  if (!found.data.mayChange) return <NotYours view={found.data} />
  return <Editor key={`${found.data.id} ${found.data.version}`} view={found.data} saved={formOf(found.data)} />
}

function NotYours({ view }: { view: View }) {
  return (
    <Page title={view.name} back={{ to: `/views/${view.id}`, name: view.name }}>
      <Empty title="This view is not yours to change" action={<Button onClick={() => void copyOf(view).then((copy) => navigate(`/views/${copy.id}/edit`))}>Make a copy of it</Button>}>Its owner, whoever leads its team, and administrators change it. A copy is your own.</Empty>
    </Page>
  )
}

function Editor({ view, saved }: { view: View | null; saved: ViewForm }) {
  const key = view?.id ?? 'new'
  const [form, setForm] = useState(() => keptDraft(key, saved))
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const { problems } = useMemo(() => parseQuery(form.query), [form.query])
  const [changed, whole] = [!isSame(form, saved), form.name.trim() !== '' && problems.length === 0]
  useTitle(view ? `${view.name} · View` : 'New view')
  const change = (changes: Partial<ViewForm>) => setForm((now) => { const next = { ...now, ...changes }; keepDraft(key, next, saved); return next })
  const submit = () => {
    if (!whole || busy) return
    setBusy(true)
    saveView(view, form).then((done) => { dropDraft(key); toast({ text: `“${done.name}” is saved`, tone: 'done' }); navigate(`/views/${done.id}`) }, setProblem).finally(() => setBusy(false))
  }
  const reset = () => { dropDraft(key); setForm(saved); setProblem(null) }
  useCommands([
    { id: 'view.submit', name: 'Save the view', keys: ['mod+Enter', 'mod+s'], section: 'Views', when: () => whole, perform: submit },
  ], [form, whole, busy])
  return (
    <Page
      wide title={view ? view.name : 'New view'} detail="A filter that keeps itself up to date, with how its list looks." back={view ? { to: `/views/${view.id}`, name: view.name } : { to: '/views', name: 'Views' }}
      actions={<>{changed && view ? <Button variant="quiet" onClick={reset}>As it was saved</Button> : null}<Button variant="primary" busy={busy} disabled={!whole || (view !== null && !changed)} onClick={submit}>{view ? 'Save' : 'Make the view'}</Button></>}
    >
      <div className="desk-view-editor">
        <Form onSubmit={submit} problem={problem} label="View">
          {/* eslint-disable-next-line jsx-a11y/no-autofocus -- the first thing that a new view needs */}
          <TextField label="Name" name="name" value={form.name} maxLength={100} onChange={(name) => change({ name })} placeholder="Late and important" autoFocus={view === null} required />
          <QueryField label="Which cases" hint="Fields are offered as you write; what names no field is looked for as words." value={form.query} onChange={(query) => change({ query })} placeholder="is:unsolved priority:high,urgent" onSubmit={submit} />
          <div className="desk-pair">
            <Select label="Order" value={form.sort} onChange={(sort) => change({ sort })} options={sorts.map((sort) => ({ value: sort, label: sortNames[sort] }))} />
            <Select label="Groups" value={form.grouping ?? NONE} onChange={(to) => change({ grouping: groupings.find((one) => one === to) ?? null })} options={[{ value: NONE, label: 'None' }, ...groupings.map((one) => ({ value: one, label: groupingNames[one] }))]} />
          </div>
          <MarkFields form={form} change={change} />
          <SharingFields form={form} change={change} />
          <ColumnChoice columns={form.columns} onChange={(columns) => change({ columns })} />
        </Form>
        <Preview form={form} valid={problems.length === 0} />
      </div>
    </Page>
  )
}

const PREVIEW_ROWS = 12

/** The first cases of the view and how many there are, as one writes. */
function Preview({ form, valid }: { form: ViewForm; valid: boolean }) {
  const me = useMe()
  const [query, sort] = [useDeferredValue(valid ? form.query : null), form.sort]
  const count = useQueryCount(query)
  const rows = useQuery({
    queryKey: ['cases', 'preview', query, sort], enabled: query !== null && me.may('case.read'), placeholderData: (before) => before,
    queryFn: () => api('GET /api/v1/cases', { query: { query: query ?? '', sort, limit: PREVIEW_ROWS } }),
  })
  const items = rows.data?.items ?? []
  return (
    <Section title="What it finds" detail={count ? `${countWords(count)} ${count.count === 1 && !count.more ? 'case' : 'cases'}${count.more ? ': words are looked for in old cases only so far' : ''}` : ''}>
      <div className="desk-preview" aria-live="polite" aria-busy={rows.isFetching}>
        {!valid ? <p className="desk-preview-says">Some of the filter cannot be understood yet.</p> : rows.isPending ? <Skeleton rows={6} /> : items.length === 0 ? <p className="desk-preview-says">No case fits now. Those that come to fit appear by themselves.</p> : (
          <div className="desk-preview-rows" style={{ minInlineSize: tracksOf(form.columns).length > 0 ? '640px' : undefined }}>
            <TableHead columns={form.columns} sort={form.sort} onSort={() => {}} />
            {items.map((row) => <TableRow key={row.number} row={row} columns={form.columns} listKey="preview" unread={false} onHover={() => {}} />)}
          </div>
        )}
      </div>
    </Section>
  )
}
