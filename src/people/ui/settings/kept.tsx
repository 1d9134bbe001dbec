import { Button, Page, Problem, Section, Skeleton, Switch, Table, tellRefusal, toast, useCommands, useMe, useQueryParams, type Column } from '#web'
import { Plus } from 'lucide-react'
import type { ReactNode } from 'react'

interface Kept { id: string; name: string; archivedAt: string | null }

export interface KeptPageProps<T extends Kept> {
  title: string
  detail: string
  /** What one is called: `team`. */
  noun: string
  /** Asks for all, with those put away when the reader wants to see them. */
  useAll: (archived: boolean) => { data: { items: T[] } | undefined; error: unknown; refetch: () => unknown }
  columns: readonly Column<T>[]
  empty: ReactNode
  /** The form in the drawer; null makes a new one. */
  drawer: (open: T | null, close: () => void, readOnly: boolean) => ReactNode
}

/** Sites, teams and skills alike: a list, a drawer for each, and what was put away on demand. */
export function KeptPage<T extends Kept>({ title, detail, noun, useAll, columns, empty, drawer }: KeptPageProps<T>) {
  const [params, change] = useQueryParams()
  const may = useMe().may('place.change')
  const archived = params['archived'] === '1'
  const { data, error, refetch } = useAll(archived)
  const open = params[noun]
  const show = (id: string | null) => change({ [noun]: id }, { push: true })
  const shown = data?.items.find(({ id }) => id === open)
  useCommands([{ id: `${noun}.new`, name: `Add a ${noun}`, keys: ['n'], section: 'Settings', icon: Plus, when: () => may, perform: () => show('new') }], [noun, may])
  return (
    <Page title={title} detail={detail} actions={may ? <Button command={`${noun}.new`} variant="primary" icon={Plus} /> : null}>
      {error && !data ? <Problem error={error} what="The list" onRetry={() => void refetch()} /> : null}
      {data ? <Table label={title} rows={data.items} keyOf={({ id }) => id} onOpen={({ id }) => show(id)} columns={columns} empty={empty} /> : error ? null : <Skeleton rows={4} />}
      <Switch label={`Show ${noun}s that were put away, too`} checked={archived} onChange={(on) => change({ archived: on ? '1' : null })} />
      {open === 'new' || shown ? drawer(shown ?? null, () => show(null), !may) : null}
    </Page>
  )
}

export interface PutAwayProps {
  kept: Kept
  /** What happens when it goes. */
  says: string
  set: (archived: boolean) => Promise<unknown>
  onDone: () => void
}

/** Puts a thing away, and takes it back: one undoes the other. */
export function PutAway({ kept, says, set, onDone }: PutAwayProps) {
  const back = () => void set(false).then(() => toast({ text: `${kept.name} is back`, tone: 'done' }), (error: unknown) => tellRefusal(error, 'Not taken back'))
  const away = () => void set(true).then(() => { toast({ text: `${kept.name} is put away`, undo: back }); onDone() }, (error: unknown) => tellRefusal(error, 'Not put away'))
  return kept.archivedAt === null
    ? <Section title="Put away" detail={says}><Button onClick={away}>Put {kept.name} away</Button></Section>
    : <Section title="Put away" detail="It can be chosen no more."><Button variant="primary" onClick={back}>Take {kept.name} back</Button></Section>
}
