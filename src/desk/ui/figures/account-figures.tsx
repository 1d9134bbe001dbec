import { Count, Duration, useNow, useQuery } from '#web'
import type { ReactNode } from 'react'
import { api } from '../data.ts'
import './figures.css'
import { figuresOf, LATELY_DAYS } from './count.ts'

const COUNTED_MAX = 200

/** What an account's cases come to; of an account with very many, the newest 200 are counted, and that is said. */
export function AccountFigures({ accountId }: { accountId: string }) {
  const now = useNow()
  const { data } = useQuery({ queryKey: ['cases', 'of', 'account', accountId, 'figures'], queryFn: ({ signal }) => api('GET /api/v1/cases', { query: { account: accountId, sort: 'newest', limit: COUNTED_MAX }, signal }) })
  if (!data || data.items.length === 0) return null
  const figures = figuresOf(data.items, now)
  return (
    <div className="desk-figures-all">
      <dl className="desk-figures">
        <Figure name="At hand" says={figures.waiting === 0 ? 'nobody waits for us' : <><Count value={figures.waiting} of={figures.atHand} /> wait for us</>}><Count value={figures.atHand} unit="case" /></Figure>
        <Figure name={`Last ${LATELY_DAYS} days`} says="opened"><Count value={figures.openedLately} unit="case" /></Figure>
        <Figure name="Time to solve" says={figures.solvedLately === 0 ? `none solved in ${LATELY_DAYS} days` : <>median of <Count value={figures.solvedLately} /> solved, {LATELY_DAYS} days</>}>{figures.medianSolvedMs === null ? '-' : <Duration ms={figures.medianSolvedMs} />}</Figure>
      </dl>
      {data.nextCursor ? <p className="desk-figures-note">Counted among the newest {COUNTED_MAX} cases.</p> : null}
    </div>
  )
}

function Figure({ name, says, children }: { name: string; says: ReactNode; children: ReactNode }) {
  return <div><dt>{name}</dt><dd className="desk-figure">{children}</dd><dd className="desk-figure-says">{says}</dd></div>
}
