import { Badge, Button, Link, Page, Problem, Section, Skeleton, Slot, Time, useCommands, useMe, useNow, useParams, useQueryParams, useTitle } from '#web'
import { Merge as MergeIcon, Pencil } from 'lucide-react'
import { Addresses } from './addresses.tsx'
import { EditCustomer } from './customer-form.tsx'
import { Facts } from './facts.tsx'
import { MergeDialog } from './merge.tsx'
import { Merges } from './merges.tsx'
import { useAccount, useCustomer, type Customer } from './wire.ts'
import { languageName, nameOf, timeAt } from './words.ts'

/** One person who writes to us: addresses, details, cases (which the desk brings), and whom it was merged with. */
export function CustomerPage() {
  const { id = '' } = useParams<{ id: string }>()
  const { data: customer, error, refetch } = useCustomer(id)
  const account = useAccount(customer?.accountId).data
  useTitle(customer ? nameOf(customer) : null)
  const back = account ? { to: `/accounts/${account.id}`, name: account.name } : { to: '/accounts', name: 'Accounts' }
  if (error && !customer) return <div className="page-middle"><Problem error={error} what="The customer" onRetry={() => void refetch()} /></div>
  if (!customer) return <Page wide back={back} title={<Skeleton width={240} height={26} />}><Skeleton rows={6} /></Page>
  return (
    <Page wide back={back} title={nameOf(customer)} detail={<Line customer={customer} account={account?.name} />} actions={<MergeAction customer={customer} />}>
      {customer.mergedInto ? <MergedAway into={customer.mergedInto} /> : null}
      <div className="accounts-columns" key={customer.id}>
        <div className="accounts-main"><Slot name="customer.panel" props={{ customerId: customer.id }} /></div>
        <aside className="accounts-side" aria-label="About the customer"><Addresses customer={customer} /><Details customer={customer} /><Merges customer={customer} /></aside>
      </div>
    </Page>
  )
}

function Line({ customer, account }: { customer: Customer; account: string | undefined }) {
  const now = useNow()
  const here = customer.timeZone ? timeAt(customer.timeZone, now) : null
  return (
    <span className="accounts-line">
      {customer.accountId ? <Link href={`/accounts/${customer.accountId}`}>{account ?? 'Account'}</Link> : <span>No account</span>}
      {customer.language ? <span>{languageName(customer.language)}</span> : null}
      {here ? <span>{here} there now</span> : null}
      {customer.demo ? <span><Badge>Sample</Badge></span> : null}
    </span>
  )
}

/** The page of somebody who was merged says where they went. */
function MergedAway({ into }: { into: string }) {
  const kept = useCustomer(into).data
  return <p className="accounts-banner">This customer was merged into <Link href={`/customers/${into}`}>{kept ? nameOf(kept) : 'another one'}</Link>, who stands for both. Take the merge back there to change this one.</p>
}

function MergeAction({ customer }: { customer: Customer }) {
  const [{ merge }, change] = useQueryParams()
  const may = useMe().may('customer.merge') && customer.mergedInto === null
  useCommands([{ id: 'customer.merge', name: 'Merge with another customer', keys: ['m'], section: 'Accounts', icon: MergeIcon, when: () => may, perform: () => change({ merge: '1' }, { push: true }) }], [may])
  if (!may) return null
  return <><Button command="customer.merge" icon={MergeIcon}>Merge ...</Button>{merge === '1' ? <MergeDialog kept={customer} onClose={() => change({ merge: null })} /> : null}</>
}

function Details({ customer }: { customer: Customer }) {
  const [{ edit }, change] = useQueryParams()
  const may = useMe().may('customer.change') && customer.mergedInto === null
  const account = useAccount(customer.accountId).data
  const editing = may && edit === '1'
  useCommands([{ id: 'customer.edit', name: 'Edit the customer', keys: ['e'], section: 'Accounts', icon: Pencil, when: () => may && !editing, perform: () => change({ edit: '1' }) }], [may, editing])
  return (
    <Section title="Details" actions={may && !editing ? <Button size="small" variant="quiet" command="customer.edit" icon={Pencil}>Edit</Button> : null}>
      {editing ? <EditCustomer customer={customer} onDone={() => change({ edit: null })} /> : (
        <Facts facts={[
          ['Account', customer.accountId ? <Link key="account" href={`/accounts/${customer.accountId}`}>{account?.name ?? '...'}</Link> : null], ['Language', customer.language ? languageName(customer.language) : null],
          ['Time zone', customer.timeZone?.replaceAll('_', ' ') ?? null], ['Known since', <Time key="since" at={customer.createdAt} form="date" />],
        ]} />
      )}
    </Section>
  )
}
