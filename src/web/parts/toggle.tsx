import { Check } from 'lucide-react'
import { Checkbox as RadixCheckbox, Switch as RadixSwitch } from 'radix-ui'
import { useId, type ReactNode } from 'react'
import { classes } from './classes.ts'

export interface ToggleProps {
  label: ReactNode
  checked: boolean
  onChange: (checked: boolean) => void
  hint?: ReactNode
  disabled?: boolean
  hideLabel?: boolean
}

/** Yes or no, sent with the rest of a form. */
export function Checkbox({ label, checked, onChange, hint, disabled, hideLabel }: ToggleProps) {
  const id = useId()
  return (
    <div className="toggle">
      <RadixCheckbox.Root id={id} className="checkbox" checked={checked} disabled={disabled} onCheckedChange={(next) => onChange(next === true)} aria-describedby={hint ? `${id}-hint` : undefined}>
        <RadixCheckbox.Indicator><Check size={12} strokeWidth={3} aria-hidden /></RadixCheckbox.Indicator>
      </RadixCheckbox.Root>
      <ToggleWords {...{ id, label, hint, hideLabel }} />
    </div>
  )
}

/** On or off, at once. */
export function Switch({ label, checked, onChange, hint, disabled, hideLabel }: ToggleProps) {
  const id = useId()
  return (
    <div className="toggle">
      <RadixSwitch.Root id={id} className="switch" checked={checked} disabled={disabled} onCheckedChange={onChange} aria-describedby={hint ? `${id}-hint` : undefined}>
        <RadixSwitch.Thumb className="switch-thumb" />
      </RadixSwitch.Root>
      <ToggleWords {...{ id, label, hint, hideLabel }} />
    </div>
  )
}

function ToggleWords({ id, label, hint, hideLabel }: { id: string; label: ReactNode; hint: ReactNode; hideLabel: boolean | undefined }) {
  return (
    <span className="toggle-words">
      <label htmlFor={id} className={classes(hideLabel && 'unseen')}>{label}</label>
      {hint ? <span className="field-hint" id={`${id}-hint`}>{hint}</span> : null}
    </span>
  )
}
