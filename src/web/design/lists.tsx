import { useCallback, useState } from 'react'
import { Button } from '../parts/button.tsx'
import { Count } from '../parts/figures.tsx'
import { VirtualList } from '../parts/list.tsx'
import { Dot, type Tone } from '../parts/marks.tsx'
import { Table, type Column, type Sorting } from '../parts/table.tsx'
import { Duration } from '../parts/time.tsx'

interface Row { id: string; subject: string; tone: Tone; word: string }

const SUBJECTS = ['Payout of 4 Nov not received', 'Refund not arrived', 'Webhook failing since this morning', 'How do I change the bank account of my business, and how long does that take?', 'Dispute evidence']
const STATES: [Tone, string][] = [['late', 'breached'], ['soon', 'breaches soon'], ['info', 'open'], ['neutral', 'new'], ['done', 'solved']]
const rowOf = (number: number): Row => ({ id: String(number), subject: `${SUBJECTS[number % 5] ?? ''} #${number}`, tone: STATES[number % 5]?.[0] ?? 'neutral', word: STATES[number % 5]?.[1] ?? '' })
const TEN_THOUSAND = Array.from({ length: 10_000 }, (_, index) => rowOf(20_000 - index))

export function Lists() {
  const [rows, setRows] = useState(TEN_THOUSAND)
  const [selected, setSelected] = useState<string | null>('19998')
  const draw = useCallback((row: Row) => <div className="design-list-row"><Dot tone={row.tone} label={row.word} /><span className="one-line">{row.subject}</span></div>, [])
  const comes = () => setRows((now) => [rowOf(Number(now[0]?.id ?? 0) + 1), ...now])
  return (
    <div className="design-stack">
      <div className="design-list"><VirtualList label="Ten thousand cases" items={rows} keyOf={keyOf} row={draw} selected={selected} onSelect={setSelected} globalKeys={false} scope="design" /></div>
      <div className="design-row"><Button size="small" onClick={comes}>One comes in</Button><Button size="small" onClick={() => setRows((now) => now.filter(({ id }) => id !== selected))}>The selected one goes</Button></div>
    </div>
  )
}

const keyOf = (row: Row) => row.id

interface Queue { name: string; open: number; wait: number }
const QUEUES: Queue[] = [{ name: 'Payouts', open: 128, wait: 5_400_000 }, { name: 'Disputes', open: 41, wait: 1_500_000 }, { name: 'Onboarding and verification', open: 1207, wait: 93_600_000 }]
const COLUMNS: Column<Queue>[] = [
  { id: 'name', name: 'Queue', cell: ({ name }) => name, sortable: true },
  { id: 'open', name: 'Open', align: 'right', sortable: true, cell: ({ open }) => <Count value={open} /> },
  { id: 'wait', name: 'Longest wait', align: 'right', sortable: true, cell: ({ wait }) => <Duration ms={wait} /> },
]

export function Tables() {
  const [sorting, setSorting] = useState<Sorting>({ by: 'open', down: true })
  const value = (queue: Queue) => (sorting.by === 'open' ? queue.open : sorting.by === 'wait' ? queue.wait : queue.name)
  const sorted = [...QUEUES].sort((a, b) => (value(a) < value(b) ? -1 : 1) * (sorting.down ? -1 : 1))
  return <Table label="Queues" columns={COLUMNS} rows={sorted} keyOf={({ name }) => name} sorting={sorting} onSort={setSorting} onOpen={() => {}} />
}
