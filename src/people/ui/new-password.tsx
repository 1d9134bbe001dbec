import { classes, TextField } from '#web'
import { useId } from 'react'
import { judgePassword } from './words.ts'

export interface NewPasswordProps {
  label: string
  value: string
  onChange: (value: string) => void
  /** Whose it is: what is easily guessed from that is refused. */
  about: { name: string; email: string }
  autoFocus?: boolean
}

/** A new password with what can be said about it while it is written. */
export function NewPassword({ label, value, onChange, about, autoFocus }: NewPasswordProps) {
  const id = useId()
  const judged = judgePassword(value, about)
  return (
    <div className="people-new-password">
      <TextField label={label} name="password" type="password" autoComplete="new-password" value={value} onChange={onChange} {...(autoFocus ? { autoFocus } : {})} />
      <p id={id} className={classes('field-hint', judged.fits && 'people-fits')} aria-live="polite">{judged.says}</p>
    </div>
  )
}
