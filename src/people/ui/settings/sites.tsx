import { Badge, Button, changesBetween, Combobox, countries, countryName, Drawer, Empty, Form, isStale, Stale, TextField, useEdit, useIntent, useNow, useReader } from '#web'
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
      drawer={(site, close, readOnly) => <SiteDrawer key={site?.id} site={site} close={close} readOnly={readOnly} />}
    />
  )
}

function Clock({ zone }: { zone: string }) {
  const there = placeTime(zone, useNow(), useReader().zone)
  return <span className="people-two"><span className="figure">{there.time}, {there.day}</span><span className="people-quiet">{there.apart}</span></span>
}

interface SiteDraft { name: string; timeZone: string | null; country: string | null }

const draftOf = (site: Site | null): SiteDraft => ({ name: site?.name ?? '', timeZone: site?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone, country: site?.country ?? null })
const names = { name: 'name', country: 'country', timeZone: 'time zone' }
const saidOf = ({ name, country, timeZone }: Site) => ({ name, country: countryName(country), timeZone })

function SiteDrawer({ site, close, readOnly }: { site: Site | null; close: () => void; readOnly: boolean }) {
  const { seen, draft, set, theirs, mine } = useEdit(site, draftOf)
  const [all] = useState(countries)
  const { problem, busy, save, forget } = useSaving(close)
  const intent = useIntent()
  const send = ({ name, timeZone, country }: typeof draft, over: Site | null) => {
    if (timeZone === null || country === null) return
    const body = { name: name.trim(), timeZone, country }
    void save(() => (over ? people('PATCH /api/v1/sites/:id', { params: { id: over.id }, body, ifMatch: over.version }) : people('POST /api/v1/sites', { body, idempotencyKey: intent.key(body) })), over ? 'Saved' : `${body.name} is added`)
  }
  const whole = draft.name.trim() !== '' && draft.timeZone !== null && draft.country !== null
  const late = isStale(problem) && seen && site
  return (
    <Drawer open onClose={close} title={site?.name ?? 'Add a site'}>
      <Form label="Site" problem={late ? null : problem} onSubmit={() => send(draft, seen)} actions={readOnly || late ? null : <><Button onClick={close}>Cancel</Button><Button type="submit" variant="primary" busy={busy} disabled={!whole}>{site ? 'Save' : 'Add'}</Button></>}>
        <TextField label="Name" name="name" disabled={readOnly} value={draft.name} onChange={(name) => set({ name })} />
        <Combobox label="Country" name="country" disabled={readOnly} value={draft.country} onChange={(country) => set({ country })} placeholder="Search, such as Ireland" options={all.map(({ code, name: label }) => ({ value: code, label, detail: code }))} />
        <ZoneField label="Time zone" value={draft.timeZone} onChange={(timeZone) => set({ timeZone })} />
        {late ? <Stale busy={busy} changes={changesBetween(saidOf(seen), saidOf(site), names)} onTheirs={() => { forget(); theirs() }} onMine={() => send(mine(), site)} /> : null}
      </Form>
      {site && !readOnly ? <PutAway kept={site} says="Nobody can be put there any more. A site where people or teams still sit stays." onDone={close} set={(archived) => people('PATCH /api/v1/sites/:id', { params: { id: site.id }, body: { archived } })} /> : null}
    </Drawer>
  )
}
