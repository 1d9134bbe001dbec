import { Button, enter, Form, Link, Problem, Skeleton, takeFocus, TextField, useQueryParams } from '#web'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { people, useMethods } from '../wire.ts'
import { safeDestination, signInWords } from '../words.ts'
import { CodeForm } from './code.tsx'
import { Door } from './door.tsx'
import { FirstRun } from './first-run.tsx'
import { inDoorWords, isCode } from './refused.ts'

/** Address and password, then the code where one is set up; or the company's own service. */
export function SignIn() {
  const { data: methods, error, refetch } = useMethods()
  if (error) return <Door title="Sign in"><Problem error={error} what="The sign-in" onRetry={() => void refetch()} /></Door>
  if (!methods) return <Door title="Sign in"><Skeleton rows={3} /></Door>
  return methods.firstRun ? <FirstRun again={() => void refetch()} /> : <Ways service={methods.oidc?.name ?? null} />
}

function Ways({ service }: { service: string | null }) {
  const [{ to, problem: code }] = useQueryParams()
  const [given, setGiven] = useState({ email: '', password: '' })
  const [step, setStep] = useState<'password' | 'code'>('password')
  const send = async (code?: string) => {
    await people('POST /api/v1/sign-ins', { body: { ...given, email: given.email.trim(), ...(code ? { code } : {}) } })
    enter(safeDestination(to))
  }
  if (step === 'code') return <CodeForm who={given.email} send={send} back={() => setStep('password')} />
  return (
    <Door title="Sign in" foot={<Link href="/sign-in/forgotten">Forgot your password?</Link>}>
      <PasswordForm given={given} set={setGiven} send={send} needsCode={() => setStep('code')} refused={code ? signInWords(code) ?? 'That service did not let you in.' : null} />
      {service ? <Service name={service} to={safeDestination(to)} /> : null}
    </Door>
  )
}

interface PasswordFormProps {
  given: { email: string; password: string }
  set: (given: { email: string; password: string }) => void
  send: () => Promise<void>
  needsCode: () => void
  /** Why the way through another service ended here. */
  refused: string | null
}

function PasswordForm({ given, set, send, needsCode, refused }: PasswordFormProps) {
  const [problem, setProblem] = useState<unknown>(refused ? new Error(refused) : null)
  const [busy, setBusy] = useState(false)
  const submit = async () => {
    if (given.email.trim() === '' || given.password === '') return setProblem(new Error('Write your address and your password.'))
    setBusy(true)
    setProblem(null)
    try {
      await send()
    } catch (error) {
      setBusy(false)
      if (isCode(error, 'signIn.codeNeeded')) return needsCode()
      setProblem(error)
    }
  }
  return (
    <Form label="Sign in" onSubmit={() => void submit()} actions={<Button type="submit" variant="primary" busy={busy}>Sign in</Button>}>
      <TextField label="Mail address" type="email" name="email" autoComplete="username" ref={takeFocus} value={given.email} onChange={(email) => set({ ...given, email })} />
      <TextField label="Password" type="password" name="password" autoComplete="current-password" value={given.password} onChange={(password) => set({ ...given, password })} />
      {problem ? <p className="form-problem" role="alert">{inDoorWords(problem)}</p> : null}
    </Form>
  )
}

const Service = ({ name, to }: { name: string; to: string }) => (
  <div className="people-door-or">
    <span>or</span>
    <a className="button button-secondary" href={`/api/v1/sign-ins/oidc?to=${encodeURIComponent(to)}`}><KeyRound size={15} aria-hidden /><span className="button-word">Continue with {name}</span></a>
  </div>
)
