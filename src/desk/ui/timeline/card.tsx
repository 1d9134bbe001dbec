import { Avatar, Badge, Button, classes, Tooltip, useMe, useNow, useReader, absolute, clock } from '#web'
import { Fragment, useState } from 'react'
import { acceptMessage, declineMessage, detachMessage } from '../actions.ts'
import { counted, personName } from '../words.ts'
import type { Case, Message } from '../wire.ts'
import { Attachments } from './attachments.tsx'
import { DeliveryLine } from './delivery-line.tsx'
import type { Names } from './facts.ts'
import { HtmlFrame, hasRemoteImages } from './html-frame.tsx'
import { automaticWords, canDetach, joinedWords } from './joined.ts'
import { piecesOf } from './linked.ts'
import { Moment } from './moment.tsx'
import { hasInlinePictures } from './pictures.ts'

interface MessageCardProps {
  message: Message
  view: Case
  messages: readonly Message[]
  names: Names
  newest: boolean
}

/** One message: who, when, what; and below it why it is here and what became of it. */
export function MessageCard({ message, view, messages, names, newest }: MessageCardProps) {
  const kind = message.visibility === 'note' ? 'note' : message.standing === 'suggested' ? 'suggested' : message.direction
  return (
    <article
      className={classes('desk-card', `desk-card-${kind}`, message.automatic !== null && 'desk-card-automatic')} data-message={message.id} data-newest={newest ? '' : undefined} tabIndex={-1}
      aria-label={`${kind === 'note' ? 'Note' : 'Message'} of ${personName(message.from)}`}
    >
      <CardHead message={message} view={view} />
      {kind === 'suggested' ? <Suggested message={message} number={view.number} /> : null}
      <Body message={message} view={view} />
      <Attachments message={message} />
      <CardFoot message={message} view={view} messages={messages} names={names} />
    </article>
  )
}

function CardHead({ message, view }: { message: Message; view: Case }) {
  const who = personName(message.from)
  return (
    <header className="desk-card-head">
      <Avatar name={who} size={20} />
      <span className="desk-card-who" title={message.from.address ?? who}>{who}</span>
      {message.visibility === 'note' ? <span className="desk-card-kind">Note</span> : null}
      {message.automatic !== null ? <Badge>{automaticWords(message.automatic)}</Badge> : null}
      {message.home === null ? null : <Tooltip text={`It came to #${message.home}, which is merged into this case`}><span className="desk-card-kind">from #{message.home}</span></Tooltip>}
      <Recipients message={message} view={view} />
      <span className="desk-card-time"><Moment at={message.at} /></span>
    </header>
  )
}

/** Who else got it; nothing when it is only the customer and us. */
function Recipients({ message, view }: { message: Message; view: Case }) {
  const others = message.to.filter(({ address }) => message.direction === 'in' || address !== view.customer.email)
  const copies = others.filter(({ kind }) => kind === 'cc' || message.direction === 'out')
  const [first] = copies
  if (!first) return null
  const all = copies.map((person) => (person.name ? `${person.name} <${person.address}>` : person.address)).join(', ')
  return <Tooltip text={`In copy: ${all}`}><span className="desk-card-copies">cc {first.name || first.address}{copies.length > 1 ? ` +${copies.length - 1}` : ''}</span></Tooltip>
}

/** A stranger's mail waits for somebody to decide. */
function Suggested({ message, number }: { message: Message; number: number }) {
  const me = useMe()
  const [busy, setBusy] = useState(false)
  const decide = (deed: () => Promise<boolean>) => { setBusy(true); void deed().finally(() => setBusy(false)) }
  return (
    <div className="desk-suggested" role="note">
      <span>{personName(message.from)} is not on this case, and the mail points to it. Does it belong here?</span>
      {me.may('case.change') ? (
        <span className="desk-suggested-actions">
          <Button size="small" busy={busy} onClick={() => decide(() => acceptMessage(number, message.id))}>It belongs here</Button>
          <Button size="small" variant="quiet" busy={busy} onClick={() => decide(() => declineMessage(number, message.id))}>Make it its own case</Button>
        </span>
      ) : null}
    </div>
  )
}

/** Plain text is what one reads; the formatted mail is there when its looks matter. */
function Body({ message, view }: { message: Message; view: Case }) {
  const [formatted, setFormatted] = useState(message.html !== null && (message.text.trim() === '' || hasInlinePictures(message.html)))
  const [images, setImages] = useState(false)
  const [whole, setWhole] = useState(false)
  const folded = message.quotedText !== null || message.signatureText !== null
  return (
    <div className="desk-body">
      {formatted ? <HtmlFrame number={view.number} id={message.id} images={images} text={`${message.text}\n${message.quotedText ?? ''}`} /> : <Prose text={message.text} />}
      {!formatted && whole && message.signatureText !== null ? <div className="desk-signature"><Prose text={message.signatureText} /></div> : null}
      {!formatted && whole && message.quotedText !== null ? <div className="desk-quoted"><Prose text={message.quotedText} /></div> : null}
      {folded || message.html !== null || message.maskedCards > 0 ? (
        <div className="desk-body-tools">
          {folded && !formatted ? <button type="button" className="desk-fold" aria-expanded={whole} aria-label={whole ? 'Fold the earlier messages' : 'Show the earlier messages and the signature'} onClick={() => setWhole(!whole)}>…</button> : null}
          {message.html !== null ? <button type="button" className="desk-tool" onClick={() => setFormatted(!formatted)}>{formatted ? 'Plain text' : 'Formatted'}</button> : null}
          {formatted && !images && hasRemoteImages(message.html) ? <button type="button" className="desk-tool" onClick={() => setImages(true)}>Show remote images</button> : null}
          {message.maskedCards > 0 ? <Masked count={message.maskedCards} /> : null}
        </div>
      ) : null}
    </div>
  )
}

const Masked = ({ count }: { count: number }) => (
  <Tooltip text="Only the last four digits are kept, here and everywhere else"><span className="desk-masked">{counted(count, 'card number')} {count === 1 ? 'was' : 'were'} masked</span></Tooltip>
)

export function Prose({ text }: { text: string }) {
  return (
    <p className="desk-prose">
      {piecesOf(text.trim()).map((piece, index) => (piece.href === null
        // eslint-disable-next-line react/no-array-index-key -- pieces of a fixed text
        ? <Fragment key={index}>{piece.text}</Fragment>
        // eslint-disable-next-line react/no-array-index-key -- the same
        : <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">{piece.text}</a>))}
    </p>
  )
}

function CardFoot({ message, view, messages, names }: Omit<MessageCardProps, 'newest'>) {
  const [me, reader, now] = [useMe(), useReader(), useNow()]
  const moment = (at: string, beside: string) => clock(new Date(at), new Date(beside), reader)
  const joined = joinedWords(message, messages, { names, moment })
  const mayDetach = me.may('case.change') && canDetach(message) && !view.removed
  const raw = message.rawMailId !== null && me.may('rawMail.read')
  if (joined === null && message.delivery === null && !raw) return null
  return (
    <footer className="desk-card-foot">
      {joined ? <span title={absolute(new Date(message.at), reader)}>{joined}</span> : null}
      {joined && mayDetach ? <button type="button" className="desk-tool" onClick={() => void detachMessage(view.number, message.id)}>Detach</button> : null}
      {message.delivery === null ? null : <DeliveryLine message={message} number={view.number} now={now} />}
      {raw ? <a className="desk-tool desk-raw" href={`/api/v1/raw-mails/${message.rawMailId}/content`} download>Raw mail</a> : null}
    </footer>
  )
}
