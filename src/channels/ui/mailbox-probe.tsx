import { Button, Problem, Section } from '#web'
import { CircleCheck, CircleX, PlugZap } from 'lucide-react'
import { useState } from 'react'
import { incoming, type Mailbox, type Probes } from './wire.ts'
import { imapWords } from './words.ts'

type Tried = { state: 'idle' } | { state: 'trying' } | { state: 'tried'; probes: Probes } | { state: 'refused'; error: unknown }

/** Really connects with what is saved, and says what works and what fails. */
export function MailboxProbe({ mailbox, may }: { mailbox: Mailbox; may: boolean }) {
  const [tried, setTried] = useState<Tried>({ state: 'idle' })
  const test = () => {
    setTried({ state: 'trying' })
    void incoming('POST /api/v1/mailboxes/:id/tests', { params: { id: mailbox.id } }).then((probes) => setTried({ state: 'tried', probes }), (error: unknown) => setTried({ state: 'refused', error }))
  }
  const said = imapWords(mailbox)
  return (
    <Section title="Connection" detail={mailbox.imap ? [said.word, said.why].filter(Boolean).join('. ') : 'Mail comes in over SMTP; answers leave through the sending server.'}>
      {may ? <Button icon={PlugZap} busy={tried.state === 'trying'} onClick={test}>{tried.state === 'trying' ? 'Connecting ...' : 'Test the connection'}</Button> : null}
      <div role="status" className="channels-probes">
        {tried.state === 'tried' ? <>
          {tried.probes.imap ? <Result name="Fetching mail (IMAP)" works={tried.probes.imap.works} says={tried.probes.imap.says} /> : null}
          <Result name="Sending mail (SMTP)" works={tried.probes.smtp.works} says={tried.probes.smtp.says} />
        </> : null}
      </div>
      {tried.state === 'refused' ? <Problem error={tried.error} compact onRetry={test} /> : null}
    </Section>
  )
}

function Result({ name, works, says }: { name: string; works: boolean; says: string }) {
  const Sign = works ? CircleCheck : CircleX
  return (
    <div className={works ? 'channels-probe channels-probe-works' : 'channels-probe channels-probe-fails'}>
      <Sign size={16} aria-hidden /><div><p className="channels-probe-name">{name} {works ? 'works' : 'does not work'}</p><p className="channels-quiet">{says}.</p></div>
    </div>
  )
}
