import { Badge, Button, countryName, Empty, Id, Link, More, Page, Problem, Section, Skeleton, Slot, Time, useCommands, useMe, useParams, useQueryParams, useTitle } from '#web'
import { Pencil, UserPlus, Users } from 'lucide-react'
import { EditAccount } from './account-form.tsx'
import { NewCustomer } from './customer-form.tsx'
import { Facts } from './facts.tsx'
import { useAccount, useCustomersOf, type Account } from './wire.ts'
import { nameOf, segmentNames } from './words.ts'

/** One business: its cases and figures (which the desk brings), its people, its details. */
export function AccountPage() {
  const { id = '' } = useParams<{ id: string }>()
  const { data: account, error, refetch } = useAccount(id)
  useTitle(account?.name)
  const back = { to: '/accounts', name: 'Accounts' }
  if (error && !account) return <div className="page-middle"><Problem error={error} what="The account" onRetry={() => void refetch()} /></div>
  if (!account) return <Page wide back={back} title={<Skeleton width={240} height={26} />}><Skeleton rows={6} /></Page>
  return (
    <Page wide back={back} title={account.name} detail={<Line account={account} />}>
      <div className="accounts-columns" key={account.id}>
        <div className="accounts-main"><Slot name="account.panel" props={{ accountId: account.id }} /></div>
        <aside className="accounts-side" aria-label="About the account"><Details account={account} /><People account={account} /></aside>
      </div>
    </Page>
  )
}

function Line({ account: { segment, country, platformId, since, demo } }: { account: Account }) {
  const parts = [
    <span key="segment">{segmentNames[segment]}</span>, country ? <span key="country">{countryName(country)}</span> : null, platformId ? <span key="id"><Id value={platformId} label="Copy the platform id" /></span> : null,
    since ? <span key="since">since <Time at={since} form="date" /></span> : null, demo ? <span key="demo"><Badge>Sample</Badge></span> : null,
  ].filter((part) => part !== null)
  return <span className="accounts-line">{parts}</span>
}

function Details({ account }: { account: Account }) {
  const [{ edit }, change] = useQueryParams()
  const may = useMe().may('account.change')
  const editing = may && edit === '1'
  useCommands([{ id: 'account.edit', name: 'Edit the account', keys: ['e'], section: 'Accounts', icon: Pencil, when: () => may && !editing, perform: () => change({ edit: '1' }) }], [may, editing])
  return (
    <Section title="Details" actions={may && !editing ? <Button size="small" variant="quiet" command="account.edit" icon={Pencil}>Edit</Button> : null}>
      {editing ? <EditAccount account={account} onDone={() => change({ edit: null })} /> : (
        <Facts facts={[
          ['Segment', segmentNames[account.segment]], ['Country', account.country ? countryName(account.country) : null],
          ['Platform id', account.platformId ? <Id key="id" value={account.platformId} label="Copy the platform id" /> : null],
          ['Customer since', account.since ? <Time key="since" at={account.since} form="date" /> : null], ['Added here', <Time key="added" at={account.createdAt} form="date" />],
        ]} />
      )}
    </Section>
  )
}

function People({ account }: { account: Account }) {
  const list = useCustomersOf(account.id)
  const [{ customer }, change] = useQueryParams()
  const may = useMe().may('customer.change')
  useCommands([{ id: 'customer.new', name: 'Add a customer to this account', keys: ['n'], section: 'Accounts', icon: UserPlus, when: () => may, perform: () => change({ customer: 'new' }, { push: true }) }], [may])
  return (
    <Section title="People" {...(list.items && !list.hasMore ? { count: list.items.length } : {})} actions={may ? <Button size="small" variant="quiet" command="customer.new" icon={UserPlus}>Add</Button> : null}>
      {list.error && !list.items ? <Problem error={list.error} compact what="The people" onRetry={list.retry} /> : null}
      {!list.items && !list.error ? <Skeleton rows={3} /> : null}
      {list.items?.length === 0 ? <Empty icon={Users} title="Nobody yet">Who writes from here is added by hand, or moved here from their own page.</Empty> : null}
      <ul className="accounts-people">
        {list.items?.map((person) => (
          <li key={person.id}><Link href={`/customers/${person.id}`}><span className="accounts-person-name">{nameOf(person)}</span><span className="accounts-quiet">{person.name ? person.addresses.join(', ') : person.addresses.slice(1).join(', ')}</span></Link></li>
        ))}
      </ul>
      <More when={list.hasMore} load={list.more} />
      {customer === 'new' ? <NewCustomer account={account} onClose={() => change({ customer: null })} /> : null}
    </Section>
  )
}
