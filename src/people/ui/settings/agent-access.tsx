import { Button, Dialog, Section, tellRefusal, Time, toast } from '#web'
import { Copy, Link2, LogOut } from 'lucide-react'
import { useState } from 'react'
import { people, type Agent, type IssuedLink } from '../wire.ts'

/** The one-time link that lets somebody in: made on demand, shown once, copied. */
export function Invitation({ agent }: { agent: Agent }) {
  const [issued, setIssued] = useState<IssuedLink | null>(null)
  const [busy, setBusy] = useState(false)
  const make = async () => {
    setBusy(true)
    await people('POST /api/v1/agents/:id/invitations', { params: { id: agent.id } }).then(setIssued, (error: unknown) => tellRefusal(error, 'No link was made'))
    setBusy(false)
  }
  const known = agent.waysIn?.password ?? false
  return (
    <Section title={known ? 'A new password' : 'Invitation'} detail={issued ? undefined : sentence(agent)}>
      {issued ? <TheLink issued={issued} /> : <Button icon={Link2} busy={busy} onClick={() => void make()} variant={known && !agent.waysIn?.resetAskedAt ? 'secondary' : 'primary'}>{known ? 'Make a link for a new password' : 'Make the invitation link'}</Button>}
    </Section>
  )
}

function sentence({ name, waysIn }: Agent) {
  if (waysIn?.resetAskedAt) return <>{name} has asked for a new password <Time at={waysIn.resetAskedAt} />.</>
  if (waysIn?.password) return `A link with which ${name} sets another password. It ends the sessions that there are.`
  if (waysIn?.link) return <>A link was made that works until <Time at={waysIn.link.expiresAt} form="date" />. A new one ends it.</>
  return `A link with which ${name} sets a password and comes in. Hand it on by a way that only ${name} reads.`
}

function TheLink({ issued }: { issued: IssuedLink }) {
  const copy = () => void navigator.clipboard.writeText(issued.link).then(() => toast({ text: 'Link copied', tone: 'done' }), () => toast({ text: 'The browser does not let this page copy', tone: 'late' }))
  return (
    <div className="people-secret">
      <output aria-label="The one-time link">{issued.link}</output>
      <div className="people-secret-foot"><Button icon={Copy} variant="primary" onClick={copy}>Copy the link</Button><span className="people-quiet">Works once, until <Time at={issued.expiresAt} form="date" />. It is shown only now.</span></div>
    </div>
  )
}

export function SessionsOf({ agent }: { agent: Agent }) {
  const end = () => void people('DELETE /api/v1/agents/:id/sessions', { params: { id: agent.id } }).then(
    ({ ended }) => toast({ text: ended === 0 ? `${agent.name} is signed in nowhere` : `${ended === 1 ? 'One session' : `${ended} sessions`} of ${agent.name} ended`, tone: 'done' }),
    (error: unknown) => tellRefusal(error, 'Not signed out'))
  return (
    <Section title="Sessions" detail={agent.waysIn?.lastSeenAt ? <>Last seen <Time at={agent.waysIn.lastSeenAt} />.</> : 'Never signed in.'}>
      <Button icon={LogOut} onClick={end}>Sign {agent.name} out everywhere</Button>
    </Section>
  )
}

/** For somebody whose telephone and recovery codes are gone. Asked before: it weakens the account until it is set up anew. */
export function SecondFactorOf({ agent }: { agent: Agent }) {
  const [asking, setAsking] = useState(false)
  if (!agent.waysIn?.totp) return null
  const remove = () => void people('DELETE /api/v1/agents/:id/totp', { params: { id: agent.id } }).then(
    () => { toast({ text: `The second factor of ${agent.name} is removed`, tone: 'done' }); setAsking(false) }, (error: unknown) => tellRefusal(error, 'Not removed'))
  return (
    <Section title="Second factor" detail="Set up. Remove it only for somebody who has lost the telephone and the recovery codes.">
      <Button onClick={() => setAsking(true)}>Remove ...</Button>
      {asking ? (
        <Dialog
          open size="small" onClose={() => setAsking(false)} title={`Remove the second factor of ${agent.name}?`}
          footer={<><Button onClick={() => setAsking(false)}>Cancel</Button><Button variant="danger" onClick={remove}>Remove it</Button></>}
        >
          <p>The password alone lets {agent.name} in, until a new one is set up. Make sure that it is really {agent.name} who asks.</p>
        </Dialog>
      ) : null}
    </Section>
  )
}

/** Letting somebody go, and taking them back: one undoes the other. */
export function Leaving({ agent, onClose }: { agent: Agent; onClose: () => void }) {
  const params = { params: { id: agent.id } }
  const back = () => void people('DELETE /api/v1/agents/:id/deactivation', params).then(() => toast({ text: `${agent.name} is back. A new link lets them in.`, tone: 'done' }), (error: unknown) => tellRefusal(error, 'Not taken back'))
  const leave = () => void people('PUT /api/v1/agents/:id/deactivation', params).then(
    () => { toast({ text: `${agent.name} is deactivated`, undo: back }); onClose() }, (error: unknown) => tellRefusal(error, 'Not deactivated'))
  return agent.deactivated
    ? <Section title="Deactivated" detail={agent.deactivatedAt ? <>Since <Time at={agent.deactivatedAt} form="date" />. The history stays; cases can be handed to others.</> : null}><Button onClick={back}>Take {agent.name} back</Button></Section>
    : <Section title="Deactivate" detail="Ends all sessions and links at once. What they did stays, under their name."><Button variant="danger" onClick={leave}>Deactivate {agent.name}</Button></Section>
}
