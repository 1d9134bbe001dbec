import { Button, Section } from '#web'
import './case.css'
import { useWatchers } from './watching.ts'

/** Who follows the case beside whoever has it. */
export function WatchersSection({ number }: { number: number }) {
  const found = useWatchers(number).data
  if (!found) return null
  const { mine, watchers } = found
  return (
    <Section title="Watchers" compact {...(watchers.length > 0 ? { count: watchers.length } : {})} actions={<Button command="case.watch" variant="quiet" size="small" />}>
      {mine === 'muted' ? <p className="attention-quiet">You have muted this case.</p> : null}
      {watchers.length === 0 ? <p className="attention-quiet">Nobody beside whoever has it.</p>
        : <ul className="attention-watchers">{watchers.map(({ agent, how }) => <li key={agent.id}><span>{agent.name}</span><span className="attention-quiet">{hows[how]}</span></li>)}</ul>}
    </Section>
  )
}

const hows = { hand: '', note: 'wrote a note', mention: 'was mentioned' } as const
