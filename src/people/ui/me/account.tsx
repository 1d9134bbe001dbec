import { Button, etagOf, Form, Page, Problem, Section, Select, Skeleton, tellRefusal, TextField, toast } from '#web'
import { useState } from 'react'
import { NewPassword } from '../new-password.tsx'
import { presences } from '../../agents/model.ts'
import { knowMyself, people, useMyself, type MeView } from '../wire.ts'
import { judgePassword, presenceWords } from '../words.ts'
import { SecondFactor } from './second-factor.tsx'
import { Sessions } from './sessions.tsx'
import { ZoneField } from './zone-field.tsx'

/** What everybody sets for themselves. */
export function MyAccount() {
  const { data: me, error, refetch } = useMyself()
  if (error && !me) return <Problem error={error} what="Your account" onRetry={() => void refetch()} />
  return (
    <Page title="Your account" detail={me ? `${me.email ?? ''}${me.team ? ` · ${me.team.name}` : ''}${me.site ? ` · ${me.site.name}` : ''}` : undefined}>
      {me ? <><Profile me={me} /><Presence me={me} /><Password me={me} /><SecondFactor me={me} /><Sessions /></> : <Skeleton rows={8} />}
    </Page>
  )
}

function Profile({ me }: { me: MeView }) {
  const [name, setName] = useState(me.name)
  const [zone, setZone] = useState<string | null>(me.timeZone)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const changed = name.trim() !== me.name || zone !== me.timeZone
  const save = async () => {
    setBusy(true)
    const seen = etagOf(me)
    try {
      const answer = await people('PATCH /api/v1/me', { body: { name: name.trim(), timeZone: zone }, ...(seen ? { ifMatch: seen } : {}) })
      knowMyself(answer)
      setProblem(null)
      toast({ text: 'Saved', tone: 'done' })
    } catch (error) {
      setProblem(error)
    }
    setBusy(false)
  }
  return (
    <Section title="Profile">
      <div className="people-narrow">
        <Form label="Profile" problem={problem} onSubmit={() => void save()} actions={<Button type="submit" variant="primary" disabled={!changed} busy={busy}>Save</Button>}>
          <TextField label="Name" name="name" autoComplete="name" hint="Colleagues and customers see it." value={name} onChange={setName} />
          <ZoneField label="Time zone" value={zone} onChange={setZone} hint="All times are shown in it." empty={`That of the browser: ${Intl.DateTimeFormat().resolvedOptions().timeZone}`} />
        </Form>
      </div>
    </Section>
  )
}

function Presence({ me }: { me: MeView }) {
  const set = (presence: (typeof presences)[number]) => {
    knowMyself({ ...me, presence })
    people('PUT /api/v1/me/presence', { body: { presence } }).catch((error: unknown) => { knowMyself(me); tellRefusal(error, 'Not changed') })
  }
  return (
    <Section title="Presence" detail="Whether work may come to you. It becomes Off when you sign out everywhere.">
      <div className="people-narrow"><Select label="Presence" hideLabel value={me.presence ?? 'off'} onChange={set} options={presences.map((value) => ({ value, label: presenceWords[value].name, detail: presenceWords[value].says }))} /></div>
    </Section>
  )
}

function Password({ me }: { me: MeView }) {
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const about = { name: me.name, email: me.email ?? '' }
  const save = async () => {
    setBusy(true)
    try {
      await people('PUT /api/v1/me/password', { body: { password, ...(me.passwordSet ? { current } : {}) } })
      setCurrent('')
      setPassword('')
      setProblem(null)
      toast({ text: 'Your password is changed, and your other sessions have ended', tone: 'done' })
    } catch (error) {
      setProblem(error)
    }
    setBusy(false)
  }
  return (
    <Section title="Password" detail={me.passwordSet ? 'A new one ends your sessions in other browsers.' : 'You sign in through another service. A password lets you in without it.'}>
      <div className="people-narrow">
        <Form label="Password" problem={problem} onSubmit={() => void save()} actions={<Button type="submit" disabled={!judgePassword(password, about).fits || (me.passwordSet && current === '')} busy={busy}>{me.passwordSet ? 'Change the password' : 'Set a password'}</Button>}>
          <input type="hidden" name="username" autoComplete="username" value={me.email ?? ''} readOnly />
          {me.passwordSet ? <TextField label="Present password" name="current" type="password" autoComplete="current-password" value={current} onChange={setCurrent} /> : null}
          <NewPassword label="New password" about={about} value={password} onChange={setPassword} />
        </Form>
      </div>
    </Section>
  )
}
