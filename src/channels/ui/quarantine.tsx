import { Button, Dialog, Empty, Link, More, Page, Problem, Skeleton, Table, tellRefusal, Time, toast, useMe } from '#web'
import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { incoming, useQuarantine, type HeldSender } from './wire.ts'
import { mailsWords, quarantineWords } from './words.ts'

/** Senders who wrote faster than people do: their mail waits here until somebody has looked. */
export function Quarantine() {
  const { items, error, retry, more, hasMore } = useQuarantine()
  return (
    <Page title="Quarantine" wide detail="Mail of senders who wrote faster than people do. It waits here, is lost in no case, and comes in when you release it.">
      {error ? <Problem error={error} what="The quarantine" onRetry={retry} /> : items ? <Held senders={items} /> : <Skeleton rows={5} />}
      <More when={hasMore} load={more} />
    </Page>
  )
}

function Held({ senders }: { senders: readonly HeldSender[] }) {
  const may = useMe().may('quarantine.release')
  const [asked, setAsked] = useState<HeldSender | null>(null)
  return (
    <>
      <Table
        label="Senders in quarantine" rows={senders} keyOf={({ sender }) => sender}
        empty={<Empty icon={ShieldCheck} title="Nobody is held">When a sender writes faster than people do, such as two machines answering each other, the mail waits here instead of filling the queues.</Empty>}
        columns={[
          { id: 'sender', name: 'Sender', cell: ({ sender, reason, mails }) => <span className="channels-two"><span>{sender}</span><span className="channels-quiet">{quarantineWords(reason)} <span className="channels-narrow-only">{mailsWords(mails)} waiting.</span></span></span> },
          { id: 'mails', name: 'Waiting', align: 'right', width: 110, wideOnly: true, cell: ({ sender, mails }) => <MailsOf sender={sender} mails={mails} /> },
          { id: 'since', name: 'Held since', width: 130, wideOnly: true, cell: ({ trippedAt }) => <Time at={trippedAt} /> },
          { id: 'last', name: 'Last mail', width: 130, wideOnly: true, cell: ({ lastAt }) => (lastAt ? <Time at={lastAt} /> : '-') },
          ...(may ? [{ id: 'do', name: '', align: 'right' as const, cell: (held: HeldSender) => <Actions held={held} release={() => setAsked(held)} /> }] : []),
        ]}
      />
      {asked ? <Release held={asked} onClose={() => setAsked(null)} /> : null}
    </>
  )
}

function MailsOf({ sender, mails }: { sender: string; mails: number }) {
  if (!useMe().may('rawMail.read')) return mailsWords(mails)
  return <Link href={`/raw-mails?state=quarantined&sender=${encodeURIComponent(sender)}`}>{mailsWords(mails)}</Link>
}

function Actions({ held, release }: { held: HeldSender; release: () => void }) {
  const discard = () => void incoming('POST /api/v1/quarantine/:sender/discards', { params: { sender: held.sender } }).then(
    ({ mails }) => toast({ text: `${mailsWords(mails)} put aside. Raw mails keeps them, and can still take them in.`, tone: 'done' }), (error: unknown) => tellRefusal(error, 'Not put aside'))
  return <span className="channels-row-actions"><Button size="small" variant="quiet" onClick={discard}>Discard</Button><Button size="small" onClick={release}>Release ...</Button></span>
}

/** Asked before, because it cannot be taken back: each mail becomes part of a case. */
function Release({ held, onClose }: { held: HeldSender; onClose: () => void }) {
  const [busy, setBusy] = useState(false)
  const release = async () => {
    setBusy(true)
    await incoming('POST /api/v1/quarantine/:sender/releases', { params: { sender: held.sender } }).then(
      ({ mails }) => { toast({ text: `${mailsWords(mails)} of ${held.sender} come in now`, tone: 'done' }); onClose() }, (error: unknown) => tellRefusal(error, 'Not released'))
    setBusy(false)
  }
  return (
    <Dialog
      open onClose={onClose} size="small" title={`Release ${held.sender}?`}
      footer={<><Button onClick={onClose}>Cancel</Button><Button variant="primary" busy={busy} onClick={() => void release()}>Take in {mailsWords(held.mails)}</Button></>}
    >
      <p>{held.mails === 0 ? 'Nothing of this sender waits. New mail comes in again from now on.' : `${mailsWords(held.mails)} become part of cases, and this sender can write again. Cases that are not wanted have to be removed one by one.`}</p>
    </Dialog>
  )
}
