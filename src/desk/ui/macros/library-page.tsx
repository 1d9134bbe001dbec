import { Plus, Search, TextQuote, Workflow } from 'lucide-react'
import { Badge, Button, Empty, fuzzy, navigate, Page, Problem, Select, Skeleton, Table, Tabs, TextField, useCommands, useMe, useTitle, type Column } from '#web'
import { useMemo, useRef, useState } from 'react'
import { textOf } from '../../macros/model.ts'
import { useActionNames } from '../actions/names.ts'
import { useTopics } from '../data.ts'
import { useLibrary, type Macro } from './data.ts'
import { onShelf, reopenedPercent, shelfNames, shelves, whose, type Shelf } from './words.ts'
import './library.css'

const ANY = 'any'

/** The library of snippets and macros: what there is, how often it was used, and what came of it. */
export default function LibraryPage() {
  const [me, names] = [useMe(), useActionNames()]
  const library = useLibrary()
  const topics = useTopics().data ?? []
  const [shelf, setShelf] = useState<Shelf>('all')
  const [search, setSearch] = useState('')
  const [topic, setTopic] = useState(ANY)
  const field = useRef<HTMLInputElement>(null)
  useTitle('Macros')
  useCommands([
    { id: 'macro.new', name: 'New snippet or macro', keys: ['c'], section: 'Macros', icon: Plus, when: () => me.may('macro.write'), perform: () => navigate('/macros/new') },
    { id: 'macro.search', name: 'Search the library', keys: ['mod+f'], section: 'Macros', perform: () => field.current?.focus() },
  ], [me])
  const macros = library.data
  const shown = useMemo(() => {
    const there = onShelf(macros ?? [], shelf).filter(({ topics: of }) => topic === ANY || of.includes(topic))
    return search.trim() === '' ? there : fuzzy(there, search, ({ name, title, folder, actions }) => `${title} ${name} ${folder} ${textOf(actions)}`)
  }, [macros, shelf, topic, search])
  const columns = useColumns(names, me.id)
  return (
    <Page wide title="Snippets and macros" detail="A snippet is a text, a macro does something besides. In a reply, / offers them; on a case, m does." actions={me.may('macro.write') ? <Button variant="primary" icon={Plus} command="macro.new">New</Button> : null}>
      <div className="desk-library-tools">
        <TextField ref={field} label="Search" hideLabel icon={Search} placeholder="Search by name or words …" value={search} onChange={setSearch} />
        <Select label="Topic" hideLabel value={topic} onChange={setTopic} options={[{ value: ANY, label: 'Any topic' }, ...topics.map(({ key, title }) => ({ value: key, label: title }))]} />
      </div>
      <Tabs label="Which" value={shelf} onChange={setShelf} tabs={shelves.map((value) => ({ value, label: shelfNames[value], ...(macros ? { count: onShelf(macros, value).length } : {}) }))} />
      {library.isPending ? <Skeleton rows={10} /> : library.isError ? <Problem error={library.error} what="The library" onRetry={() => void library.refetch()} />
        : <Table label="Snippets and macros" columns={columns} rows={shown} keyOf={({ id }) => id} onOpen={({ id }) => navigate(`/macros/${id}`)} empty={<Nothing any={(macros ?? []).length > 0} />} />}
    </Page>
  )
}

const Nothing = ({ any }: { any: boolean }) => (any ? <Empty title="Nothing here">No snippet or macro fits what you look for.</Empty>
  : <Empty title="Nothing is written yet" action={<Button variant="primary" command="macro.new">Write the first one</Button>}>What one answers again and again stands here by a short name, for oneself, a team or everybody.</Empty>)

function useColumns(names: ReturnType<typeof useActionNames>, me: string): Column<Macro>[] {
  return [
    {
      id: 'title', name: 'Title', cell: ({ kind, title, name, folder, actions }) => {
        const Drawn = kind === 'snippet' ? TextQuote : Workflow
        return (
          <div className="desk-library-title">
            <Drawn size={15} aria-label={kind === 'snippet' ? 'Snippet' : 'Macro'} />
            <div className="desk-cell"><span className="desk-cell-name">{title}</span><span className="desk-cell-detail"><code>/{name}</code>{folder ? ` · ${folder}` : ''}{kind === 'macro' ? ` · ${actions.length} ${actions.length === 1 ? 'action' : 'actions'}` : ''}</span></div>
          </div>
        )
      },
    },
    { id: 'fits', name: 'Fits', wideOnly: true, cell: ({ topics, queueIds }) => <span className="desk-cell-detail">{[...topics.map((key) => names.topic(key) ?? key), ...queueIds.flatMap((id) => names.queue(id) ?? [])].join(', ') || 'Everywhere'}</span> },
    { id: 'whose', name: 'For', width: 130, cell: (macro) => <Badge>{whose(macro, names, me)}</Badge> },
    { id: 'uses', name: 'Used in 90 days', width: 120, align: 'right', cell: ({ usage }) => usage.uses.toLocaleString('en') },
    { id: 'reopened', name: 'Reopened in 7 days', width: 130, align: 'right', wideOnly: true, cell: ({ usage }) => { const percent = reopenedPercent(usage); return percent === null ? '–' : <span title={`${usage.reopened} of ${usage.uses} uses`}>{percent} %</span> } },
  ]
}
