import { Inbox, Plus } from 'lucide-react'
import { useState } from 'react'
import { ApiProblem } from '../api/problem.ts'
import { Button } from '../parts/button.tsx'
import { PageHeader } from '../parts/page.tsx'
import { Empty, Problem, Skeleton } from '../parts/states.tsx'
import { Tabs } from '../parts/tabs.tsx'

export function Headings() {
  const [tab, setTab] = useState<'people' | 'cases' | 'figures'>('cases')
  return (
    <div className="design-stack">
      <div className="design-page-head"><PageHeader level={3} title="Northwind Ltda." detail="MX · SMB · since 2023" back={{ to: '/design', name: 'Accounts' }} actions={<Button icon={Plus}>Add a person</Button>} /></div>
      <Tabs label="About the account" value={tab} onChange={setTab} tabs={[{ value: 'people', label: 'People', count: 4 }, { value: 'cases', label: 'Cases', count: 128 }, { value: 'figures', label: 'Figures' }]} />
    </div>
  )
}

const REFUSED = new ApiProblem({ status: 503, code: 'database.unreachable', title: 'The database cannot be reached; try again in a moment' })

export function States() {
  return (
    <div className="design-two">
      <div className="design-frame"><Empty icon={Inbox} title="No case waits for you" action={<Button size="small">Take one from Payouts</Button>}>Cases that are given to you, or that you take from a queue, stand here.</Empty></div>
      <div className="design-frame"><Problem error={REFUSED} what="The list" onRetry={() => {}} /></div>
      <div className="design-frame"><Skeleton rows={4} /></div>
      <div className="design-frame"><div className="design-pad"><Problem compact error={REFUSED} /></div></div>
    </div>
  )
}
