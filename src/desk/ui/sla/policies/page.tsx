import { Plus } from 'lucide-react'
import { Button, Page, Problem, Skeleton, Switch, useCommands, useMe, useQueryParams } from '#web'
import { usePolicies } from '../data.ts'
import { PolicyEditor } from './editor.tsx'
import { PolicyList } from './list.tsx'
import { ProbePanel } from './probe.tsx'
import '../sla.css'
import '../settings.css'
import './policies.css'

/** What is promised to whom, in the order in which it is tried; `?policy=` opens one. */
export default function PoliciesPage() {
  const [params, change] = useQueryParams()
  const may = useMe().may('sla.change')
  const policies = usePolicies()
  const open = params['policy'] ?? null
  const show = (id: string | null) => change({ policy: id }, { push: true })
  useCommands([{ id: 'slaPolicy.new', name: 'New SLA policy', keys: ['n'], section: 'SLA', icon: Plus, when: () => may && open === null, perform: () => show('new') }], [may, open])
  if (open !== null) {
    const chosen = policies.data?.find(({ id }) => id === open) ?? null
    if (policies.isPending && open !== 'new') return <Page title="SLA policy"><Skeleton rows={8} /></Page>
    if (open === 'new' || chosen) return <PolicyEditor key={open} policy={open === 'new' ? null : chosen} onClose={() => show(null)} onMade={(id) => change({ policy: id })} />
  }
  const [archived, standing] = [policies.data?.filter((policy) => policy.archived) ?? [], policies.data?.filter((policy) => !policy.archived) ?? []]
  return (
    <Page wide title="SLA policies" detail="What is promised to whom. They are tried from the top down; the first whose condition fits a case holds." actions={may ? <Button command="slaPolicy.new" variant="primary" icon={Plus} /> : null}>
      <div className="sla-edit">
        <div className="sla-policies">
          {policies.isPending ? <Skeleton rows={4} rowHeight={64} /> : policies.isError ? <Problem error={policies.error} what="The policies" onRetry={() => void policies.refetch()} />
            : <PolicyList policies={params['archived'] === '1' ? archived : standing} may={may && params['archived'] !== '1'} onOpen={show} />}
          {archived.length > 0 ? <Switch label="Show policies that were archived" checked={params['archived'] === '1'} onChange={(on) => change({ archived: on ? '1' : null })} /> : null}
        </div>
        <aside className="sla-aside"><ProbePanel /></aside>
      </div>
    </Page>
  )
}
