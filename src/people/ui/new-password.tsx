import { classes, TextField } from '#web'
import { useId, type Ref } from 'react'
import { judgePassword } from './words.ts'

export interface NewPasswordProps {
  label: string
  value: string
  onChange: (value: string) => void
  /** Whose it is: what is easily guessed from that is refused. */
  about: { name: string; email: string }
  ref?: Ref<HTMLInputElement>
}

/** A new password with what can be said about it while it is written. */
export function NewPassword({ label, value, onChange, about, ref }: NewPasswordProps) {
  const id = useId()
  const judged = judgePassword(value, about)
  return (
    <div className="people-new-password">
      <TextField label={label} name="password" type="password" autoComplete="new-password" value={value} onChange={onChange} {...(ref ? { ref } : {})} />
      <p id={id} className={classes('field-hint', judged.fits && 'people-fits')} aria-live="polite">{judged.says}</p>
    </div>
  )
}
