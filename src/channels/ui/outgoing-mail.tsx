import { Button, Bytes, Id, Link, Problem, Section, Skeleton, Tabs, tellRefusal, Time, toast, useCommands, useMe, useTitle } from '#web'
import { Check, Download, FileText, RotateCw, X } from 'lucide-react'
import { useState } from 'react'
import { Facts } from './facts.tsx'
import { StateBadge } from './state.tsx'
import { outgoing, useOutgoingMail, type FullMail } from './wire.ts'
import { outgoingWords, peopleWords } from './words.ts'

/** One outgoing mail: what became of it, and what its bytes say. */
export function OutgoingMailView({ id }: { id: string }) {
  const { data: mail, error, refetch } = useOutgoingMail(id)
  useTitle(mail?.subject)
  if (error) return <Problem error={error} what="The mail" onRetry={() => void refetch()} />
  if (!mail) return <div className="channels-mail"><Skeleton width="60%" height={20} /><Skeleton rows={6} /></div>
  return (
    <article className="channels-mail" key={mail.id}>
      <Head mail={mail} />
      <Fate mail={mail} />
      <Recipients mail={mail} />
      <Contents mail={mail} />
    </article>
  )
}

function Head({ mail }: { mail: FullMail }) {
  return (
    <header className="channels-mail-head">
      
      <h1 className="channels-mail-subject">{mail.subject || 'No subject'}</h1>
      <p className="channels-mail-line">
        To <span title={mail.to.map(({ address }) => address).join(', ')}>{peopleWords(mail.to)}</span>
        {mail.cc.length > 0 ? <>, copy to <span title={mail.cc.map(({ address }) => address).join(', ')}>{peopleWords(mail.cc)}</span></> : null}
        <span className="channels-between">·</span><Link href={`/cases/${mail.caseNumber}`}>Case #{mail.caseNumber}</Link>
        <span className="channels-between">·</span><Time at={mail.sentAt ?? mail.createdAt} form="full" />
      </p>
    </header>
  )
}

/** What became of it, and what a person can do about it. */
function Fate({ mail }: { mail: FullMail }) {
  const may = useMe().may('outgoingMail.retry')
  const said = outgoingWords(mail)
  const [busy, setBusy] = useState(false)
  const open = may && (mail.state === 'failed' || mail.state === 'uncertain')
  const act = async (send: () => Promise<unknown>, done: string, refused: string) => {
    setBusy(true)
    await send().then(() => toast({ text: done, tone: 'done' }), (error: unknown) => tellRefusal(error, refused))
    setBusy(false)
  }
  const retry = () => void act(() => outgoing('POST /api/v1/outgoing-mails/:id/retries', { params: { id: mail.id } }), 'It is tried again now', 'Not tried again')
  const settle = (outcome: 'sent' | 'failed') => void act(
    () => outgoing('POST /api/v1/outgoing-mails/:id/settlements', { params: { id: mail.id }, body: { outcome } }), outcome === 'sent' ? 'Noted: it arrived' : 'Noted: it did not arrive', 'Not noted')
  useCommands([
    { id: 'outgoingMail.retry', name: 'Try to send again', keys: ['t'], section: 'Outbox', icon: RotateCw, when: () => open && !busy, perform: retry },
    { id: 'outgoingMail.arrived', name: 'It arrived', section: 'Outbox', icon: Check, when: () => open && mail.state === 'uncertain', perform: () => settle('sent') },
    { id: 'outgoingMail.lost', name: 'It did not arrive', section: 'Outbox', icon: X, when: () => open && mail.state === 'uncertain', perform: () => settle('failed') },
  ], [mail.id, mail.state, open, busy])
  return (
    <div className={`channels-fate channels-fate-${said.tone}`}>
      <div className="channels-fate-words">
        <StateBadge said={said} />
        <p>{said.why || <>A server took it <Time at={mail.sentAt ?? mail.createdAt} />.</>}{mail.nextAt && mail.state !== 'sending' ? <> Next try <Time at={mail.nextAt} />.</> : null}</p>
      </div>
      {open ? (
        <div className="channels-fate-actions">
          {mail.state === 'uncertain' ? <><Button onClick={() => settle('sent')} busy={busy}>It arrived</Button><Button onClick={() => settle('failed')} busy={busy}>It did not</Button></> : null}
          <Button command="outgoingMail.retry" variant="primary" icon={RotateCw} busy={busy}>Try again</Button>
        </div>
      ) : null}
    </div>
  )
}

function Recipients({ mail }: { mail: FullMail }) {
  const people = [...mail.to, ...mail.cc]
  return (
    <Section title="Recipients" count={people.length} compact>
      <ul className="channels-recipients">
        {people.map(({ address, name }) => {
          const answer = mail.recipients.find((candidate) => candidate.address === address.toLowerCase() || candidate.address === address)
          return (
            <li key={address}>
              <span className="channels-recipient"><span>{name || address}</span>{name ? <span className="channels-quiet">{address}</span> : null}</span>
              <span className={answer?.outcome === 'refused' ? 'channels-refused' : 'channels-quiet'}>
                {mail.local ? 'kept here' : answer ? `${answer.outcome === 'accepted' ? 'taken' : 'refused'}: ${answer.response}` : 'no answer yet'}
              </span>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

type View = 'text' | 'html' | 'headers'

function Contents({ mail }: { mail: FullMail }) {
  const [view, setView] = useState<View>('text')
  const tabs = [
    { value: 'text' as const, label: 'Text', content: <pre className="channels-text">{mail.text.trim() || 'This mail has no text.'}</pre> },
    ...(mail.html ? [{ value: 'html' as const, label: 'As a mail program shows it', content: <MailFrame html={mail.html} /> }] : []),
    { value: 'headers' as const, label: 'Headers', count: mail.headers.length, content: <Headers mail={mail} /> },
  ]
  return (
    <Section title="The mail" compact actions={<a className="button button-quiet button-small" href={`/api/v1/outbox/${mail.id}/source`} download><Download size={14} aria-hidden /><span className="button-word">Download .eml</span></a>}>
      <Tabs label="Views of the mail" value={view} onChange={setView} tabs={tabs} />
      {mail.attachments.length > 0 ? (
        <ul className="channels-attachments" aria-label="Attachments">
          {mail.attachments.map(({ name, type, size }) => <li key={name} title={type}><FileText size={14} aria-hidden />{name}<span className="channels-quiet"><Bytes value={size} /></span></li>)}
        </ul>
      ) : null}
      <Facts facts={[
        ['Message-ID', <Id key="id" value={mail.internetId} label="Copy the Message-ID" />], ['Written', <Time key="at" at={mail.createdAt} form="full" />],
        ['Tries', mail.attempts === 0 ? 'none yet' : String(mail.attempts)], ['Last answer', mail.response && !mail.local ? <code key="answer">{mail.response}</code> : null],
        ['Problem', mail.problem && mail.problem !== mail.response ? <code key="problem">{mail.problem}</code> : null],
      ]} />
    </Section>
  )
}

/** What most mail programs begin with; the mail's own style comes after. */
const PLAIN = 'body { margin: 16px; font: 14px/1.5 system-ui, sans-serif; overflow-wrap: anywhere }'

/** Nothing in the frame can run, load, or lead anywhere: no permission is given to it, and the page's own policy holds inside too. */
function MailFrame({ html }: { html: string }) {
  return <iframe className="channels-frame" title="The mail as a mail program shows it" sandbox="" srcDoc={`<style>${PLAIN}</style>${html}`} />
}

function Headers({ mail }: { mail: FullMail }) {
  return (
    <dl className="channels-headers">
      {mail.headers.map(({ name, value }, index) => (
        // eslint-disable-next-line react/no-array-index-key -- headers repeat, and never change
        <div key={index}><dt>{name}</dt><dd>{value}</dd></div>
      ))}
    </dl>
  )
}
