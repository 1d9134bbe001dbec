import { AlertOctagon, GitMerge, Megaphone, MessageSquareShare, Scissors, Split, Undo2, Waypoints } from 'lucide-react'
import { navigate, useCell, useCommands, useMe, useQueryParams } from '#web'
import { lazy, Suspense, useEffect } from 'react'
import { canChange } from '../can-change.ts'
import { useCase } from '../data.ts'
import { unmerge } from './actions.ts'
import { asking, askKin, closeKin, type KinAsking } from './asking.ts'

const MergeDialog = lazy(() => import('./merge-dialog.tsx').then(({ MergeDialog: component }) => ({ default: component })))
const SplitDialog = lazy(() => import('./split-dialog.tsx').then(({ SplitDialog: component }) => ({ default: component })))
const IncidentsDialog = lazy(() => import('../problems/incidents-dialog.tsx').then(({ IncidentsDialog: component }) => ({ default: component })))
const IncidentOfDialog = lazy(() => import('../problems/incident-of-dialog.tsx').then(({ IncidentOfDialog: component }) => ({ default: component })))
const UpdateDialog = lazy(() => import('../problems/update-dialog.tsx').then(({ UpdateDialog: component }) => ({ default: component })))
const SideDialog = lazy(() => import('../sides/side-dialog.tsx').then(({ SideDialog: component }) => ({ default: component })))
const SideThread = lazy(() => import('../sides/thread.tsx').then(({ SideThread: component }) => ({ default: component })))

/** What binds the open case, or the selected one, to others: by key and by name. */
export function KinCommands({ number }: { number: number }) {
  const me = useMe()
  const view = useCase(number).data
  const section = `Case #${number}`
  const [params, change] = useQueryParams()
  // An address may lead into a side conversation of the case.
  const side = params['side']
  useEffect(() => {
    if (!side) return
    askKin({ what: 'thread', number, side })
    change({ side: null })
  }, [side, number, change])
  const works = (permission: string) => view !== undefined && me.may(permission) && canChange(view)
  const isProblem = view !== undefined && view.incidents.all > 0
  useCommands([
    { id: 'case.merge', name: 'Merge with another case', keys: ['shift+m'], section, icon: GitMerge, words: 'join combine duplicate', when: () => works('case.merge'), perform: () => askKin({ what: 'merge', number, other: null }) },
    { id: 'case.split', name: 'Split messages off', keys: ['shift+b'], section, icon: Scissors, words: 'break apart own case', when: () => works('case.merge'), perform: () => askKin({ what: 'split', number, message: messageAt() }) },
    {
      id: 'case.unmerge', name: 'Take a merged case out again', section, icon: Undo2, words: 'unmerge separate', when: () => works('case.merge') && (view?.merges.length ?? 0) > 0, question: 'Which one?',
      choices: () => (view?.merges ?? []).map((one) => ({ id: String(one.number), name: `#${one.number}`, detail: one.subject, perform: () => void unmerge(one.number, number) })),
    },
    { id: 'case.incidentOf', name: 'Make it an incident of a problem', keys: ['shift+i'], section, icon: Waypoints, words: 'link problem parent', when: () => works('case.change') && !isProblem, perform: () => askKin({ what: 'incidentOf', numbers: [number] }) },
    { id: 'case.incidents', name: 'Add incidents to this problem', keys: ['shift+a'], section, icon: AlertOctagon, words: 'link problem many', when: () => works('case.change') && view?.parent === null, perform: () => askKin({ what: 'incidents', number }) },
    { id: 'case.update', name: 'Send an update to all incidents', keys: ['shift+u'], section, icon: Megaphone, words: 'problem broadcast', when: () => works('problem.update') && isProblem, perform: () => askKin({ what: 'update', number }) },
    { id: 'case.side', name: 'Ask a partner', keys: ['shift+p'], section, icon: MessageSquareShare, words: 'side conversation bank carrier internal mail', when: () => works('side.write'), perform: () => askKin({ what: 'side', number, quote: messageAt() }) },
    {
      id: 'case.openProblem', name: 'Go to its problem', section, icon: Split, when: () => (view?.parent ?? null) !== null, perform: () => { if (view?.parent) navigate(`/cases/${view.parent.number}`) },
    },
  ], [me, view, number, section, isProblem])
  return <KinDialogs />
}

/** The message that has the focus: the one that is meant. */
const messageAt = (): string | null => document.activeElement?.closest('[data-message]')?.getAttribute('data-message') ?? null

/** The one place where their dialogs are shown. */
function KinDialogs() {
  const what = useCell(asking)
  return what === null ? null : <Suspense fallback={null}><Asked what={what} /></Suspense>
}

function Asked({ what }: { what: KinAsking }) {
  switch (what.what) {
    case 'merge': return <MergeDialog key={what.number} number={what.number} other={what.other} onClose={closeKin} />
    case 'split': return <SplitDialog number={what.number} message={what.message} onClose={closeKin} />
    case 'incidents': return <IncidentsDialog number={what.number} onClose={closeKin} />
    case 'incidentOf': return <IncidentOfDialog numbers={what.numbers} onClose={closeKin} />
    case 'update': return <UpdateDialog number={what.number} onClose={closeKin} />
    case 'side': return <SideDialog number={what.number} quote={what.quote} onClose={closeKin} />
    case 'thread': return <SideThread number={what.number} id={what.side} onClose={closeKin} />
  }
}
