import { Archive, ArchiveRestore, Pencil } from 'lucide-react'
import { Badge, Button, Empty, Page, Problem, queries, Section, Skeleton, Table, Time, useCommands, useMe, useParams, useTitle, type Column } from '#web'
import { useState } from 'react'
import { wordsOf, type CaseAction } from '../../actions/model.ts'
import { useActionNames } from '../actions/names.ts'
import { tried } from '../actions.ts'
import { api } from '../data.ts'
import { counted } from '../words.ts'
import { useMacro, type MacroDetail } from './data.ts'
import { MacroEditor } from './editor.tsx'
import { reopenedPercent, whose } from './words.ts'
import './library.css'

/** One snippet or macro: what it says and does, what came of it, what it said before. `/macros/new` writes one. */
export default function MacroPage() {
  const { id = '' } = useParams<{ id: string }>()
  return id === 'new' ? <MacroEditor macro={null} /> : <Known id={id} />
}

function Known({ id }: { id: string }) {
  const macro = useMacro(id)
  const [editing, setEditing] = useState(false)
  useTitle(macro.data?.title)
  if (macro.isPending) return <Page title="Macro"><Skeleton rows={8} /></Page>
  if (macro.isError && !macro.data) return <Page title="Macro" back={{ to: '/macros', name: 'Library' }}><Problem error={macro.error} what="The macro" onRetry={() => void macro.refetch()} /></Page>
  if (!macro.data) return null
  return editing ? <MacroEditor macro={macro.data} onDone={() => setEditing(false)} /> : <Shown macro={macro.data} edit={() => setEditing(true)} />
}

function Shown({ macro, edit }: { macro: MacroDetail; edit: () => void }) {
  const [names, me] = [useActionNames(), useMe()]
  const archive = () => void tried(macro.archived ? 'Not restored' : 'Not archived', async () => {
    await api('PATCH /api/v1/macros/:id', { params: { id: macro.id }, body: { archived: !macro.archived }, ifMatch: macro.version })
    await queries.invalidateQueries({ queryKey: ['macros'] })
  })
  useCommands([
    { id: 'macro.edit', name: 'Change it', keys: ['e'], section: 'Macros', icon: Pencil, when: () => macro.mayChange, perform: edit },
    { id: 'macro.archive', name: macro.archived ? 'Restore it' : 'Archive it', section: 'Macros', icon: macro.archived ? ArchiveRestore : Archive, when: () => macro.mayChange, perform: archive },
  ], [macro, edit])
  const places = [...macro.topics.map((key) => names.topic(key) ?? key), ...macro.queueIds.flatMap((queue) => names.queue(queue) ?? [])]
  return (
    <Page
      wide title={macro.title} back={{ to: '/macros', name: 'Library' }}
      detail={<span className="desk-library-about"><code>/{macro.name}</code><Badge>{whose(macro, names, me.id)}</Badge>{macro.archived ? <Badge tone="soon">Archived</Badge> : null}<span>{places.length > 0 ? `First where it fits: ${places.join(', ')}` : 'Fits everywhere'}</span></span>}
      actions={macro.mayChange ? <><Button command="macro.archive">{macro.archived ? 'Restore' : 'Archive'}</Button><Button variant="primary" icon={Pencil} command="macro.edit">Change</Button></> : null}
    >
      <Section title="What it does"><Steps actions={macro.actions} /></Section>
      <Usage macro={macro} />
      <Section title="Versions" count={macro.versions.length} detail="Cases hold the text that went out; what it says now changes none of them.">
        <ol className="desk-versions">{macro.versions.map((version) => <li key={version.version}><details><summary>{version.title} · <Time at={version.at} />{version.by ? ` · ${names.agent(version.by) ?? 'somebody who left'}` : ''}</summary><Steps actions={version.actions} /></details></li>)}</ol>
      </Section>
    </Page>
  )
}

function Steps({ actions }: { actions: readonly CaseAction[] }) {
  const names = useActionNames()
  return (
    <ol className="desk-steps">
      {actions.map((action, at) => (
        // eslint-disable-next-line react/no-array-index-key -- actions are known by their place alone
        <li key={at}><span>{wordsOf(action, names)}</span>{action.do === 'reply' || action.do === 'note' ? <blockquote>{action.body.split(/(\\?\{\{[^{}]*\}\})/).map((part, index) => (part.startsWith('{{') ? <code key={`${index} ${part}`}>{part}</code> : part))}</blockquote> : null}</li>
      ))}
    </ol>
  )
}

function Usage({ macro }: { macro: MacroDetail }) {
  const names = useActionNames()
  const percent = reopenedPercent(macro.usage)
  const columns: Column<MacroDetail['users'][number]>[] = [
    { id: 'agent', name: 'Who', cell: ({ agentId }) => names.agent(agentId) ?? 'Somebody who left' },
    { id: 'uses', name: 'Used', width: 90, align: 'right', cell: ({ uses }) => uses.toLocaleString('en') },
    { id: 'reopened', name: 'Reopened in 7 days', width: 150, align: 'right', cell: (user) => `${reopenedPercent(user) ?? 0} %` },
  ]
  return (
    <Section title="What came of it" detail={`In the last ${macro.days} days.`}>
      {macro.usage.uses === 0 ? <Empty title="Not used yet">Each use in a reply or on a case is counted here, with how many of those cases were reopened.</Empty> : (
        <>
          <div className="desk-usage">
            <div><strong className="figure">{macro.usage.uses.toLocaleString('en')}</strong><span>{macro.usage.uses === 1 ? 'use' : 'uses'}, {macro.usage.mine.toLocaleString('en')} of them yours</span></div>
            <div><strong className="figure">{percent} %</strong><span>of cases reopened within 7 days: {macro.usage.reopened.toLocaleString('en')} of {macro.usage.uses.toLocaleString('en')}</span></div>
            <div><strong>–</strong><span>Satisfied? Customers are not asked yet.</span></div>
            <Weeks weeks={macro.weeks} />
          </div>
          <Table label="Who used it" columns={columns} rows={macro.users} keyOf={({ agentId }) => agentId} />
        </>
      )}
    </Section>
  )
}

/** Uses a week as bars from zero. */
function Weeks({ weeks }: { weeks: MacroDetail['weeks'] }) {
  const most = Math.max(1, ...weeks.map(({ uses }) => uses))
  return (
    <svg className="desk-weeks" viewBox={`0 0 ${weeks.length * 12} 40`} width={weeks.length * 12} height={40} role="img" aria-label={`Uses a week: ${weeks.map(({ week, uses }) => `${counted(uses, 'use')} from ${week}`).join(', ')}`}>
      {weeks.map(({ week, uses }, at) => <rect key={week} x={at * 12} y={40 - (uses / most) * 38} width={9} height={(uses / most) * 38}><title>{`${counted(uses, 'use')} in the week from ${week}`}</title></rect>)}
    </svg>
  )
}
