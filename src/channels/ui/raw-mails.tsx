import { Empty, Select, Tag, Time, useParams, useQueryParams } from '#web'
import { Inbox, MailOpen } from 'lucide-react'
import { MailPane } from './mail-pane.tsx'
import { RawMailView } from './raw-mail.tsx'
import { StateLine } from './state.tsx'
import { useMailboxes, useRawMails, type RawMail } from './wire.ts'
import { rawMailWords } from './words.ts'

const states = [
  { value: 'all', label: 'All states' }, { value: 'failed', label: 'Could not be read' }, { value: 'quarantined', label: 'In quarantine' }, { value: 'discarded', label: 'Put aside' },
  { value: 'received', label: 'Not read yet' }, { value: 'done', label: 'Taken in' },
] as const

/** Every mail as it came in, what it became, and why. */
export function RawMails() {
  const { id } = useParams<{ id?: string }>()
  const [params, change] = useQueryParams()
  const { state, mailbox, sender } = params
  const mailboxes = useMailboxes().data?.items ?? []
  const list = useRawMails({ ...(state ? { state } : {}), ...(mailbox ? { mailbox } : {}), ...(sender ? { sender } : {}) })
  return (
    <MailPane
      place="/raw-mails" search={new URLSearchParams(Object.entries({ state, mailbox, sender }).flatMap(([name, value]) => (value ? [[name, value]] : []))).toString()}
      label="Mails as they came in" title="Raw mails" open={id} list={list} row={drawRow} detail={(open) => <RawMailView id={open} />}
      head={<>
        <h1 className="channels-list-title">Raw mails</h1>
        <div className="channels-filters">
          <Select label="State" hideLabel value={state ?? 'all'} options={states} onChange={(next) => change({ state: next === 'all' ? null : next })} />
          {mailboxes.length > 1 ? (
            <Select
              label="Mailbox" hideLabel value={mailbox ?? 'all'} onChange={(next) => change({ mailbox: next === 'all' ? null : next })}
              options={[{ value: 'all', label: 'All mailboxes' }, ...mailboxes.map((one) => ({ value: one.id, label: one.address }))]}
            />
          ) : null}
        </div>
        {sender ? <div className="channels-filters"><Tag onRemove={() => change({ sender: null })}>{`From ${sender}`}</Tag></div> : null}
      </>}
      empty={state || mailbox || sender ? <Empty icon={Inbox} title="No mail fits">Show all states to see every mail that came in.</Empty>
        : <Empty icon={Inbox} title="No mail has come in yet">Every mail is kept here from the moment it is accepted, before anything is made of it.</Empty>}
      idle={<Empty icon={MailOpen} title="No mail is open">Choose one of the list to see what it became, and why.</Empty>}
    />
  )
}

const drawRow = (mail: RawMail) => <Row mail={mail} />

function Row({ mail }: { mail: RawMail }) {
  return (
    <div className="channels-row">
      <span className="channels-row-line"><span className="channels-row-who">{mail.subject || 'No subject'}</span><Time at={mail.receivedAt} form="short" /></span>
      <span className="channels-row-line channels-quiet"><span className="channels-row-what">{mail.from || mail.envelopeFrom || 'No sender'}</span><StateLine said={rawMailWords(mail)} /></span>
    </div>
  )
}
