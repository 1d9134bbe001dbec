import { ArrowDown, ArrowUp } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { classes } from './classes.ts'

export interface Column<Row> {
  id: string
  /** Empty above buttons. */
  name: string
  cell: (row: Row) => ReactNode
  /** Numbers stand at the right. */
  align?: 'left' | 'right'
  width?: number | string
  /** Its head sorts by it. */
  sortable?: boolean
  /** Left out where there is little room. */
  wideOnly?: boolean
}

export interface Sorting { by: string; down: boolean }

export interface TableProps<Row> {
  /** What the rows are, for those who hear it. */
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
  /** A click on a row, or Enter on it. */
  onOpen?: (row: Row) => void
  sorting?: Sorting
  onSort?: (sorting: Sorting) => void
  /** Shown instead of rows. */
  empty?: ReactNode
}

/** Rows with columns, for up to some hundred; longer lists take VirtualList. */
export function Table<Row>({ label, columns, rows, keyOf, onOpen, sorting, onSort, empty }: TableProps<Row>) {
  if (rows.length === 0 && empty) return <>{empty}</>
  return (
    <div className="table-scroll">
      <table className="table" aria-label={label}>
        <thead><tr>{columns.map((column) => <Head key={column.id} column={column} sorting={sorting} onSort={onSort} />)}</tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} {...(onOpen ? { className: 'table-row-opens', tabIndex: 0, onClick: () => onOpen(row), onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => onRowKey(event, () => onOpen(row)) } : {})}>
              {columns.map((column) => <td key={column.id} className={cellClass(column)}>{column.cell(row)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Head<Row>({ column, sorting, onSort }: { column: Column<Row>; sorting: Sorting | undefined; onSort: ((sorting: Sorting) => void) | undefined }) {
  // A column of buttons needs no name in sight, but one to be heard.
  if (column.name === '') return <th scope="col" className={cellClass(column)} style={column.width === undefined ? undefined : { inlineSize: column.width }}><span className="unseen">Actions</span></th>
  const sorted = sorting?.by === column.id ? sorting : undefined
  return (
    <th scope="col" className={cellClass(column)} style={column.width === undefined ? undefined : { inlineSize: column.width }} aria-sort={sorted ? (sorted.down ? 'descending' : 'ascending') : undefined}>
      {column.sortable && onSort
        ? <button type="button" className="table-sort" onClick={() => onSort({ by: column.id, down: sorted ? !sorted.down : false })}>{column.name}{sorted ? sorted.down ? <ArrowDown size={12} aria-hidden /> : <ArrowUp size={12} aria-hidden /> : null}</button>
        : column.name || <span className="unseen">What can be done</span>}
    </th>
  )
}

const cellClass = <Row,>(column: Column<Row>) => classes(column.align === 'right' && 'right figure', column.wideOnly && 'wide-only') || undefined

function onRowKey(event: KeyboardEvent<HTMLTableRowElement>, open: () => void) {
  if (event.target !== event.currentTarget) return
  const way = event.key === 'ArrowDown' || event.key === 'j' ? event.currentTarget.nextElementSibling : event.key === 'ArrowUp' || event.key === 'k' ? event.currentTarget.previousElementSibling : null
  if (event.key === 'Enter') { event.preventDefault(); open() }
  if (way instanceof HTMLElement) { event.preventDefault(); way.focus() }
}
