import { Archive, ArchiveRestore, Save } from 'lucide-react'
import {
  Badge, Button, Checkbox, Combobox, Form, isStale, Page, queries, Section, Stale, Switch, tellRefusal, TextField, toast, useCommands, useEdit, useIntent, useMe, changesBetween,
} from '#web'
import { useState } from 'react'
import type { Holiday, OpenDay, Slot } from '../../../sla/model.ts'
import { api } from '../../data.ts'
import type { CalendarView } from '../data.ts'
import { useSites } from '../sites.ts'
import { minutesWords } from '../words.ts'
import { copyDay, minutesOf, withDay } from './hours.ts'
import { Month } from './month.tsx'
import { Holidays, OpenDays } from './special-days.tsx'
import { WeekGrid } from './week-grid.tsx'

interface Draft {
  name: string
  timeZone: string
  slots: Slot[]
  holidays: Holiday[]
  openDays: OpenDay[]
  sites: string[]
  standard: boolean
}

const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone
const zones = Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))
const usual = copyDay(withDay([], 1, [{ from: 540, to: 720 }, { from: 780, to: 1_080 }]), 1, [2, 3, 4, 5])

function draftOf(calendar: CalendarView | null): Draft {
  if (!calendar) return { name: '', timeZone: browserZone(), slots: usual, holidays: [], openDays: [], sites: [], standard: false }
  const { name, timeZone, slots, holidays, openDays, sites, standard } = calendar
  return { name, timeZone, slots, holidays, openDays, sites, standard }
}

const said = (draft: Draft) => ({
  name: draft.name, timeZone: draft.timeZone, slots: `${minutesWords(minutesOf(draft.slots))} a week`, holidays: String(draft.holidays.length), openDays: String(draft.openDays.length),
  sites: String(draft.sites.length), standard: draft.standard ? 'yes' : 'no',
})
const saidNames = { name: 'name', timeZone: 'zone', slots: 'opening hours', holidays: 'number of holidays', openDays: 'number of special hours', sites: 'number of sites', standard: 'standard calendar' }

interface Props {
  calendar: CalendarView | null
  onClose: () => void
  onMade: (id: string) => void
}

/** One calendar: its week, its special days, and a month as they make it. */
export function CalendarEditor({ calendar, onClose, onMade }: Props) {
  const may = useMe().may('sla.change')
  const { seen, draft, set, theirs, mine } = useEdit(calendar, draftOf)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const intent = useIntent()
  const changed = JSON.stringify(draft) !== JSON.stringify(draftOf(seen))
  const ready = may && changed && draft.name.trim() !== '' && draft.slots.length > 0
  const send = (words: Draft, version: number | undefined) => {
    const { standard, ...rest } = words
    const body = { ...rest, ...(standard && !seen?.standard ? { standard: true as const } : {}) }
    setBusy(true)
    setProblem(null)
    const sent = calendar ? api('PATCH /api/v1/calendars/:id', { params: { id: calendar.id }, body, ...(version === undefined ? {} : { ifMatch: version }) })
      : api('POST /api/v1/calendars', { body, idempotencyKey: intent.key(body) })
    sent.then(async (saved) => {
      await queries.invalidateQueries({ queryKey: ['calendars'] })
      toast({ text: calendar ? 'Saved. Cases at hand are counted by it from now on' : `${saved.name} is there`, tone: 'done' })
      if (calendar) onClose()
      else onMade(saved.id)
    }, setProblem).finally(() => setBusy(false))
  }
  const save = () => { if (ready && !busy) send(draft, seen?.version) }
  useCommands([
    { id: 'calendar.save', name: 'Save the calendar', keys: ['mod+Enter', 'mod+s'], section: 'Calendars', icon: Save, when: () => ready, perform: save },
    { id: 'calendar.close', name: 'Back to the calendars', keys: ['Escape'], section: 'Calendars', perform: onClose },
  ], [draft, ready, busy])
  const stale = isStale(problem)
  return (
    <Page wide title={calendar?.name ?? 'New calendar'} back={{ to: '/settings/calendars', name: 'Calendars' }} actions={calendar && may ? <PutAway calendar={calendar} onDone={onClose} /> : null}
      detail={<>{minutesWords(minutesOf(draft.slots))} a week {calendar && calendar.number > 1 ? `· edition ${calendar.number} ` : ''}{calendar?.archived ? <Badge>Archived</Badge> : null}</>}>
      <div className="sla-edit">
        <Form onSubmit={save} problem={stale ? null : problem} actions={may ? <Button variant="primary" type="submit" busy={busy} disabled={!ready}>{calendar ? 'Save' : 'Add the calendar'}</Button> : null}>
          {stale && calendar ? <Stale changes={changesBetween(said(draftOf(seen)), said(draftOf(calendar)), saidNames)} busy={busy} onTheirs={() => { theirs(); setProblem(null) }} onMine={() => send(mine(), calendar.version)} /> : null}
          <div className="sla-pair">
            <TextField label="Name" name="name" value={draft.name} maxLength={200} disabled={!may} onChange={(name) => set({ name })} required />
            <Combobox label="Time zone" name="timeZone" value={draft.timeZone} options={zones.some(({ value }) => value === draft.timeZone) ? zones : [{ value: draft.timeZone, label: draft.timeZone }, ...zones]} disabled={!may} onChange={(zone) => { if (zone) set({ timeZone: zone }) }} />
          </div>
          <Section title="Week"><WeekGrid slots={draft.slots} disabled={!may} onChange={(slots) => set({ slots })} /></Section>
          <Holidays days={draft.holidays} disabled={!may} onChange={(holidays) => set({ holidays })} />
          <OpenDays days={draft.openDays} disabled={!may} onChange={(openDays) => set({ openDays })} />
          <Sites chosen={draft.sites} disabled={!may} onChange={(sites) => set({ sites })} />
          <Switch label="Standard" hint="Holds for teams without a site, and for sites without a calendar." checked={draft.standard} disabled={!may || (seen?.standard ?? false)} onChange={(standard) => set({ standard })} />
        </Form>
        <aside className="sla-aside"><Month calendar={draft} /></aside>
      </div>
    </Page>
  )
}

function Sites({ chosen, disabled, onChange }: { chosen: readonly string[]; disabled: boolean; onChange: (sites: string[]) => void }) {
  const sites = (useSites().data ?? []).filter(({ id, archivedAt }) => archivedAt === null || chosen.includes(id))
  return (
    <Section title="Sites" detail="Teams of these sites are at work by this calendar; a site has one.">
      {sites.length === 0 ? <p className="field-hint">There are no sites yet.</p> : (
        <div className="sla-checks">{sites.map(({ id, name }) => <Checkbox key={id} label={name} checked={chosen.includes(id)} disabled={disabled} onChange={(is) => onChange(is ? [...chosen, id] : chosen.filter((other) => other !== id))} />)}</div>
      )}
    </Section>
  )
}

function PutAway({ calendar, onDone }: { calendar: CalendarView; onDone: () => void }) {
  const put = (archived: boolean): Promise<void> => api('PATCH /api/v1/calendars/:id', { params: { id: calendar.id }, body: { archived } }).then(async () => {
    await queries.invalidateQueries({ queryKey: ['calendars'] })
    toast({ text: archived ? `${calendar.name} is archived` : `${calendar.name} is back`, undo: () => void put(!archived) })
  }, (refused: unknown) => tellRefusal(refused, 'Not changed'))
  return <Button variant="quiet" icon={calendar.archived ? ArchiveRestore : Archive} onClick={() => void put(!calendar.archived).then(onDone)}>{calendar.archived ? 'Take out of the archive' : 'Archive'}</Button>
}
