import { Button, classes, Combobox, IconButton, PageHeader, Problem, Select, Skeleton, Time, useCommands, useNow, useQueryParams, useReader } from '#web'
import { Maximize, Minimize } from 'lucide-react'
import { useEffect, useEffectEvent } from 'react'
import { useBoard, useLiveBoard, type Board as BoardAnswer, type Words } from '../wire.ts'
import { BacklogByQueue } from './backlog.tsx'
import { Day } from './day.tsx'
import { casesAddress, filterIn } from './links.ts'
import { DueWords, PressingCases } from './lists.tsx'
import { People } from './people.tsx'
import { Totals } from './totals.tsx'
import '../insights.css'

type Change = (changes: Record<string, string | null>) => void

/** The team board: what a lead looks at all day, and what hangs on the wall. */
export function Board() {
  const [params, change] = useQueryParams()
  const filter = filterIn(params)
  const { zone } = useReader()
  const board = useBoard({ ...filter, zone })
  useLiveBoard()
  const wall = params['wall'] === '1'
  useWall(wall, change)
  return (
    <div className={classes('insights-board', wall && 'insights-wall')} data-scope="board">
      <div className="insights-board-inside">
        <PageHeader title="Board" detail={board.data ? <State board={board.data} /> : null} actions={<Actions board={board.data} filter={filter} change={change} wall={wall} />} />
        {board.error && !board.data ? <Problem error={board.error} what="The board" onRetry={() => void board.refetch()} /> : null}
        {!board.data && !board.error ? <Skeleton rows={10} rowHeight={44} /> : null}
        {board.data ? <Whole board={board.data} filter={filter} wall={wall} /> : null}
      </div>
    </div>
  )
}

/** The whole screen, in large letters on dark; the browser may refuse the first, and the rest holds. */
function useWall(wall: boolean, change: Change) {
  const toggle = (on: boolean) => {
    change({ wall: on ? '1' : null })
    if (on) void document.documentElement.requestFullscreen?.().catch(() => {})
    else if (document.fullscreenElement) void document.exitFullscreen().catch(() => {})
  }
  useCommands([
    { id: 'board.wall', name: wall ? 'Leave the wall display' : 'Show on a wall', keys: ['w'], section: 'Board', icon: wall ? Minimize : Maximize, perform: () => toggle(!wall) },
    { id: 'board.leaveWall', name: 'Leave the wall display', keys: ['Escape'], section: 'Board', hidden: true, when: () => wall, perform: () => toggle(false) },
  ], [wall])
  // Whoever leaves the whole screen by the browser's own key leaves the wall.
  const left = useEffectEvent(() => { if (wall && !document.fullscreenElement) change({ wall: null }) })
  useEffect(() => {
    const onChange = () => left()
    document.addEventListener('fullscreenchange', onChange)
    return () => document.removeEventListener('fullscreenchange', onChange)
  }, [])
}

function State({ board: { at, leftOut } }: { board: BoardAnswer }) {
  return <>As of <Time at={at} form="clock" />, live.{leftOut > 0 ? ` Without the cases of ${leftOut === 1 ? 'one queue' : `${leftOut} queues`} that you may not look into.` : ''}</>
}

function Actions({ board, filter, change, wall }: { board: BoardAnswer | undefined; filter: Words; change: Change; wall: boolean }) {
  if (wall) return <IconButton command="board.wall" icon={Minimize} />
  const places = board?.places
  const pick = (name: string, all: string, options: readonly { id: string; name: string }[] | undefined) => ({
    label: name, hideLabel: true, value: filter[name] ?? 'all', onChange: (value: string) => change({ [name]: value === 'all' ? null : value }), options: [{ value: 'all', label: all }, ...(options ?? []).map((one) => ({ value: one.id, label: one.name }))],
  })
  return (
    <div className="insights-filters">
      {places && places.sites.length > 1 ? <Select {...pick('site', 'All sites', places.sites)} /> : null}
      {places && places.teams.length > 1 ? <Select {...pick('team', 'All teams', places.teams)} /> : null}
      {places ? <Combobox label="Queue" hideLabel clearable placeholder="All queues" value={filter['queue'] ?? null} onChange={(value) => change({ queue: value })} options={places.queues.map(({ id, name }) => ({ value: id, label: name }))} /> : null}
      <Button command="board.wall" icon={Maximize}>Wall</Button>
    </div>
  )
}

/** A wall is not scrolled. */
const ON_A_WALL = 5

function Whole({ board, filter, wall }: { board: BoardAnswer; filter: Words; wall: boolean }) {
  const now = Math.max(useNow().getTime(), Date.parse(board.at))
  return (
    <>
      <Totals board={board} filter={filter} />
      <div className="insights-columns">
        <div className="insights-column">
          <BacklogByQueue board={board} filter={filter} />
          <Day board={board} />
          {wall ? null : <People board={board} filter={filter} />}
        </div>
        {wall ? <div className="insights-column"><People board={board} filter={filter} wall /></div> : null}
        {board.showsCases ? (
          <div className="insights-column insights-column-side">
            <PressingCases
              title="Promises" rows={board.due.slice(0, wall ? ON_A_WALL : undefined)} count={board.totals.pressing} to={casesAddress(filter, 'pressing')} empty="No promise is due within the hour, and none is broken." wall={wall}
              when={({ dueAt }) => (dueAt ? <DueWords at={dueAt} now={now} /> : null)} late={({ dueAt }) => (dueAt && Date.parse(dueAt) <= now ? 'late' : 'soon')}
            />
            <PressingCases
              title="Waiting longest" rows={board.oldest.slice(0, wall ? ON_A_WALL : undefined)} count={board.totals.waiting} to={casesAddress(filter, 'waiting')} empty="No customer waits for us." wall={wall}
              when={({ waitingSince }) => (waitingSince ? <Time at={waitingSince} form="short" /> : null)} late={() => null}
            />
          </div>
        ) : null}
      </div>
    </>
  )
}
