import { Check, ChevronsUpDown, X } from 'lucide-react'
import { Popover as Radix } from 'radix-ui'
import { useId, useState, type KeyboardEvent } from 'react'
import type { Icon } from '../room.ts'
import { fuzzy } from '../commands/fuzzy.ts'
import { classes } from './classes.ts'
import { Field, type ControlProps, type FieldProps } from './field.tsx'

export interface ComboboxOption {
  value: string
  label: string
  detail?: string
  icon?: Icon
}

export interface ComboboxProps extends FieldProps {
  value: string | null
  onChange: (value: string | null) => void
  options: readonly ComboboxOption[]
  /** Called with what is written, when the options come from the server; then nothing is filtered here. */
  onSearch?: (text: string) => void
  placeholder?: string
  /** May be emptied again. */
  clearable?: boolean
  disabled?: boolean
  busy?: boolean
  /** Shown when nothing fits. */
  nothing?: string
}

/** One of a long list, found by writing. Arrow keys, Enter, Escape as in the ARIA combobox pattern. */
export function Combobox({ value, onChange, options, onSearch, placeholder = 'Search ...', clearable, disabled, busy, nothing = 'Nothing fits', ...field }: ComboboxProps) {
  return (
    <Field {...field}>
      {(control) => <Box {...{ value, onChange, options, onSearch, placeholder, clearable, disabled, busy, nothing, control }} />}
    </Field>
  )
}

type BoxProps = Pick<ComboboxProps, 'value' | 'onChange' | 'options'> & {
  onSearch: ((text: string) => void) | undefined
  placeholder: string
  clearable: boolean | undefined
  disabled: boolean | undefined
  busy: boolean | undefined
  nothing: string
  control: ControlProps
}

function Box({ value, onChange, options, onSearch, placeholder, clearable, disabled, busy, nothing, control }: BoxProps) {
  const list = useId()
  const [text, setText] = useState<string | null>(null)
  const [at, setAt] = useState(0)
  const chosen = options.find((option) => option.value === value)
  const open = text !== null
  const shown = onSearch || !text ? options : fuzzy(options, text, (option) => `${option.label} ${option.detail ?? ''}`)
  const search = (next: string | null) => { setText(next); setAt(0); if (next !== null) onSearch?.(next) }
  const choose = (option: ComboboxOption | undefined) => { if (option) onChange(option.value); search(null) }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!open) return search('')
      setAt((now) => Math.max(0, Math.min(shown.length - 1, now + (event.key === 'ArrowDown' ? 1 : -1))))
    } else if (open && event.key === 'Enter') { event.preventDefault(); choose(shown[at]) } else if (open && event.key === 'Escape') { event.preventDefault(); search(null) }
  }
  return (
    <Radix.Root open={open} onOpenChange={(next) => { if (!next) search(null) }}>
      <Radix.Anchor asChild>
        <span className="input-box combobox">
          <input
            {...control} className="input" role="combobox" aria-expanded={open} aria-controls={list} aria-autocomplete="list" aria-activedescendant={open && shown[at] ? `${list}-${at}` : undefined} autoComplete="off"
            placeholder={placeholder} disabled={disabled} value={text ?? chosen?.label ?? ''} onChange={(event) => search(event.target.value)}
            onClick={() => { if (!open) search('') }} onKeyDown={onKeyDown} onBlur={() => search(null)}
          />
          {clearable && value !== null && !disabled ? <button type="button" className="input-clear" aria-label="Clear" onClick={() => onChange(null)}><X size={14} aria-hidden /></button> : <ChevronsUpDown size={14} aria-hidden className="input-icon" />}
        </span>
      </Radix.Anchor>
      <Radix.Portal>
        <Radix.Content className="floats menu combobox-list" sideOffset={4} collisionPadding={8} onOpenAutoFocus={(event) => event.preventDefault()} onCloseAutoFocus={(event) => event.preventDefault()}>
          <div role="listbox" id={list} aria-label={placeholder}>
            {shown.map((option, index) => <ComboboxRow key={option.value} id={`${list}-${index}`} option={option} at={index === at} chosen={option.value === value} choose={() => choose(option)} />)}
          </div>
          {shown.length === 0 ? <p className="menu-nothing">{busy ? 'Searching ...' : nothing}</p> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function ComboboxRow({ id, option, at, chosen, choose }: { id: string; option: ComboboxOption; at: boolean; chosen: boolean; choose: () => void }) {
  const Drawn = option.icon
  return (
    <div
      id={id} role="option" tabIndex={-1} aria-selected={chosen} className={classes('menu-item', at && 'menu-item-at')} ref={(element) => { if (at) element?.scrollIntoView({ block: 'nearest' }) }}
      onPointerDown={(event) => { event.preventDefault(); choose() }}
    >
      {Drawn ? <Drawn size={15} aria-hidden /> : null}
      <span>{option.label}</span>
      {option.detail ? <span className="menu-detail">{option.detail}</span> : null}
      {chosen ? <Check size={14} aria-hidden className="menu-check" /> : null}
    </div>
  )
}
