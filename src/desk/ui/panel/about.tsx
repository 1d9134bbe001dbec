import { Id, Link, Section, Skeleton, Time, useMe, useNow, useQuery } from '#web'
import { accountsApi } from '../data.ts'
import type { Case } from '../wire.ts'
import { personName, segmentNames } from '../words.ts'

/** The business behind the case. */
export function AccountSection({ view }: { view: Case }) {
  const me = useMe()
  const id = view.account?.id
  const account = useQuery({ queryKey: ['account', id ?? '', 'view'], enabled: id !== undefined && me.may('account.read'), queryFn: () => accountsApi('GET /api/v1/accounts/:id', { params: { id: id ?? '' } }) })
  if (!view.account) return <Section title="Account" compact><p className="desk-panel-none">The customer belongs to no account.</p></Section>
  const { country, since, platformId } = account.data ?? { country: null, since: null, platformId: null }
  return (
    <Section title="Account" compact>
      <p className="desk-panel-name"><Link href={`/accounts/${view.account.id}`}>{view.account.name}</Link></p>
      <p className="desk-panel-line">
        <span>{segmentNames[view.account.segment] ?? view.account.segment}</span>{country ? <span>{countryName(country)}</span> : null}{since ? <span>since <Time at={since} form="date" /></span> : null}
      </p>
      {platformId ? <p className="desk-panel-line"><Id value={platformId} label="Copy the platform id" /></p> : account.isLoading ? <Skeleton width="40%" /> : null}
    </Section>
  )
}

/** Who writes: where to reach them, in which language, and what time it is there. */
export function CustomerSection({ view }: { view: Case }) {
  const me = useMe()
  const { id } = view.customer
  const customer = useQuery({ queryKey: ['customer', id, 'view'], enabled: me.may('customer.read'), queryFn: () => accountsApi('GET /api/v1/customers/:id', { params: { id } }) })
  const now = useNow()
  const zone = customer.data?.timeZone ?? null
  const language = customer.data?.language ?? null
  const others = (customer.data?.addresses ?? []).filter((address) => address !== view.customer.email)
  return (
    <Section title="Customer" compact>
      <p className="desk-panel-name"><Link href={`/customers/${id}`}>{personName(view.customer)}</Link></p>
      {view.customer.email ? <p className="desk-panel-line"><Id value={view.customer.email} label="Copy the address" /></p> : null}
      {others.map((address) => <p key={address} className="desk-panel-line"><Id value={address} label="Copy the address" /></p>)}
      {language || zone ? <p className="desk-panel-line">{language ? <span>{languageName(language)}</span> : null}{zone ? <span>{timeIn(zone, now)} there</span> : null}</p> : null}
    </Section>
  )
}

const countryName = (code: string) => nameOf('region', code)
const languageName = (tag: string) => nameOf('language', tag)

function nameOf(type: 'region' | 'language', code: string): string {
  try {
    return new Intl.DisplayNames(['en'], { type }).of(code) ?? code
  } catch {
    return code
  }
}

function timeIn(zone: string, now: Date): string {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(now)
  } catch {
    return zone
  }
}
