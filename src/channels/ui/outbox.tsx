import { Empty, Select, TextField, Time, useCommands, useLater, useParams, useQueryParams } from '#web'
import { MailOpen, Search, Send } from 'lucide-react'
import { useRef } from 'react'
import { MailPane } from './mail-pane.tsx'
import { OutboxTabs } from './outbox-tabs.tsx'
import { OutgoingMailView } from './outgoing-mail.tsx'
import { StateLine } from './state.tsx'
import { useOutbox, type OutgoingMail } from './wire.ts'
import { outgoingWords, peopleWords, withoutMark } from './words.ts'

/** What the list can be narrowed to: the words of a person, and the states that they mean. */
const views = [
  { value: 'all', label: 'All mails' }, { value: 'decide', label: 'To decide', state: 'uncertain,failed' }, { value: 'underWay', label: 'Under way', state: 'waiting,sending' },
  { value: 'sent', label: 'Sent', state: 'sent', local: false }, { value: 'local', label: 'Kept here', local: true }, { value: 'recalled', label: 'Taken back', state: 'recalled' },
] as const

/** Every outgoing mail as it was sent, or as it would have been. */
export function Outbox() {
  const { id } = useParams<{ id?: string }>()
  const [params, change] = useQueryParams()
  const view = views.find(({ value }) => value === params['show']) ?? views[0]
  const [text, write] = useLater(params['q'] ?? '', (q) => change({ q: q || null }))
  const list = useOutbox({ ...('state' in view ? { state: view.state } : {}), ...('local' in view ? { local: view.local } : {}), ...(params['q'] ? { q: params['q'] } : {}) })
  const search = useRef<HTMLInputElement>(null)
  useCommands([{ id: 'outbox.search', name: 'Search the outbox', keys: ['/'], section: 'Outbox', icon: Search, perform: () => search.current?.focus() }], [])
  const local = list.items?.some((mail) => mail.local) ?? false
  const filtered = view.value !== 'all' || Boolean(params['q'])
  return (
    <MailPane
      place="/outbox" search={new URLSearchParams(Object.entries({ show: params['show'], q: params['q'] }).flatMap(([name, value]) => (value ? [[name, value]] : []))).toString()}
      label="Outgoing mails" title="Outbox" open={id} list={list} row={drawRow} detail={(open) => <OutgoingMailView id={open} />}
      head={<>
        <h1 className="channels-list-title">Outbox</h1>
        <OutboxTabs at="mails" />
        <div className="channels-filters">
          <TextField ref={search} label="Search" hideLabel icon={Search} type="search" placeholder="Address, case" value={text} onChange={write} />
          <Select label="Show" hideLabel value={view.value} options={views} onChange={(show) => change({ show: show === 'all' ? null : show })} />
        </div>
      </>}
      note={local ? <p className="channels-note">SMTP_URL is not set, so mail stays here instead of going out. Each one is kept as it would have been sent.</p> : null}
      empty={filtered ? <Empty icon={Search} title="No mail fits">Try another address, or show all mails.</Empty>
        : <Empty icon={Send} title="No mail has gone out yet">Every reply to a customer appears here, with what the mail server said to it.</Empty>}
      idle={<Empty icon={MailOpen} title="No mail is open">Choose one of the list to see it as it went over the wire.</Empty>}
    />
  )
}

/** One function for all rows, so that only rows that changed are drawn again. */
const drawRow = (mail: OutgoingMail) => <Row mail={mail} />

function Row({ mail }: { mail: OutgoingMail }) {
  return (
    <div className="channels-row">
      <span className="channels-row-line"><span className="channels-row-who">{peopleWords([...mail.to, ...mail.cc])}</span><Time at={mail.sentAt ?? mail.createdAt} form="short" /></span>
      <span className="channels-row-line channels-quiet"><span className="channels-row-what">{withoutMark(mail.subject)}</span><StateLine said={outgoingWords(mail)} /></span>
    </div>
  )
}
