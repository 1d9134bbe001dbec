import { Button, Form, Link, takeFocus, TextField } from '#web'
import { useState } from 'react'
import { people } from '../wire.ts'
import { Door } from './door.tsx'
import { inDoorWords } from './refused.ts'

/** Asks the administrators for a link. Whether the address is known here is not told. */
export function Forgotten() {
  const [email, setEmail] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const [state, setState] = useState<'asking' | 'sending' | 'asked'>('asking')
  const submit = async () => {
    if (email.trim() === '') return setProblem(new Error('Write your mail address.'))
    setState('sending')
    await people('POST /api/v1/sign-ins/resets', { body: { email: email.trim() } }).then(() => setState('asked'), (error: unknown) => { setProblem(error); setState('asking') })
  }
  if (state === 'asked') {
    return (
      <Door title="Your administrators have been asked" says={<>If <strong>{email.trim()}</strong> belongs to an agent here, the administrators see your request and can hand you a link with which you set a new password.</>}>
        <Link href="/sign-in" className="button button-secondary"><span className="button-word">Back to sign-in</span></Link>
      </Door>
    )
  }
  return (
    <Door title="Forgot your password?" says="An administrator hands you a link with which you set a new one. This tells them that you need it." foot={<Link href="/sign-in">Back to sign-in</Link>}>
      <Form label="Ask for a new password" onSubmit={() => void submit()} actions={<Button type="submit" variant="primary" busy={state === 'sending'}>Ask for a link</Button>}>
        <TextField label="Mail address" type="email" autoComplete="username" ref={takeFocus} value={email} onChange={setEmail} />
        {problem ? <p className="form-problem" role="alert">{inDoorWords(problem)}</p> : null}
      </Form>
    </Door>
  )
}
