import { CircleCheck, Undo2 } from 'lucide-react'
import { Button, Drawer, Empty, Select, TextArea, toast, useIntent, useMe, useNow, ApiProblem, Avatar, Badge, classes, tellRefusal } from '#web'
import { useState } from 'react'
import { api } from '../data.ts'
import { useSides } from '../merging/data.ts'
import type { Side, SideMessage } from '../merging/wire.ts'
import { Prose } from '../timeline/card.tsx'
import { FileChip } from '../timeline/attachments.tsx'
import { Moment } from '../timeline/moment.tsx'
import { decideSuggested, recallSide, setSideDue, setSideStatus } from './actions.ts'
import { FilesToSend } from './files-to-send.tsx'
import { keepText, keptText } from './kept.ts'
import { dueAt, dueChoices, partyNames, standingWords, type DueChoice } from './words.ts'
import './sides.css'

/** A side conversation as a thread: what was asked, what came back, and where one writes on. */
export function SideThread({ number, id, onClose }: { number: number; id: string; onClose: () => void }) {
  const sides = useSides(number)
  const side = sides.data?.find((one) => one.id === id)
  if (!side) return <Drawer open onClose={onClose} title="Side conversation">{sides.isPending ? null : <Empty title="It is not there any more">Its only message was taken back, or it went along with a merge.</Empty>}</Drawer>
  return (
    <Drawer open onClose={onClose} title={side.subject} description={`With ${side.parties.map(({ name, address }) => (name ? `${name} <${address}>` : address)).join(', ')}. The customer does not see it.`}>
      <div className="side-thread">
        <Head number={number} side={side} />
        <ol className="side-messages" aria-label="Messages">{side.messages.map((message) => <li key={message.id}><Card number={number} side={side} message={message} /></li>)}</ol>
        <Writing number={number} side={side} />
      </div>
    </Drawer>
  )
}

function Head({ number, side }: { number: number; side: Side }) {
  const [me, now] = [useMe(), useNow()]
  const standing = standingWords(side, now)
  const may = me.may('side.write')
  const moved = (choice: DueChoice) => void setSideDue(number, side, dueAt(choice, new Date()))
  return (
    <div className="side-head">
      <span className={`kin-fate-${standing.tone}`}>{standing.word}</span>
      {may && side.status === 'waiting' ? <Select label="Due" hideLabel quiet value={null} placeholder="Move the date" onChange={moved} options={dueChoices} /> : null}
      {may ? side.status === 'done'
        ? <Button size="small" variant="quiet" icon={Undo2} onClick={() => void setSideStatus(number, side, 'open')}>Reopen</Button>
        : <Button size="small" icon={CircleCheck} onClick={() => void setSideStatus(number, side, 'done')}>Done</Button> : null}
    </div>
  )
}

const deliveries: Readonly<Record<string, string>> = {
  queued: 'Leaves in a moment', sent: 'Sent', uncertain: 'May not have arrived', failed: 'Did not leave', bounced: 'Came back: the address does not take it',
}

function Card({ number, side, message }: { number: number; side: Side; message: SideMessage }) {
  const me = useMe()
  const [whole, setWhole] = useState(false)
  const who = message.from.name || message.from.address || 'Somebody'
  const kind = message.standing === 'accepted' ? message.direction : message.standing
  return (
    <article className={classes('desk-card', kind === 'out' ? 'desk-card-out' : kind === 'in' ? 'desk-card-in' : 'desk-card-suggested')} aria-label={`Message of ${who}`}>
      <header className="desk-card-head">
        <Avatar name={who} size={20} /><span className="desk-card-who" title={message.from.address ?? who}>{who}</span>
        {message.automatic !== null ? <Badge>Automatic</Badge> : null}{message.standing === 'declined' ? <Badge>Kept out</Badge> : null}
        <span className="desk-card-time"><Moment at={message.at} /></span>
      </header>
      {message.standing === 'suggested' ? (
        <div className="desk-suggested" role="note">
          <span>{message.from.address} was not asked. Does it belong here?</span>
          {me.may('side.write') ? <span className="desk-suggested-actions"><Button size="small" onClick={() => void decideSuggested(number, side.id, message.id, true)}>Let it in</Button><Button size="small" variant="quiet" onClick={() => void decideSuggested(number, side.id, message.id, false)}>Keep it out</Button></span> : null}
        </div>
      ) : null}
      <div className="desk-body">
        <Prose text={message.text} />
        {whole && message.quotedText !== null ? <div className="desk-quoted"><Prose text={message.quotedText} /></div> : null}
        {message.quotedText !== null ? <div className="desk-body-tools"><button type="button" className="desk-fold" aria-expanded={whole} aria-label={whole ? 'Fold what is quoted' : 'Show what is quoted'} onClick={() => setWhole(!whole)}>…</button></div> : null}
      </div>
      {message.attachments.length > 0 ? <ul className="desk-files">{message.attachments.map((file) => <li key={file.id}><FileChip file={file} href={`/api/v1/attachments/${file.id}/content`} /></li>)}</ul> : null}
      <Foot number={number} side={side} message={message} />
    </article>
  )
}

function Foot({ number, side, message }: { number: number; side: Side; message: SideMessage }) {
  const now = useNow()
  if (message.delivery === null) return null
  const leaves = message.delivery === 'waiting' && message.sendAt !== null && Date.parse(message.sendAt) > now.getTime()
  return (
    <footer className="desk-card-foot">
      <span className={message.delivery === 'bounced' || message.delivery === 'failed' ? 'kin-fate-late' : undefined}>{message.delivery === 'waiting' ? 'Leaves in a moment' : deliveries[message.delivery] ?? ''}</span>
      {leaves ? <button type="button" className="desk-tool" onClick={() => void recallSide(number, side.id, message.id)}>Take it back</button> : null}
    </footer>
  )
}

function Writing({ number, side }: { number: number; side: Side }) {
  const me = useMe()
  const intent = useIntent()
  const [body, setBody] = useState(() => keptText(side.id))
  const [due, setDue] = useState<DueChoice>('48')
  const [files, setFiles] = useState<readonly string[]>([])
  const [read, setRead] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  if (!me.may('side.write')) return null
  const write = (text: string) => { setBody(text); keepText(side.id, text) }
  const seen = read ?? side.messages.at(-1)?.id ?? null
  const send = () => {
    if (busy || body.trim() === '') return
    const given = { body, attachments: [...files], seenMessageId: seen }
    setBusy(true)
    api('POST /api/v1/sides/:id/messages', { params: { id: side.id }, body: { ...given, dueAt: dueAt(due, new Date()) }, idempotencyKey: intent.key({ ...given, due }) }).then(({ messageId }) => {
      intent.done()
      write('')
      setFiles([])
      toast({ text: `Sent to ${partyNames(side.parties)}`, tone: 'done', undo: () => void recallSide(number, side.id, messageId) })
    }, (error: unknown) => {
      if (error instanceof ApiProblem && error.code === 'side.unseen') setRead(newest(error.detail['newer']))
      tellRefusal(error, 'Not sent')
    }).finally(() => setBusy(false))
  }
  return (
    <form className="side-writing" onSubmit={(event) => { event.preventDefault(); send() }}>
      <TextArea
        label={`Write to ${partyNames(side.parties)}`} rows={4} value={body} onChange={write}
        onKeyDown={(event) => { if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) { event.preventDefault(); send() } }}
      />
      <FilesToSend number={number} chosen={files} onChange={setFiles} />
      <div className="side-writing-foot">
        <Select label="An answer is needed" hideLabel quiet value={due} onChange={setDue} options={dueChoices} />
        <Button variant="primary" type="submit" busy={busy} disabled={body.trim() === ''}>Send</Button>
      </div>
    </form>
  )
}

/** The newest of those that were not seen: they stand above by now, so that a second try says that they are read. */
function newest(newer: unknown): string | null {
  const last: unknown = Array.isArray(newer) ? newer.at(-1) : null
  return typeof last === 'object' && last !== null && 'id' in last && typeof last.id === 'string' ? last.id : null
}
