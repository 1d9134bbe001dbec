import { Tag, TextField, useQuery } from '#web'
import { useId, useState, type KeyboardEvent } from 'react'
import type { CaseAction } from '../../actions/model.ts'
import { normaliseTag } from '../../cases/model.ts'
import { api } from '../data.ts'

interface TagsControlProps {
  action: Extract<CaseAction, { do: 'tag' }>
  onChange: (next: CaseAction) => void
  disabled: boolean
}

/** Tags to put on, and tags to take off. */
export function TagsControl({ action, onChange, disabled }: TagsControlProps) {
  const tags = (add: readonly string[], drop: readonly string[]) => onChange({ do: 'tag', ...(add.length > 0 ? { add: [...add] } : {}), ...(drop.length > 0 ? { drop: [...drop] } : {}) })
  const [add, drop] = [action.add ?? [], action.drop ?? []]
  return (
    <div className="desk-deed-tags">
      <TagsField label="Put on" value={add} disabled={disabled} onChange={(next) => tags(next, drop.filter((tag) => !next.includes(tag)))} />
      <TagsField label="Take off" value={drop} disabled={disabled} onChange={(next) => tags(add.filter((tag) => !next.includes(tag)), next)} />
    </div>
  )
}

interface TagsFieldProps {
  label: string
  value: readonly string[]
  onChange: (next: string[]) => void
  disabled?: boolean
}

/** Tags as they are written: Enter, a comma or leaving the field takes one in; Backspace in the empty field takes the last one out. */
export function TagsField({ label, value, onChange, disabled }: TagsFieldProps) {
  const list = useId()
  const [text, setText] = useState('')
  const inUse = useQuery({ queryKey: ['cases', 'tags'], staleTime: 60_000, queryFn: async () => (await api('GET /api/v1/tags')).items })
  const take = (written: string) => {
    const tags = written.split(',').flatMap((part) => normaliseTag(part) ?? [])
    if (tags.length > 0) onChange([...new Set([...value, ...tags])])
    setText('')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && text.trim() !== '' && !event.ctrlKey && !event.metaKey) { event.preventDefault(); take(text) }
    if (event.key === 'Backspace' && text === '' && value.length > 0) onChange(value.slice(0, -1))
  }
  return (
    <div className="desk-tags-field">
      <TextField label={label} value={text} disabled={disabled} autoComplete="off" list={list} placeholder={value.length === 0 ? 'A tag …' : ''} onChange={(next) => (next.includes(',') ? take(next) : setText(next))} onKeyDown={onKeyDown} onBlur={() => take(text)} />
      <datalist id={list}>{(inUse.data ?? []).filter(({ tag }) => !value.includes(tag)).map(({ tag }) => <option key={tag} value={tag}>{tag}</option>)}</datalist>
      {value.length > 0 ? <div className="desk-tags-chosen">{value.map((tag) => <Tag key={tag} {...(disabled ? {} : { onRemove: () => onChange(value.filter((other) => other !== tag)) })}>{tag}</Tag>)}</div> : null}
    </div>
  )
}
