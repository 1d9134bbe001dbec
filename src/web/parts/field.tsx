import { createContext, useContext, useId, type FormEvent, type KeyboardEvent, type ReactNode } from 'react'
import { ApiProblem, inWords } from '../api/problem.ts'
import { classes } from './classes.ts'

const FormProblem = createContext<unknown>(null)

export interface FieldProps {
  label?: ReactNode
  /** Says beforehand what is asked for. */
  hint?: ReactNode
  error?: string | null | undefined
  /** As the request's body calls it; the form's refusal is shown at the field that it is about. */
  name?: string
  required?: boolean
  hideLabel?: boolean
}

export interface ControlProps { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined; 'aria-required': true | undefined }

/** A label, what is asked for, and what is wrong, around one control, which gets the ids that tie them together. */
export function Field({ label, hint, error, name, required, hideLabel, children }: FieldProps & { children: (control: ControlProps) => ReactNode }) {
  const id = useId()
  const wrong = error ?? useFieldError(name)
  const described = [hint ? `${id}-hint` : null, wrong ? `${id}-error` : null].filter(Boolean).join(' ')
  return (
    <div className={classes('field', wrong && 'field-wrong')}>
      {label ? <label className={classes('field-label', hideLabel && 'unseen')} htmlFor={id}>{label}</label> : null}
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': wrong ? true : undefined, 'aria-required': required || undefined })}
      {hint ? <p className="field-hint" id={`${id}-hint`}>{hint}</p> : null}
      {wrong ? <p className="field-error" id={`${id}-error`} role="alert">{wrong}</p> : null}
    </div>
  )
}

function useFieldError(name: string | undefined): string | null {
  const problem = useContext(FormProblem)
  if (name === undefined || !(problem instanceof ApiProblem)) return null
  const fault = problem.errors.find(({ path }) => path === name || path === `/${name}` || path.startsWith(`/${name}/`))
  return fault ? FAULTS[fault.code] ?? 'This is not right yet' : null
}

/** The codes of the schema's checks (JSON Schema keywords), in words. */
const FAULTS: Record<string, string> = {
  required: 'This is needed', minLength: 'This is too short', maxLength: 'This is too long', format: 'This has another form than asked for', pattern: 'This has signs in it that cannot stand here',
  minimum: 'This is too small', maximum: 'This is too large', type: 'This has another form than asked for', enum: 'Choose one of the list', unstorableCharacter: 'This has a sign in it that cannot be kept',
}

export interface FormProps {
  children: ReactNode
  onSubmit: () => void
  /** What the last try was refused with. */
  problem?: unknown
  /** The buttons below. */
  actions?: ReactNode
  label?: string
}

/** Fields with the buttons below; a refusal that belongs to no field is said above the buttons. Submits by Enter. */
export function Form({ children, onSubmit, problem, actions, label }: FormProps) {
  const submit = (event: FormEvent) => { event.preventDefault(); onSubmit() }
  // Enter is a new line in a text of several; with mod it sends, as it does everywhere else.
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return
    event.preventDefault()
    event.currentTarget.requestSubmit()
  }
  return (
    <FormProblem value={problem}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- hears what its fields are told */}
      <form className="form" onSubmit={submit} onKeyDown={onKeyDown} noValidate aria-label={label}>
        {children}
        {problem ? <p className="form-problem" role="alert">{inWords(problem)}</p> : null}
        {actions ? <div className="form-actions">{actions}</div> : null}
      </form>
    </FormProblem>
  )
}
