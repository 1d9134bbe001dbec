import { Badge, Button, Combobox, countries, countryName, Empty, navigate, PageHeader, Problem, Select, Skeleton, TextField, Time, useCommands, useLater, useMe, useQueryParams, VirtualList } from '#web'
import { Building2, Plus, Search } from 'lucide-react'
import { useRef, useState } from 'react'
import { segments } from '../model.ts'
import { NewAccount } from './account-form.tsx'
import { useAccounts, type Account } from './wire.ts'
import { segmentNames } from './words.ts'

const ROW_HEIGHT = 44

/** The businesses that we support. */
export function Accounts() {
  const [{ q, segment, country, account }, change] = useQueryParams()
  const may = useMe().may('account.change')
  const [at, setAt] = useState<string | null>(null)
  const list = useAccounts({ ...(q ? { q } : {}), ...(segment ? { segment } : {}), ...(country ? { country } : {}) })
  useCommands([{ id: 'account.new', name: 'Add an account', keys: ['n'], section: 'Accounts', icon: Plus, when: () => may, perform: () => change({ account: 'new' }, { push: true }) }], [may])
  const filtered = Boolean(q || segment || country)
  return (
    <div className="accounts-page">
      <div className="accounts-head">
        <PageHeader title="Accounts" detail="The businesses that write to us, and their people." actions={may ? <Button command="account.new" variant="primary" icon={Plus} /> : null} />
        <Filters q={q} segment={segment} country={country} change={change} />
      </div>
      {list.error && !list.items ? <Problem error={list.error} what="The accounts" onRetry={list.retry} /> : null}
      {!list.items && !list.error ? <Skeleton rows={12} rowHeight={ROW_HEIGHT} /> : null}
      {list.items ? <>
        {list.items.length > 0 ? <div className="accounts-row accounts-row-head" aria-hidden="true"><span>Account</span><span>Segment</span><span>Country</span><span>Platform id</span><span>Since</span></div> : null}
        <VirtualList
          label="Accounts" items={list.items} keyOf={keyOf} row={drawRow} rowHeight={ROW_HEIGHT} selected={at} onSelect={setAt} listKey={`${q} ${segment} ${country}`}
          onOpen={({ id }) => navigate(`/accounts/${id}`)} onEndReached={list.more} loadingMore={list.loadingMore}
          empty={filtered ? <Empty icon={Search} title="No account fits">Names are found by how they begin, platform ids as a whole.</Empty>
            : <Empty icon={Building2} title="There are no accounts yet">An account is a business; its people are the customers who write. Add one, or let your platform send them by the API.</Empty>}
        />
      </> : null}
      {account === 'new' ? <NewAccount onClose={() => change({ account: null })} /> : null}
    </div>
  )
}

interface FiltersProps {
  q: string | undefined
  segment: string | undefined
  country: string | undefined
  change: (changes: Record<string, string | null>) => void
}

function Filters({ q, segment, country, change }: FiltersProps) {
  const [text, write] = useLater(q ?? '', (next) => change({ q: next || null }))
  const [all] = useState(countries)
  const search = useRef<HTMLInputElement>(null)
  useCommands([{ id: 'account.search', name: 'Search accounts', keys: ['/'], section: 'Accounts', icon: Search, perform: () => search.current?.focus() }], [])
  return (
    <div className="accounts-filters">
      <TextField ref={search} label="Search" hideLabel icon={Search} type="search" placeholder="Name or platform id" value={text} onChange={write} />
      <Select label="Segment" hideLabel value={segment ?? 'all'} onChange={(next) => change({ segment: next === 'all' ? null : next })} options={[{ value: 'all', label: 'All segments' }, ...segments.map((value) => ({ value, label: segmentNames[value] }))]} />
      <Combobox label="Country" hideLabel clearable placeholder="All countries" value={country ?? null} onChange={(next) => change({ country: next })} options={all.map(({ code, name }) => ({ value: code, label: name, detail: code }))} />
    </div>
  )
}

const keyOf = ({ id }: Account) => id
/** One function for all rows, so that only rows that changed are drawn again. */
const drawRow = (account: Account) => <Row account={account} />

function Row({ account: { name, segment, country, platformId, since, demo } }: { account: Account }) {
  return (
    <div className="accounts-row">
      <span className="accounts-name">{name} {demo ? <Badge>Sample</Badge> : null}</span>
      <span>{segmentNames[segment]}</span>
      <span>{country ? countryName(country) : ''}</span>
      <span className="accounts-id">{platformId}</span>
      <span className="accounts-since">{since ? <Time at={since} form="date" /> : ''}</span>
    </div>
  )
}
