import { ArrowDown, ArrowUp, ListFilter, Rows3, SlidersHorizontal, Table2 } from 'lucide-react'
import { Button, Checkbox, IconButton, Popover, Select, useCommands, type Choice } from '#web'
import { columns, groupings, sorts, usualColumns, type Column } from '../../lists/model.ts'
import { columnNames, groupingNames, sortNames, tableMode } from './shape.ts'
import type { ShownList } from './shown.ts'

const NONE = 'none'

/** How the list is looked at: table or rows, order, groups, columns. Each is a command, too. */
export function DisplayTools({ shown, narrow, onFilter }: { shown: ShownList; narrow: boolean; onFilter: () => void }) {
  useDisplayCommands(shown, onFilter)
  return (
    <>
      <IconButton icon={ListFilter} command="list.filter" size="small" pressed={shown.filter !== ''} />
      {narrow ? null : <IconButton icon={shown.table ? Rows3 : Table2} command="list.table" size="small" />}
      <Popover label="How the list looks" align="end" trigger={<IconButton icon={SlidersHorizontal} label="How the list looks" size="small" pressed={shown.changed && shown.filter === ''} />}>
        <DisplayOptions shown={shown} table={shown.table && !narrow} />
      </Popover>
    </>
  )
}

function DisplayOptions({ shown, table }: { shown: ShownList; table: boolean }) {
  const { shape, change } = shown
  return (
    <div className="desk-display">
      <Select label="Order" value={shape.sort} onChange={(sort) => change({ sort })} options={sorts.map((sort) => ({ value: sort, label: sortNames[sort] }))} />
      <Select label="Groups" value={shape.grouping ?? NONE} onChange={(to) => change({ grouping: groupings.find((one) => one === to) ?? null })} options={[{ value: NONE, label: 'None' }, ...groupings.map((one) => ({ value: one, label: groupingNames[one] }))]} />
      {table ? <ColumnChoice columns={shape.columns} onChange={(chosen) => change({ columns: chosen })} /> : null}
    </div>
  )
}

/** Columns in their order; those that are not shown stand below. */
export function ColumnChoice({ columns: chosen, onChange }: { columns: readonly Column[]; onChange: (columns: Column[]) => void }) {
  const others = columns.filter((column) => !chosen.includes(column))
  const move = (column: Column, step: 1 | -1) => {
    const at = chosen.indexOf(column)
    const rest = chosen.filter((other) => other !== column)
    const to = Math.max(0, Math.min(rest.length, at + step))
    onChange([...rest.slice(0, to), column, ...rest.slice(to)])
  }
  return (
    <fieldset className="desk-columns">
      <legend>Columns</legend>
      {chosen.map((column, at) => (
        <div key={column} className="desk-column">
          <Checkbox label={columnNames[column]} checked onChange={() => onChange(chosen.filter((other) => other !== column))} />
          <IconButton icon={ArrowUp} label={`${columnNames[column]} further left`} size="small" disabled={at === 0} onClick={() => move(column, -1)} />
          <IconButton icon={ArrowDown} label={`${columnNames[column]} further right`} size="small" disabled={at === chosen.length - 1} onClick={() => move(column, 1)} />
        </div>
      ))}
      {others.map((column) => <div key={column} className="desk-column"><Checkbox label={columnNames[column]} checked={false} onChange={() => onChange([...chosen, column])} /></div>)}
      <Button size="small" variant="quiet" onClick={() => onChange([...usualColumns])}>The usual columns</Button>
    </fieldset>
  )
}

function useDisplayCommands({ shape, change, table }: ShownList, onFilter: () => void) {
  const toggle = (column: Column): Choice => ({
    id: column, name: columnNames[column], current: shape.columns.includes(column),
    perform: () => change({ columns: shape.columns.includes(column) ? shape.columns.filter((other) => other !== column) : [...shape.columns, column] }),
  })
  useCommands([
    { id: 'list.filter', name: 'Filter this list', keys: ['shift+f'], section: 'Lists', icon: ListFilter, perform: onFilter },
    { id: 'list.table', name: table ? 'Show as rows' : 'Show as a table', keys: ['shift+v'], section: 'Lists', words: 'wide columns', perform: () => tableMode.set((now) => !now) },
    { id: 'list.sort', name: 'Order this list', keys: ['shift+o'], section: 'Lists', words: 'sort', question: 'Which first?', choices: () => sorts.map((sort) => ({ id: sort, name: sortNames[sort], current: sort === shape.sort, perform: () => change({ sort }) })) },
    {
      id: 'list.group', name: 'Group this list', keys: ['shift+q'], section: 'Lists', question: 'Group by …',
      choices: () => [{ id: NONE, name: 'No groups', current: shape.grouping === null, perform: () => change({ grouping: null }) }, ...groupings.map((one): Choice => ({ id: one, name: groupingNames[one], current: shape.grouping === one, perform: () => change({ grouping: one }) }))],
    },
    { id: 'list.columns', name: 'Choose columns', keys: ['shift+c'], section: 'Lists', question: 'Show or hide …', when: () => table, choices: () => columns.map(toggle) },
  ], [shape, change, table, onFilter])
}
