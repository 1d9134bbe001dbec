import { ArrowDown, ArrowUp } from 'lucide-react'
import { classes } from '#web'
import type { Column, Sort } from '../../lists/model.ts'
import type { Summary } from '../wire.ts'
import { Choose } from './choose.tsx'
import { drawnColumns, tracksOf } from './columns.tsx'
import { columnNames, sortNames } from './shape.ts'

interface TableHeadProps {
  columns: readonly Column[]
  sort: Sort
  onSort: (sort: Sort) => void
}

const RISING: readonly Sort[] = ['oldest', 'due', 'waiting', 'priority']

/** The names of the columns; those with an order sort by it, the opening in both directions. */
export function TableHead({ columns, sort, onSort }: TableHeadProps) {
  const to = (column: Column): Sort | undefined => (column === 'opened' && sort === 'newest' ? 'oldest' : drawnColumns[column].sort)
  const sorted = (column: Column) => drawnColumns[column].sort === sort || (column === 'opened' && sort === 'oldest')
  return (
    <div className="desk-table-head" style={{ gridTemplateColumns: tracksOf(columns) }}>
      <span /><span>Case</span>
      {columns.map((column) => {
        const next = to(column)
        const shape = classes('desk-table-name', drawnColumns[column].right && 'desk-table-right')
        if (!next) return <span key={column} className={shape}>{columnNames[column]}</span>
        return (
          <button key={column} type="button" className={shape} title={sortNames[next]} onClick={() => onSort(next)}>
            {columnNames[column]}{sorted(column) ? RISING.includes(sort) ? <ArrowUp size={11} aria-hidden /> : <ArrowDown size={11} aria-hidden /> : null}
            {sorted(column) ? <span className="unseen">, {sortNames[sort]}</span> : null}
          </button>
        )
      })}
    </div>
  )
}

interface TableRowProps {
  row: Summary
  columns: readonly Column[]
  /** Under which the list's rows are chosen. */
  listKey: string
  unread: boolean
  onHover: () => void
}

/** A case as a row of the wide table. */
export function TableRow({ row, columns, listKey, unread, onHover }: TableRowProps) {
  return (
    <div className={classes('desk-table-row', unread && 'desk-row-unread')} style={{ gridTemplateColumns: tracksOf(columns) }} onPointerEnter={onHover}>
      <Choose row={row} list={listKey} />
      <span className="desk-row-mark">{unread ? <span className="desk-unread" role="img" aria-label="Unread" /> : null}</span>
      <span className="desk-row-subject" title={row.subject}>{row.subject}</span>
      {columns.map((column) => <span key={column} className={classes(drawnColumns[column].right && 'desk-table-right')}>{drawnColumns[column].cell(row)}</span>)}
    </div>
  )
}

/** What stands above the rows of a group. */
export const GroupHeading = ({ name, count, more }: { name: string; count: number; more: boolean }) => (
  <div className="desk-group"><span>{name}</span><span className="desk-group-count figure">{count.toLocaleString('en')}{more ? '+' : ''}</span></div>
)
