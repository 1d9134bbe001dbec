import { Plus } from 'lucide-react'
import { Badge, Button, Empty, Page, Problem, Skeleton, Table, useCommands, useMe, useQueryParams, type Column } from '#web'
import { listed } from '../../timeline/facts.ts'
import { useCalendars, type CalendarView } from '../data.ts'
import { useSites } from '../sites.ts'
import { minutesWords } from '../words.ts'
import { CalendarEditor } from './editor.tsx'
import { minutesOf } from './hours.ts'
import '../sla.css'
import '../settings.css'

/** When each site is at work; `?calendar=` opens one. */
export default function CalendarsPage() {
  const [params, change] = useQueryParams()
  const me = useMe()
  const may = me.may('sla.change')
  const calendars = useCalendars()
  const open = params['calendar'] ?? null
  const show = (id: string | null) => change({ calendar: id }, { push: true })
  useCommands([{ id: 'calendar.new', name: 'New calendar', keys: ['n'], section: 'Calendars', icon: Plus, when: () => may && open === null, perform: () => show('new') }], [may, open])
  if (open !== null) {
    const chosen = calendars.data?.find(({ id }) => id === open) ?? null
    if (calendars.isPending && open !== 'new') return <Page title="Calendar"><Skeleton rows={8} /></Page>
    if (open === 'new' || chosen) return <CalendarEditor key={open} calendar={open === 'new' ? null : chosen} onClose={() => show(null)} onMade={(id) => change({ calendar: id })} />
  }
  return (
    <Page title="Calendars" detail="Promises are counted while a place is at work: several slots a day, holidays, and the clocks of its zone." actions={may ? <Button command="calendar.new" variant="primary" icon={Plus} /> : null}>
      {calendars.isPending ? <Skeleton rows={4} /> : calendars.isError ? <Problem error={calendars.error} what="The calendars" onRetry={() => void calendars.refetch()} />
        : <CalendarTable calendars={calendars.data} onOpen={({ id }) => show(id)} />}
    </Page>
  )
}

function CalendarTable({ calendars, onOpen }: { calendars: readonly CalendarView[]; onOpen: (calendar: CalendarView) => void }) {
  const sites = useSites().data ?? []
  const columns: Column<CalendarView>[] = [
    { id: 'name', name: 'Calendar', cell: ({ name, timeZone }) => <div className="desk-cell"><span className="desk-cell-name">{name}</span><span className="desk-cell-detail">{timeZone}</span></div> },
    { id: 'week', name: 'A week', align: 'right', cell: ({ slots }) => <span className="figure">{minutesWords(minutesOf(slots))}</span> },
    { id: 'sites', name: 'Sites', wideOnly: true, cell: (calendar) => (calendar.sites.length === 0 ? <span className="desk-cell-detail">None</span> : listed(calendar.sites.map((id) => sites.find((site) => site.id === id)?.name ?? 'a site'))) },
    { id: 'state', name: '', cell: ({ standard, archived }) => <span className="desk-cell-badges">{standard ? <Badge tone="info">Standard</Badge> : null}{archived ? <Badge>Archived</Badge> : null}</span> },
  ]
  return <Table label="Calendars" columns={columns} rows={calendars} keyOf={({ id }) => id} onOpen={onOpen} empty={<Empty title="No calendars yet">Without one every hour counts, nights and holidays too. Make one for each place that works other hours.</Empty>} />
}
