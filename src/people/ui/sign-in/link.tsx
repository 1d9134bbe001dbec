import { Button, enter, Form, inWords, Link, Skeleton, takeFocus, TextField } from '#web'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { normaliseEmail } from '../../agents/model.ts'
import { secretInHash } from '../../links/model.ts'
import { NewPassword } from '../new-password.tsx'
import { people, type LinkCheck } from '../wire.ts'
import { judgePassword } from '../words.ts'
import { CodeForm } from './code.tsx'
import { Door } from './door.tsx'
import { inDoorWords, isCode } from './refused.ts'

type Checked = { state: 'checking' } | { state: 'holds'; link: LinkCheck } | { state: 'refused'; error: unknown }

/** A one-time link: makes the first administrator, lets somebody invited in, or sets a new password. */
export function LinkDoor() {
  const secret = useSyncExternalStore(followHash, () => secretInHash(window.location.hash))
  const [checked, setChecked] = useState<Checked>({ state: 'checking' })
  useEffect(() => {
    if (secret === null) return
    let stale = false
    people('POST /api/v1/sign-ins/links/checks', { body: { token: secret } }).then(
      (link) => { if (!stale) setChecked({ state: 'holds', link }) }, (error: unknown) => { if (!stale) setChecked({ state: 'refused', error }) })
    return () => { stale = true }
  }, [secret])
  if (secret === null) return <NoLink says="The address was cut: what stands behind the # is missing. Copy the whole of it." />
  if (checked.state === 'refused') return isCode(checked.error, 'link.invalid') ? <NoLink says="It was used already, is too old, or a newer one was made. Ask whoever gave it to you for another." /> : <NoLink says={inWords(checked.error)} />
  return checked.state === 'checking' ? <Door title="One moment"><Skeleton rows={3} /></Door> : <LinkForm link={checked.link} secret={secret} />
}

function followHash(changed: () => void) {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

const NoLink = ({ says }: { says: string }) => (
  <Door title="This link does not open anything" says={says}><Link href="/sign-in" className="button button-secondary"><span className="button-word">To the sign-in</span></Link></Door>
)

const titles = { first: 'Set Meridian up', invite: 'Welcome to Meridian', reset: 'Choose a new password' } as const

function titleSays(link: LinkCheck) {
  if (link.purpose === 'first') return 'You become the first administrator. Everybody else is invited by you.'
  return link.purpose === 'invite' ? <>{link.name}, choose a password. You sign in with <strong>{link.email}</strong>.</> : <>For <strong>{link.email}</strong>. Everywhere else you are signed out.</>
}

interface Fields { name: string; email: string; password: string }

function LinkForm({ link, secret }: { link: LinkCheck; secret: string }) {
  const [fields, setFields] = useState<Fields>({ name: link.name ?? '', email: link.email ?? '', password: '' })
  const [step, setStep] = useState<'fields' | 'code'>('fields')
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const first = link.purpose === 'first'
  const send = async (code?: string) => {
    const { password, name, email } = fields
    await people('POST /api/v1/sign-ins/links', { body: { token: secret, password, ...(first ? { name: name.trim(), email: email.trim() } : {}), ...(code ? { code } : {}) } })
    enter()
  }
  const submit = async () => {
    const missing = missingIn(fields, first)
    if (missing) return setProblem(new Error(missing))
    setBusy(true)
    setProblem(null)
    try {
      await send()
    } catch (error) {
      setBusy(false)
      if (isCode(error, 'signIn.codeNeeded')) return setStep('code')
      setProblem(error)
    }
  }
  if (step === 'code') return <CodeForm who={fields.email} send={send} back={() => setStep('fields')} />
  return (
    <Door title={titles[link.purpose]} says={titleSays(link)}>
      <Form label={titles[link.purpose]} onSubmit={() => void submit()} actions={<Button type="submit" variant="primary" busy={busy}>{first ? 'Begin' : link.purpose === 'invite' ? 'Come in' : 'Set the password'}</Button>}>
        {first ? <>
          <TextField label="Your name" name="name" autoComplete="name" ref={takeFocus} value={fields.name} onChange={(name) => setFields((now) => ({ ...now, name }))} />
          <TextField label="Mail address" name="email" type="email" autoComplete="username" hint="You sign in with it." value={fields.email} onChange={(email) => setFields((now) => ({ ...now, email }))} />
        </> : <input type="hidden" name="username" autoComplete="username" value={fields.email} readOnly />}
        <NewPassword label={first ? 'Password' : 'New password'} about={fields} {...(first ? {} : { ref: takeFocus })} value={fields.password} onChange={(password) => setFields((now) => ({ ...now, password }))} />
        {problem ? <p className="form-problem" role="alert">{inDoorWords(problem)}</p> : null}
      </Form>
    </Door>
  )
}

function missingIn(fields: Fields, first: boolean): string | null {
  if (first && fields.name.trim() === '') return 'Write your name; colleagues see it beside what you do.'
  if (first && normaliseEmail(fields.email) === null) return 'Write your mail address, such as ana@example.com.'
  const judged = judgePassword(fields.password, fields)
  return judged.fits ? null : `Choose a longer or less common password. ${judged.says}.`
}
