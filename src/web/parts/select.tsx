import { Check, ChevronDown } from 'lucide-react'
import { Select as Radix } from 'radix-ui'
import type { Icon } from '../room.ts'
import { classes } from './classes.ts'
import { Field, type FieldProps } from './field.tsx'

export interface SelectOption<V extends string = string> {
  value: V
  label: string
  icon?: Icon
  detail?: string
  disabled?: boolean
}

export interface SelectProps<V extends string> extends FieldProps {
  value: V | null
  onChange: (value: V) => void
  options: readonly SelectOption<V>[]
  placeholder?: string
  disabled?: boolean
  /** Without a frame of its own, for a line of text or a row. */
  quiet?: boolean
}

/** One of a short list. For long ones, and those that come from the server, take Combobox. */
export function Select<V extends string>({ value, onChange, options, placeholder = 'Choose ...', disabled, quiet, ...field }: SelectProps<V>) {
  const choose = (text: string) => {
    const option = options.find((candidate) => candidate.value === text)
    if (option) onChange(option.value)
  }
  return (
    <Field {...field}>
      {(control) => (
        <Radix.Root value={value ?? ''} onValueChange={choose} {...(disabled ? { disabled } : {})}>
          <Radix.Trigger {...control} className={classes('select', quiet && 'select-quiet')}>
            <span className="select-value"><Radix.Value placeholder={placeholder} /></span>
            <Radix.Icon asChild><ChevronDown size={14} aria-hidden /></Radix.Icon>
          </Radix.Trigger>
          <Radix.Portal>
            <Radix.Content className="floats menu" position="popper" sideOffset={4} collisionPadding={8}>
              <Radix.Viewport>
                {options.map(({ value: word, label, icon: Drawn, detail, disabled: barred }) => (
                  <Radix.Item key={word} value={word} className="menu-item" {...(barred ? { disabled: true } : {})}>
                    {Drawn ? <Drawn size={15} aria-hidden /> : null}
                    <Radix.ItemText>{label}</Radix.ItemText>
                    {detail ? <span className="menu-detail">{detail}</span> : null}
                    <Radix.ItemIndicator className="menu-check"><Check size={14} aria-hidden /></Radix.ItemIndicator>
                  </Radix.Item>
                ))}
              </Radix.Viewport>
            </Radix.Content>
          </Radix.Portal>
        </Radix.Root>
      )}
    </Field>
  )
}
