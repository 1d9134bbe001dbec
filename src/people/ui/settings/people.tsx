import { Avatar, Badge, Button, Empty, More, Page, Problem, Select, Skeleton, Table, TextField, Time, useCommands, useLater, useMe, useQueryParams } from '#web'
import { Search, UserPlus, Users } from 'lucide-react'
import { useRef } from 'react'
import { useAgents, useSites, useTeams, type Agent, type Role } from '../wire.ts'
import { presenceWords, roleWords, rolesWords } from '../words.ts'
import { AgentDrawer } from './agent.tsx'

const states = [{ value: 'active', label: 'At work' }, { value: 'deactivated', label: 'Deactivated' }, { value: 'all', label: 'Everybody' }] as const
const isRole = (text: string | undefined): text is Role => text !== undefined && text in roleWords

/** Who works here. Which one is open stands in the address: `?agent=ID`, or `new`. */
export function People() {
  const [params, change] = useQueryParams()
  const may = useMe().may('agent.change')
  const show = (id: string | null) => change({ agent: id }, { push: true })
  const state = states.find(({ value }) => value === params['state'])?.value ?? 'active'
  const { q, team, site, role } = params
  const list = useAgents({ state, ...(q ? { q } : {}), ...(team ? { team } : {}), ...(site ? { site } : {}), ...(isRole(role) ? { role } : {}) })
  useCommands([{ id: 'agent.new', name: 'Add a person', keys: ['n'], section: 'Settings', icon: UserPlus, when: () => may, perform: () => show('new') }], [may])
  const filtered = Boolean(q || team || site || role || state !== 'active')
  return (
    <Page wide title="People" detail="Who works here, with what they may do, where they sit and what they can." actions={may ? <Button command="agent.new" variant="primary" icon={UserPlus} /> : null}>
      <div className="people-list">
        <Filters params={params} change={change} />
        {list.error && !list.items ? <Problem error={list.error} what="The list" onRetry={list.retry} /> : list.items ? <List agents={list.items} filtered={filtered} onOpen={show} /> : <Skeleton rows={8} />}
        <More when={list.hasMore} load={list.more} />
      </div>
      {params['agent'] ? <AgentDrawer id={params['agent'] === 'new' ? null : params['agent']} onClose={() => show(null)} onMade={(id) => change({ agent: id })} /> : null}
    </Page>
  )
}

function Filters({ params, change }: { params: Readonly<Record<string, string | undefined>>; change: (changes: Record<string, string | null>) => void }) {
  const [teams, sites] = [useTeams().data?.items ?? [], useSites().data?.items ?? []]
  const [text, write] = useLater(params['q'] ?? '', (q) => change({ q: q || null }))
  const search = useRef<HTMLInputElement>(null)
  useCommands([{ id: 'agent.search', name: 'Search people', keys: ['/'], section: 'Settings', icon: Search, perform: () => search.current?.focus() }], [])
  const choice = (name: string, label: string, all: string, options: readonly { value: string; label: string }[], none = 'all') => (
    <Select label={label} hideLabel value={params[name] ?? none} options={none === 'all' ? [{ value: 'all', label: all }, ...options] : options} onChange={(value) => change({ [name]: value === none ? null : value })} />
  )
  return (
    <div className="people-filters">
      <TextField ref={search} label="Search" hideLabel icon={Search} type="search" placeholder="Name or address" value={text} onChange={write} />
      {choice('role', 'Role', 'All roles', Object.entries(roleWords).map(([value, { name }]) => ({ value, label: name })))}
      {choice('team', 'Team', 'All teams', teams.map(({ id, name }) => ({ value: id, label: name })))}
      {choice('site', 'Site', 'All sites', sites.map(({ id, name }) => ({ value: id, label: name })))}
      {choice('state', 'State', '', states, 'active')}
    </div>
  )
}

function List({ agents, filtered, onOpen }: { agents: readonly Agent[]; filtered: boolean; onOpen: (id: string) => void }) {
  const [teams, sites] = [useTeams().data?.items, useSites().data?.items]
  return (
    <Table
      label="People" rows={agents} keyOf={({ id }) => id} onOpen={({ id }) => onOpen(id)}
      empty={filtered ? <Empty icon={Search} title="Nobody fits">Try another name, or show everybody.</Empty> : <Empty icon={Users} title="Nobody works here yet">Add a person, and hand them the link that lets them in.</Empty>}
      columns={[
        { id: 'who', name: 'Person', cell: (agent) => <Who agent={agent} /> },
        { id: 'roles', name: 'Roles', wideOnly: true, cell: ({ roles }) => rolesWords(roles) },
        { id: 'team', name: 'Team', wideOnly: true, cell: ({ teamId }) => teams?.find(({ id }) => id === teamId)?.name ?? <Nothing /> },
        { id: 'site', name: 'Site', wideOnly: true, cell: ({ siteId }) => sites?.find(({ id }) => id === siteId)?.name ?? <Nothing /> },
        { id: 'capacity', name: 'Capacity', align: 'right', width: 80, wideOnly: true, cell: ({ capacity }) => capacity },
        { id: 'state', name: 'Way in', width: 160, cell: (agent) => <WayIn agent={agent} /> },
      ]}
    />
  )
}

export const Nothing = () => <span className="people-faint" aria-label="none">-</span>

function Who({ agent }: { agent: Agent }) {
  return (
    <span className="people-who">
      <Avatar name={agent.name} {...(agent.deactivated ? {} : { presence: agent.presence })} />
      <span className="people-two"><span title={presenceWords[agent.presence].name}>{agent.name} {agent.demo ? <Badge>Sample</Badge> : null}</span><span className="people-quiet">{agent.email}</span></span>
    </span>
  )
}

/** What is worth knowing of how somebody gets in, the most pressing first. */
function WayIn({ agent: { deactivated, waysIn } }: { agent: Agent }) {
  if (deactivated) return <Badge>Deactivated</Badge>
  if (!waysIn) return null
  if (waysIn.resetAskedAt) return <Badge tone="soon">Asks for a password</Badge>
  if (!waysIn.password && !waysIn.oidc) return waysIn.link ? <Badge tone="info">Invited</Badge> : <Badge>No way in yet</Badge>
  return waysIn.lastSeenAt ? <span className="people-quiet">seen <Time at={waysIn.lastSeenAt} /></span> : <span className="people-quiet">not seen yet</span>
}
