import { ArrowDown, ArrowUp, Plus } from 'lucide-react'
import { Badge, Button, Count, Empty, IconButton, Page, Problem, queries, Skeleton, Switch, Table, tellRefusal, useCommands, useMe, useQueryParams, type Column } from '#web'
import { triggerWords } from '../../rules/model.ts'
import { api } from '../data.ts'
import { useRules, type Rule } from './data.ts'
import { RuleEditor } from './editor.tsx'
import './rules.css'

/** Rules in their order; `?rule=` opens one. */
export default function RulesPage() {
  const [params, change] = useQueryParams()
  const may = useMe().may('rule.change')
  const open = params['rule'] ?? null
  const show = (id: string | null) => change({ rule: id }, { push: true })
  useCommands([{ id: 'rule.new', name: 'Write a rule', keys: ['n'], section: 'Rules', icon: Plus, when: () => may && open === null, perform: () => show('new') }], [may, open])
  if (open !== null) return <RuleEditor key={open} id={open === 'new' ? null : open} onClose={() => show(null)} onMade={(id) => change({ rule: id })} />
  return (
    <Page wide title="Rules" detail="They act on cases by themselves, from the top down; each sees a case as those before it left it." actions={may ? <Button command="rule.new" variant="primary" icon={Plus} /> : null}>
      <RuleList archived={params['archived'] === '1'} may={may} onOpen={show} />
      <Switch label="Show rules that were put away" checked={params['archived'] === '1'} onChange={(on) => change({ archived: on ? '1' : null })} />
    </Page>
  )
}

const refresh = () => queries.invalidateQueries({ queryKey: ['rules'] })

function RuleList({ archived, may, onOpen }: { archived: boolean; may: boolean; onOpen: (id: string) => void }) {
  const { data, error, refetch } = useRules(archived)
  if (error && !data) return <Problem error={error} what="The rules" onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={5} />
  const order = data.items.map(({ id }) => id)
  const move = (id: string, by: number) => {
    const [from, next] = [order.indexOf(id), order.filter((other) => other !== id)]
    next.splice(from + by, 0, id)
    void api('PUT /api/v1/rules/order', { body: { rules: next } }).then(refresh, (problem: unknown) => tellRefusal(problem, 'Not moved'))
  }
  const set = (rule: Rule, active: boolean) => void api('PATCH /api/v1/rules/:id', { params: { id: rule.id }, body: { active }, ifMatch: rule.version })
    .then(refresh, (problem: unknown) => { tellRefusal(problem, active ? 'Not switched on' : 'Not switched off'); void refresh() })
  const columns: Column<Rule>[] = [
    { id: 'name', name: 'Rule', cell: (rule) => <div className="desk-cell"><span className="desk-cell-name">{rule.name}{rule.last ? <Badge>Ends here</Badge> : null}</span><span className="desk-cell-detail">{triggerWords(rule.trigger)}{rule.condition ? <>: <code>{rule.condition}</code></> : null}</span></div> },
    { id: 'lately', name: 'In 30 days', align: 'right', wideOnly: true, cell: ({ lately }) => <Lately lately={lately} /> },
    { id: 'active', name: 'On', cell: (rule) => <span onClick={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()} role="presentation"><Switch label={`${rule.name}: on`} hideLabel checked={rule.active} disabled={!may || rule.archived} onChange={(on) => set(rule, on)} /></span> },
    ...(may && !archived ? [{ id: 'order', name: '', cell: ({ id, name }: Rule) => (
      <span className="desk-rule-order" onClick={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()} role="presentation">
        <IconButton icon={ArrowUp} size="small" label={`Move ${name} up`} disabled={order[0] === id} onClick={() => move(id, -1)} />
        <IconButton icon={ArrowDown} size="small" label={`Move ${name} down`} disabled={order.at(-1) === id} onClick={() => move(id, 1)} />
      </span>
    ) }] : []),
  ]
  return <Table label="Rules" columns={columns} rows={data.items} keyOf={({ id }) => id} onOpen={({ id }) => onOpen(id)} empty={<Empty title={archived ? 'No rule was put away' : 'No rules yet'}>{archived ? 'Rules that are put away stand here with all they did.' : 'A rule tags, sorts, assigns or answers cases by itself, when something happens or after a time. Each can be tried on the last month first.'}</Empty>} />
}

const Lately = ({ lately }: { lately: Rule['lately'] }) => (
  <span className="desk-rule-lately"><Count value={lately.applied} />{lately.refused > 0 ? <Badge tone="late">{lately.refused} refused</Badge> : null}{lately.looped > 0 ? <Badge tone="soon">{lately.looped} held</Badge> : null}</span>
)
