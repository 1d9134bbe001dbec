import { Badge, Button, Bytes, Id, Link, Problem, Section, Skeleton, tellRefusal, Time, toast, useCommands, useMe, useTitle } from '#web'
import { Download, RotateCw, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { Facts } from './facts.tsx'
import { StateBadge } from './state.tsx'
import { incoming, useMailboxes, useRawMail, type RawMail } from './wire.ts'
import { rawMailWords, wayNames } from './words.ts'

/** One mail as it came in: what it became and why. */
export function RawMailView({ id }: { id: string }) {
  const { data: mail, error, refetch } = useRawMail(id)
  useTitle(mail ? mail.subject || 'A mail without a subject' : null)
  if (error) return <Problem error={error} what="The mail" onRetry={() => void refetch()} />
  if (!mail) return <div className="channels-mail"><Skeleton width="60%" height={20} /><Skeleton rows={4} /></div>
  return (
    <article className="channels-mail">
      <header className="channels-mail-head">
        
        <h1 className="channels-mail-subject">{mail.subject || 'No subject'}</h1>
        <p className="channels-mail-line">{mail.from || mail.envelopeFrom || 'No sender'}<span className="channels-between">·</span><Time at={mail.receivedAt} form="full" /></p>
      </header>
      <RawFate mail={mail} />
      <RawFacts mail={mail} />
    </article>
  )
}

function RawFate({ mail }: { mail: RawMail }) {
  const open = useMe().may('rawMail.replay') && mail.state !== 'done' && mail.state !== 'received'
  const [busy, setBusy] = useState(false)
  const said = rawMailWords(mail)
  const replay = async () => {
    setBusy(true)
    await incoming('POST /api/v1/raw-mails/:id/replays', { params: { id: mail.id } }).then(() => toast({ text: 'It is read again now', tone: 'done' }), (error: unknown) => tellRefusal(error, 'Not read again'))
    setBusy(false)
  }
  useCommands([{ id: 'rawMail.replay', name: 'Read this mail again', keys: ['t'], section: 'Raw mails', icon: RotateCw, when: () => open && !busy, perform: () => void replay() }], [mail.id, open, busy])
  return (
    <div className={`channels-fate channels-fate-${said.tone}`}>
      <div className="channels-fate-words">
        <StateBadge said={said} />
        <p>{said.why}{mail.case ? <>{said.why ? ' ' : ''}<Link href={`/cases/${mail.case}`}>Case #{mail.case}</Link></> : null}</p>
      </div>
      {open ? <div className="channels-fate-actions"><Button command="rawMail.replay" variant={mail.state === 'failed' ? 'primary' : 'secondary'} icon={RotateCw} busy={busy}>{mail.state === 'failed' ? 'Read it again' : 'Take it in all the same'}</Button></div> : null}
    </div>
  )
}

function RawFacts({ mail }: { mail: RawMail }) {
  const mailbox = useMailboxes().data?.items.find(({ id }) => id === mail.mailboxId)
  return (
    <Section title="As it came in" compact actions={<a className="button button-quiet button-small" href={`/api/v1/raw-mails/${mail.id}/content`} download><Download size={14} aria-hidden /><span className="button-word">Download .eml</span></a>}>
      <Facts facts={[
        ['Mailbox', mailbox?.address], ['Came by', wayNames[mail.way] ?? mail.way], ['Size', <Bytes key="size" value={mail.size} />],
        ['Envelope sender', mail.envelopeFrom === '' ? 'none: it wants no answer' : mail.envelopeFrom], ['Envelope recipients', mail.envelopeTo.join(', ')],
        ['Card numbers', mail.maskedCards > 0 ? <Badge key="cards" tone="info" icon={ShieldCheck}>{mail.maskedCards === 1 ? 'one was masked' : `${mail.maskedCards} were masked`} before anything was kept</Badge> : null],
        ['Its id here', <Id key="id" value={mail.id} />],
      ]} />
    </Section>
  )
}
