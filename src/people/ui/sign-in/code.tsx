import { Button, Form, takeFocus, TextField } from '#web'
import { useState } from 'react'
import { Door } from './door.tsx'
import { inDoorWords } from './refused.ts'

export interface CodeFormProps {
  who: string
  send: (code: string) => Promise<void>
  back: () => void
}

/** The second factor: six digits of the telephone, or a code on paper. */
export function CodeForm({ who, send, back }: CodeFormProps) {
  const [kind, setKind] = useState<'totp' | 'paper'>('totp')
  const other = () => setKind((now) => (now === 'totp' ? 'paper' : 'totp'))
  return (
    <Door
      title={kind === 'totp' ? 'Enter your code' : 'Enter a recovery code'}
      says={kind === 'totp' ? <>The six digits that your authenticator shows for <strong>{who}</strong>.</> : 'One of the ten codes that you kept when you set the second factor up. Each works once.'}
      foot={<><button type="button" className="people-link" onClick={other}>{kind === 'totp' ? 'Use a recovery code' : 'Use the authenticator'}</button><button type="button" className="people-link" onClick={back}>Back</button></>}
    >
      <OneCode key={kind} kind={kind} send={send} />
    </Door>
  )
}

function OneCode({ kind, send }: { kind: 'totp' | 'paper'; send: (code: string) => Promise<void> }) {
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (text: string) => {
    if (text.trim() === '' || busy) return
    setBusy(true)
    try {
      await send(text)
    } catch (error) {
      setProblem(error)
      setCode('')
      setBusy(false)
    }
  }
  const write = (text: string) => {
    setCode(text)
    setProblem(null)
    // The last digit is all that was missing.
    if (kind === 'totp' && /^\d{6}$/.test(text.replace(/\s/g, ''))) void submit(text)
  }
  return (
    <Form label="Second factor" onSubmit={() => void submit(code)} actions={<Button type="submit" variant="primary" busy={busy}>Continue</Button>}>
      <TextField
        label={kind === 'totp' ? 'Code' : 'Recovery code'} name="code" mono ref={takeFocus} autoComplete={kind === 'totp' ? 'one-time-code' : 'off'} inputMode={kind === 'totp' ? 'numeric' : 'text'}
        placeholder={kind === 'totp' ? '123 456' : 'xxxx-xxxx-xxxx'} value={code} onChange={write} error={problem ? inDoorWords(problem) : null} className={kind === 'totp' ? 'people-code' : ''}
      />
    </Form>
  )
}
