import { classes, Link } from '#web'
import { AlarmClock, CircleDashed, Hourglass, Layers, MessageCircleQuestion, Moon, TriangleAlert } from 'lucide-react'
import { states, type State } from '../../board/model.ts'
import { stateNames } from '../words.ts'
import type { Board, Words } from '../wire.ts'
import { casesAddress } from './links.ts'

const icons = { all: Layers, unassigned: CircleDashed, waiting: Hourglass, atRisk: AlarmClock, breached: TriangleAlert, pressing: TriangleAlert, snoozed: Moon, sideOverdue: MessageCircleQuestion } as const
const tones: Partial<Record<State, string>> = { atRisk: 'soon', breached: 'late', sideOverdue: 'soon' }

/** The state of the centre in a row of numbers; each opens its cases. */
export function Totals({ board, filter }: { board: Board; filter: Words }) {
  return (
    <ul className="insights-totals" aria-label="The centre now">
      {states.filter((state) => state !== 'pressing' && (state !== 'sideOverdue' || board.totals.sideOverdue > 0)).map((state) => <li key={state}><Total state={state} value={board.totals[state]} to={board.showsCases && board.totals[state] > 0 ? casesAddress(filter, state) : null} /></li>)}
    </ul>
  )
}

function Total({ state, value, to }: { state: State; value: number; to: string | null }) {
  const Drawn = icons[state]
  const inside = <><span className="insights-total-value figure">{value.toLocaleString('en-GB')}</span><span className="insights-total-name"><Drawn size={13} aria-hidden />{stateNames[state]}</span></>
  const looks = classes('insights-total', value > 0 && tones[state] && `insights-total-${tones[state]}`, value === 0 && 'insights-total-none')
  return to === null ? <span className={looks}>{inside}</span> : <Link href={to} className={looks}>{inside}</Link>
}
