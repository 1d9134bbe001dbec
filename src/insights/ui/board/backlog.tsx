import { Empty, Link, Section } from '#web'
import { Inbox } from 'lucide-react'
import { ageNames, ageShort } from '../words.ts'
import type { Board, Words } from '../wire.ts'
import { casesAddress } from './links.ts'
import { Opens } from './number.tsx'

/** What is unsolved in each queue: one bar, from the youngest to the oldest, all bars on one scale. */
export function BacklogByQueue({ board, filter }: { board: Board; filter: Words }) {
  const greatest = Math.max(1, ...board.queues.map(({ all }) => all))
  return (
    <Section title="Backlog" detail={<Legend />}>
      {board.queues.length === 0 ? <Empty icon={Inbox} title="Nothing is unsolved">What comes in shows here by its queue and by how old it is.</Empty> : (
        <div className="table-scroll">
          <table className="table insights-backlog" aria-label="Backlog by queue and age">
            <thead><tr><th scope="col">Queue</th><th scope="col" className="insights-bar-cell">By age</th><th scope="col" className="right">Cases</th><th scope="col" className="right">Unassigned</th><th scope="col" className="right">Within 1 h</th><th scope="col" className="right">Broken</th></tr></thead>
            <tbody>{board.queues.map((row) => <QueueRow key={row.queue.id} row={row} greatest={greatest} filter={filter} opens={board.showsCases} />)}</tbody>
          </table>
        </div>
      )}
    </Section>
  )
}

function QueueRow({ row: { queue, all, ages, unassigned, atRisk, breached }, greatest, filter, opens }: { row: Board['queues'][number]; greatest: number; filter: Words; opens: boolean }) {
  const to = (is: 'all' | 'unassigned' | 'atRisk' | 'breached') => (opens ? casesAddress(filter, is, { queue: queue.id }) : null)
  return (
    <tr>
      <th scope="row" className="insights-queue">{queue.name}</th>
      <td className="insights-bar-cell"><Bar ages={ages} greatest={greatest} of={queue.name} to={opens ? (age) => casesAddress(filter, 'all', { queue: queue.id, age: String(age) }) : null} /></td>
      <td className="right"><Opens value={all} to={to('all')} label={`${all} in ${queue.name}`} /></td>
      <td className="right"><Opens value={unassigned} to={to('unassigned')} label={`${unassigned} unassigned in ${queue.name}`} /></td>
      <td className="right"><Opens value={atRisk} to={to('atRisk')} label={`${atRisk} due within the hour in ${queue.name}`} /></td>
      <td className="right"><Opens value={breached} to={to('breached')} label={`${breached} with a broken promise in ${queue.name}`} late /></td>
    </tr>
  )
}

function Bar({ ages, greatest, of, to }: { ages: readonly number[]; greatest: number; of: string; to: ((age: number) => string) | null }) {
  return (
    <div className="insights-bar">
      {ages.map((count, age) => {
        if (count === 0) return null
        const [looks, width, label] = [`insights-age insights-age-${age}`, { inlineSize: `${(count / greatest) * 100}%` }, `${count} of ${ageNames[age]} in ${of}`]
        return to ? <Link key={age} href={to(age)} className={looks} style={width} aria-label={label} title={label} /> : <span key={age} className={looks} style={width} role="img" aria-label={label} title={label} />
      })}
    </div>
  )
}

const Legend = () => (
  <span className="insights-legend">{ageShort.map((name, age) => <span key={name}><i className={`insights-swatch insights-age-${age}`} aria-hidden="true" />{name}</span>)}<span className="insights-legend-word">since they were opened</span></span>
)
