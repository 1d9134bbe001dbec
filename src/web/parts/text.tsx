import type { InputHTMLAttributes, Ref, TextareaHTMLAttributes } from 'react'
import type { Icon } from '../room.ts'
import { classes } from './classes.ts'
import { Field, type FieldProps } from './field.tsx'

export interface TextFieldProps extends Omit<FieldProps, 'name'>, Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value' | 'required' | 'size'> {
  value: string
  onChange: (value: string) => void
  icon?: Icon
  /** For ids, addresses, codes. */
  mono?: boolean
  ref?: Ref<HTMLInputElement>
}

/** One line of text. */
export function TextField({ label, hint, error, name, required, hideLabel, value, onChange, icon: Drawn, mono, className, ...rest }: TextFieldProps) {
  return (
    <Field {...{ label, hint, error, hideLabel }} {...(name ? { name } : {})} {...(required ? { required } : {})}>
      {(control) => (
        <span className={classes('input-box', className)}>
          {Drawn ? <Drawn size={15} aria-hidden className="input-icon" /> : null}
          <input {...rest} {...control} name={name} className={classes('input', mono && 'mono')} value={value} onChange={(event) => onChange(event.target.value)} />
        </span>
      )}
    </Field>
  )
}

export interface TextAreaProps extends Omit<FieldProps, 'name'>, Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange' | 'value' | 'required'> {
  value: string
  onChange: (value: string) => void
  /** Grows with its text, from `rows` on. */
  grows?: boolean
  mono?: boolean
  ref?: Ref<HTMLTextAreaElement>
}

/** Several lines of text. */
export function TextArea({ label, hint, error, name, required, hideLabel, value, onChange, grows = true, mono, className, rows = 3, ...rest }: TextAreaProps) {
  return (
    <Field {...{ label, hint, error, hideLabel }} {...(name ? { name } : {})} {...(required ? { required } : {})}>
      {(control) => (
        <textarea
          {...rest} {...control} name={name} rows={rows} className={classes('input', 'textarea', grows && 'textarea-grows', mono && 'mono', className)}
          value={value} onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
