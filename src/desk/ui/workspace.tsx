import { Inbox as InboxIcon } from 'lucide-react'
import { Empty, navigate, Problem, remember, remembered, runCommand, Skeleton, SplitPane, useCommands, useParams, useQueryClient } from '#web'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { AttentionCommands } from './attention/case-commands.tsx'
import { CaseCommands, type Asking } from './case-commands.tsx'
import { CaseDialogs } from './dialogs/case-dialogs.tsx'
import { NewCase } from './dialogs/new-case.tsx'
import { CasePane } from './case-pane.tsx'
import { readAhead, useCase, useList, useNames, useQueues } from './data.ts'
import { ListPane } from './inbox/list-pane.tsx'
import { around } from './inbox/pages.ts'
import { listByKey, listOfView, type List } from './inbox/lists.ts'
import { useShownList } from './inbox/shown.ts'
import { KinCommands } from './merging/commands.tsx'
import { useListGoings } from './inbox/goings.ts'
import { CasePanel } from './panel/panel.tsx'
import { TakeNext } from './routing/take-next.tsx'
import { useView } from './views/data.ts'
import type { Queue, Summary } from './wire.ts'

const LAST_LIST = 'meridian.list'
const PANEL = 'meridian.panel'

/** List, case and side panel: `/lists/:list`, `/lists/:list/:number` and `/cases/:number`, which keeps the list that was there last. */
export function Workspace() {
  const params = useParams<{ list?: string; view?: string; number?: string }>()
  const queues = useQueues().data ?? NO_QUEUES
  const viewId = params.view ?? (params.list ? null : viewIn(remembered(LAST_LIST)))
  const view = useView(viewId)
  const list = useMemo(() => (view.data ? listOfView(view.data) : params.list ? listByKey(params.list, queues) : params.view ? null : listByKey(remembered(LAST_LIST) ?? 'mine', queues) ?? listByKey('mine', queues)),
    [view.data, params.list, params.view, queues])
  const number = params.number && /^\d{1,15}$/.test(params.number) ? Number(params.number) : null
  const known = list?.key
  useEffect(() => { if (known) remember(LAST_LIST, known) }, [known])
  useListGoings()
  if (viewId !== null && view.isPending) return <Skeleton rows={12} />
  if (params.view && view.isError) return <div className="page-middle"><Problem error={view.error} what="The view" onRetry={() => void view.refetch()} /></div>
  if (!list) return <div className="page-middle"><Empty title="There is no such list">The queue may have been put away. Those that there are stand at the left, and behind “Go to a list” in the palette.</Empty></div>
  return <Panes key={list.key} list={list} number={number} />
}

const NO_QUEUES: Queue[] = []
/** The view that was looked at last. */
const viewIn = (key: string | null) => /^view-([0-9a-f-]{36})$/.exec(key ?? '')?.[1] ?? null

function Panes({ list: saved, number }: { list: List; number: number | null }) {
  const queries = useQueryClient()
  const [selected, setSelected] = useState(number)
  const [panelOpen, togglePanel] = usePanel()
  const shown = useShownList(saved)
  const { list, suffix } = shown
  const pages = useList(list.key, list.query)
  const items = pages.data?.items
  const at = number ?? selected
  // As a text, so that a list that is read anew reads nothing ahead again.
  const near = around(items ?? [], at).join(' ')
  useEffect(() => { for (const number of near.split(' ').filter(Boolean)) readAhead(queries, Number(number)) }, [queries, near])
  const open = useCallback((to: number) => navigate(`${list.path}/${to}${suffix}`), [list.path, suffix])
  // With a case open, the next row is the next case.
  const select = useCallback((to: number) => { setSelected(to); if (number !== null) navigate(`${list.path}/${to}${suffix}`, { replace: true }) }, [number, list.path, suffix])
  const back = useCallback(() => { setSelected(number); navigate(`${list.path}${suffix}`) }, [number, list.path, suffix])
  const narrow = useNarrow(number !== null)
  useWorkspaceCommands({ number, back, togglePanel, openSelected: selected === null ? null : () => open(selected) })
  return (
    <div className="desk" data-open={number === null ? 'no' : 'yes'}>
      <SplitPane
        list={<ListPane shown={shown} narrow={narrow} pages={pages} selected={at} onSelect={select} onOpen={open} />}
        detail={number === null ? <NothingOpen /> : <CasePane key={number} number={number} back={back} />}
        {...(number === null ? {} : { panel: <CasePanel key={number} number={number} onClose={togglePanel} /> })}
        showing={number === null ? 'list' : 'detail'} panelOpen={panelOpen} onClosePanel={togglePanel}
        listLabel={list.name} detailLabel={number === null ? 'Case' : `Case ${number}`} panelLabel="About the case"
      />
      <Deeds number={at} row={items?.find((row) => row.number === at)} />
      <NewCase onOpened={open} />
      <TakeNext />
    </div>
  )
}

const NothingOpen = () => <Empty icon={InboxIcon} title="No case is open">Enter opens the selected one.</Empty>

/** The commands of the open case, or of the selected row, and the dialogs that they open. */
function Deeds({ number, row }: { number: number | null; row: Summary | undefined }) {
  return number === null ? null : <DeedsOf key={number} number={number} row={row} />
}

function DeedsOf({ number, row }: { number: number; row: Summary | undefined }) {
  const view = useCase(number).data
  const names = useNames(view)
  const [asking, setAsking] = useState<Asking | null>(null)
  const known = view ?? row
  const doing = useMemo(() => (known ? { row: known, names } : null), [known, names])
  if (!doing) return null
  return <><CaseCommands doing={doing} ask={setAsking} /><AttentionCommands doing={doing} /><CaseDialogs asking={asking} doing={doing} onClose={() => setAsking(null)} /><KinCommands number={number} /></>
}

/** Whether the list has little width: beside an open case, or alone on a small screen. */
function useNarrow(besideCase: boolean): boolean {
  const [small, setSmall] = useState(() => matchMedia(SMALL).matches)
  useEffect(() => {
    const query = matchMedia(SMALL)
    const follow = () => setSmall(query.matches)
    query.addEventListener('change', follow)
    return () => query.removeEventListener('change', follow)
  }, [])
  return besideCase || small
}
const SMALL = '(max-width: 899px)'
const ROOMY = '(min-width: 1200px)'

/** Where there is room the panel stays as it was left; elsewhere it lies over the case and begins closed. */
function usePanel(): [boolean, () => void] {
  const [open, setOpen] = useState(() => matchMedia(ROOMY).matches && remembered(PANEL) !== 'closed')
  // A window that is made smaller, or zoomed in, does not put the panel over the case by itself.
  useEffect(() => {
    const query = matchMedia(ROOMY)
    const follow = () => setOpen(query.matches && remembered(PANEL) !== 'closed')
    query.addEventListener('change', follow)
    return () => query.removeEventListener('change', follow)
  }, [])
  const toggle = useCallback(() => setOpen((now) => {
    if (matchMedia(ROOMY).matches) remember(PANEL, now ? 'closed' : 'open')
    return !now
  }), [])
  return [open, toggle]
}

interface WorkspaceCommands {
  number: number | null
  back: () => void
  togglePanel: () => void
  openSelected: (() => void) | null
}

/** Enter on a button or a link is that button's or link's. */
const onControl = () => document.activeElement?.closest('button, a, summary, [role="menuitem"], tr') !== null && document.activeElement !== null

function useWorkspaceCommands({ number, back, togglePanel, openSelected }: WorkspaceCommands) {
  const isOpen = () => number !== null
  useCommands([
    { id: 'case.open', name: 'Open the selected case', keys: ['Enter', 'o'], section: 'Lists', when: () => !isOpen() && openSelected !== null && !onControl(), perform: () => openSelected?.() },
    { id: 'case.back', name: 'Back to the list', keys: ['u'], section: 'Lists', when: isOpen, perform: back },
    { id: 'case.next', name: 'Next case', keys: ['shift+j'], section: 'Lists', when: isOpen, perform: () => void runCommand('list.next') },
    { id: 'case.previous', name: 'Previous case', keys: ['shift+k'], section: 'Lists', when: isOpen, perform: () => void runCommand('list.previous') },
    { id: 'panel.toggle', name: 'Show or hide the side panel', keys: [']'], section: 'Lists', when: isOpen, perform: togglePanel },
  ], [number, back, togglePanel, openSelected])
}
