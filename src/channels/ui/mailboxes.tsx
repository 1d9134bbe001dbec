import { Badge, Button, Empty, Page, Problem, Skeleton, Table, useCommands, useMe, useQueryParams } from '#web'
import { Mailbox as MailboxIcon, Plus } from 'lucide-react'
import { MailboxDrawer } from './mailbox-form.tsx'
import { StateLine } from './state.tsx'
import { useMailboxes, useQueues, type Mailbox } from './wire.ts'
import { imapWords } from './words.ts'

/** The addresses that customers write to. Which one is open stands in the address: `?mailbox=ID`, or `new`. */
export function Mailboxes() {
  const { data, error, refetch } = useMailboxes()
  const [{ mailbox: open }, change] = useQueryParams()
  const may = useMe().may('mailbox.change')
  const show = (id: string | null) => change({ mailbox: id }, { push: true })
  const shown = data?.items.find(({ id }) => id === open)
  useCommands([{ id: 'mailbox.new', name: 'New mailbox', keys: ['n'], section: 'Settings', icon: Plus, when: () => may, perform: () => show('new') }], [may])
  return (
    <Page title="Mailboxes" detail="The addresses that customers write to, and the queue that their mail goes to." actions={may ? <Button command="mailbox.new" variant="primary" icon={Plus} /> : null}>
      {error ? <Problem error={error} what="The mailboxes" onRetry={() => void refetch()} /> : data ? <List mailboxes={data.items} onOpen={show} /> : <Skeleton rows={3} />}
      {shown || open === 'new' ? <MailboxDrawer mailbox={shown ?? null} readOnly={!may} onClose={() => show(null)} /> : null}
    </Page>
  )
}

function List({ mailboxes, onOpen }: { mailboxes: readonly Mailbox[]; onOpen: (id: string) => void }) {
  const queues = useQueues().data?.items
  const queueName = (id: string | null) => (id === null ? 'By topic' : queues?.find((queue) => queue.id === id)?.name ?? '')
  return (
    <Table
      label="Mailboxes" rows={mailboxes} keyOf={({ id }) => id} onOpen={({ id }) => onOpen(id)}
      empty={<Empty icon={MailboxIcon} title="No mailbox is set up">Mail to any address comes in until you set one up. From then on mail to other addresses is refused.</Empty>}
      columns={[
        { id: 'address', name: 'Address', cell: ({ address, name, standard, demo }) => (
          <span className="channels-two">
            <span>{address} {standard ? <Badge>Standard</Badge> : null} {demo ? <Badge>Sample</Badge> : null}</span>
            {name ? <span className="channels-quiet">{name}</span> : null}
          </span>
        ) },
        { id: 'queue', name: 'Queue', width: 150, cell: ({ queueId }) => queueName(queueId) },
        { id: 'way', name: 'How mail comes in', width: 220, wideOnly: true, cell: (mailbox) => <StateLine said={imapWords(mailbox)} /> },
      ]}
    />
  )
}
