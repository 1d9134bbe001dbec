import { Badge, Button, Dialog, Form, Id, Section, takeFocus, TextField, toast } from '#web'
import { Download, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { knowMyself, people, type MeView } from '../wire.ts'
import { inGroups } from '../words.ts'

/** A second factor: whether it is set up, and the ways to set it up and to remove it. */
export function SecondFactor({ me }: { me: MeView }) {
  const [open, setOpen] = useState(false)
  return (
    <Section title="Second factor" detail="A code of your telephone beside the password, so that a password alone opens nothing.">
      <div className="people-factor">
        {me.totp ? <Badge tone="done" icon={ShieldCheck}>Set up</Badge> : <Badge>Not set up</Badge>}
        {me.totp ? <span className="people-quiet">{me.recoveryCodesLeft === 0 ? 'No recovery code is left; set it up anew to get some.' : `${me.recoveryCodesLeft} recovery codes left`}</span> : null}
        <Button onClick={() => setOpen(true)}>{me.totp ? 'Remove ...' : 'Set up ...'}</Button>
      </div>
      {open ? me.totp ? <Remove me={me} onClose={() => setOpen(false)} /> : <SetUp me={me} onClose={() => setOpen(false)} /> : null}
    </Section>
  )
}

type Step = { at: 'password' } | { at: 'scan'; secret: string; svg: string } | { at: 'codes'; codes: string[] }

function SetUp({ me, onClose }: { me: MeView; onClose: () => void }) {
  const [step, setStep] = useState<Step>({ at: 'password' })
  const done = () => { knowMyself({ ...me, totp: true, recoveryCodesLeft: step.at === 'codes' ? step.codes.length : 0 }); onClose() }
  if (step.at === 'codes') return <Codes codes={step.codes} onClose={done} />
  const begin = async (current: string) => {
    const { secret, svg } = await people('POST /api/v1/me/totp', { body: me.passwordSet ? { current } : {} })
    setStep({ at: 'scan', secret, svg })
  }
  const confirm = async (code: string) => setStep({ at: 'codes', codes: (await people('POST /api/v1/me/totp/confirmations', { body: { code } })).recoveryCodes })
  return (
    <Dialog open onClose={onClose} size="small" title="Set a second factor up" description={step.at === 'password' ? 'First, so that nobody else does it in your name:' : 'Scan this with an authenticator, such as the one of your password manager.'}>
      {step.at === 'scan' ? <>
        <img className="people-qr" alt="A code to scan, with the key that stands below" src={`data:image/svg+xml;utf8,${encodeURIComponent(step.svg)}`} />
        <p className="people-quiet people-key">Or type it: <Id value={step.secret} text={inGroups(step.secret)} label="Copy the key" /></p>
        <OneField key="code" label="The six digits that it shows" code button="Confirm" send={confirm} />
      </> : <OneField key="password" label="Your password" button="Continue" needed={me.passwordSet} send={begin} />}
    </Dialog>
  )
}

interface OneFieldProps {
  label: string
  button: string
  /** Six digits rather than a password. */
  code?: boolean
  needed?: boolean
  send: (text: string) => Promise<void>
}

function OneField({ label, button, code, needed = true, send }: OneFieldProps) {
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const submit = async () => {
    setBusy(true)
    await send(code ? text.replace(/\s/g, '') : text).catch((error: unknown) => { setProblem(error); setBusy(false) })
  }
  return (
    <Form label="Second factor" problem={problem} onSubmit={() => void submit()} actions={<Button type="submit" variant="primary" busy={busy} disabled={needed && text.trim() === ''}>{button}</Button>}>
      {needed ? <TextField label={label} ref={takeFocus} value={text} onChange={setText} {...(code ? { inputMode: 'numeric' as const, autoComplete: 'one-time-code', mono: true, placeholder: '123 456' } : { type: 'password', autoComplete: 'current-password' })} /> : null}
    </Form>
  )
}

/** Shown this once: closing it says that they are kept. */
function Codes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const copy = () => void navigator.clipboard.writeText(codes.join('\n')).then(() => toast({ text: 'Copied', tone: 'done' }), () => toast({ text: 'The browser does not let this page copy', tone: 'late' }))
  return (
    <Dialog
      open onClose={onClose} size="small" title="Keep these recovery codes" description="Each lets you in once when your telephone is gone. They are shown only now."
      footer={<>
        <a className="button button-secondary" download="meridian-recovery-codes.txt" href={`data:text/plain;charset=utf-8,${encodeURIComponent(codes.join('\n'))}`}><Download size={15} aria-hidden /><span className="button-word">Download</span></a>
        <Button onClick={copy}>Copy</Button><Button variant="primary" onClick={onClose}>I have kept them</Button>
      </>}
    >
      <ul className="people-codes" aria-label="Recovery codes">{codes.map((code) => <li key={code}>{code}</li>)}</ul>
    </Dialog>
  )
}

function Remove({ me, onClose }: { me: MeView; onClose: () => void }) {
  const remove = async (current: string) => {
    await people('DELETE /api/v1/me/totp', { body: me.passwordSet ? { current } : {} })
    knowMyself({ ...me, totp: false, recoveryCodesLeft: 0 })
    toast({ text: 'The second factor is removed', tone: 'done' })
    onClose()
  }
  return (
    <Dialog open onClose={onClose} size="small" title="Remove the second factor?" description="Your password alone lets you in then. The recovery codes open nothing any more.">
      <OneField label="Your password" button="Remove it" needed={me.passwordSet} send={remove} />
    </Dialog>
  )
}
