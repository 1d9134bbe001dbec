import { Badge, Button, Combobox, countries, countryName, Drawer, Empty, Form, TextField, useIntent, useNow, useReader } from '#web'
import { Building2 } from 'lucide-react'
import { useState } from 'react'
import { ZoneField } from '../me/zone-field.tsx'
import { people, useSites, type Site } from '../wire.ts'
import { placeTime } from '../words.ts'
import { KeptPage, PutAway } from './kept.tsx'
import { useSaving } from './use-saving.ts'

/** Sites: where people sit, and what time it is there. */
export function Sites() {
  return (
    <KeptPage<Site>
      title="Sites" detail="Where people sit. Their time zone is that of the site, unless they choose another." noun="site" useAll={useSites}
      empty={<Empty icon={Building2} title="There are no sites yet">A site has a time zone and a country, which shifts and holidays follow.</Empty>}
      columns={[
        { id: 'name', name: 'Site', cell: ({ name, archivedAt, demo }) => <span>{name} {archivedAt ? <Badge>Put away</Badge> : null} {demo ? <Badge>Sample</Badge> : null}</span> },
        { id: 'country', name: 'Country', cell: ({ country }) => countryName(country) },
        { id: 'now', name: 'Time there now', width: 260, cell: ({ timeZone }) => <Clock zone={timeZone} /> },
      ]}
      drawer={(site, close, readOnly) => <SiteDrawer key={`${site?.id} ${site?.version}`} site={site} close={close} readOnly={readOnly} />}
    />
  )
}

function Clock({ zone }: { zone: string }) {
  const there = placeTime(zone, useNow(), useReader().zone)
  return <span className="people-two"><span className="figure">{there.time}, {there.day}</span><span className="people-quiet">{there.apart}</span></span>
}

function SiteDrawer({ site, close, readOnly }: { site: Site | null; close: () => void; readOnly: boolean }) {
  const [name, setName] = useState(site?.name ?? '')
  const [timeZone, setTimeZone] = useState<string | null>(site?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone)
  const [country, setCountry] = useState<string | null>(site?.country ?? null)
  const [all] = useState(countries)
  const { problem, busy, save } = useSaving(close)
  const intent = useIntent()
  const submit = () => {
    if (timeZone === null || country === null) return
    const body = { name: name.trim(), timeZone, country }
    void save(() => (site ? people('PATCH /api/v1/sites/:id', { params: { id: site.id }, body, ifMatch: site.version }) : people('POST /api/v1/sites', { body, idempotencyKey: intent.key(body) })), site ? 'Saved' : `${body.name} is added`)
  }
  const whole = name.trim() !== '' && timeZone !== null && country !== null
  return (
    <Drawer open onClose={close} title={site?.name ?? 'Add a site'}>
      <Form label="Site" problem={problem} onSubmit={submit} actions={readOnly ? null : <><Button onClick={close}>Cancel</Button><Button type="submit" variant="primary" busy={busy} disabled={!whole}>{site ? 'Save' : 'Add'}</Button></>}>
        <TextField label="Name" name="name" autoFocus={!site} disabled={readOnly} value={name} onChange={setName} />
        <Combobox label="Country" name="country" disabled={readOnly} value={country} onChange={setCountry} placeholder="Search, such as Ireland" options={all.map(({ code, name: label }) => ({ value: code, label, detail: code }))} />
        <ZoneField label="Time zone" value={timeZone} onChange={setTimeZone} />
      </Form>
      {site && !readOnly ? <PutAway kept={site} says="Nobody can be put there any more. A site where people or teams still sit stays." onDone={close} set={(archived) => people('PATCH /api/v1/sites/:id', { params: { id: site.id }, body: { archived } })} /> : null}
    </Drawer>
  )
}
