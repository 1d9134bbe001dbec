import { Link, Section, Skeleton, Time, useQuery } from '#web'
import { api } from '../data.ts'
import { StatusMark } from '../marks.tsx'
import type { Case } from '../wire.ts'

const SHOWN = 8

/** What the customer, or others of the account, wrote about before. */
export function Earlier({ view }: { view: Case }) {
  const [kind, id] = view.account ? ['account', view.account.id] as const : ['customer', view.customer.id] as const
  const found = useQuery({
    queryKey: ['cases', 'of', kind, id], queryFn: () => api('GET /api/v1/cases', { query: { [kind]: id, sort: 'newest', limit: 50 } }),
  })
  const others = (found.data?.items ?? []).filter(({ number }) => number !== view.number)
  const title = kind === 'account' ? 'Cases of the account' : 'Cases of the customer'
  if (found.isPending) return <Section title={title} compact><Skeleton rows={3} rowHeight={28} /></Section>
  if (others.length === 0) return <Section title={title} compact><p className="desk-panel-none">This is the first one.</p></Section>
  return (
    <Section title={title} compact count={others.length}>
      <ul className="desk-earlier">
        {others.slice(0, SHOWN).map((other) => (
          <li key={other.number}>
            <Link href={`/cases/${other.number}`} className="desk-earlier-case"><StatusMark status={other.status} /><span className="desk-earlier-subject" title={other.subject}>{other.subject}</span><Time at={other.openedAt} form="date" /></Link>
          </li>
        ))}
      </ul>
      {others.length > SHOWN ? <Link href={`/${kind}s/${id}`} className="desk-tool">All {found.data?.nextCursor ? 'of them' : others.length + 1}</Link> : null}
    </Section>
  )
}
