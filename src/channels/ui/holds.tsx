import { Button, Empty, Link, More, optimistic, Page, Problem, Skeleton, Table, Time, toast, useMe } from '#web'
import { MailCheck } from 'lucide-react'
import { OutboxTabs } from './outbox-tabs.tsx'
import { outgoing, useHolds, type Hold } from './wire.ts'
import { statusWords } from './words.ts'

/** Addresses to which no mail goes, because it came back. */
export function Holds() {
  const { items, error, retry, more, hasMore } = useHolds()
  return (
    <Page title="Outbox" wide detail={<OutboxTabs at="holds" />}>
      <p className="channels-lead">A mail to these addresses came back for good. Nothing more is sent there until you release them, so that mail servers keep trusting yours.</p>
      {error ? <Problem error={error} what="The list" onRetry={retry} /> : items ? <HeldAddresses holds={items} /> : <Skeleton rows={5} />}
      <More when={hasMore} load={more} />
    </Page>
  )
}

interface Pages { pages: { items: Hold[]; nextCursor: string | null }[]; pageParams: unknown[] }

const without = (pages: Pages, address: string): Pages => ({ ...pages, pages: pages.pages.map((page) => ({ ...page, items: page.items.filter((hold) => hold.address !== address) })) })

async function release(address: string) {
  const held = await optimistic<Pages>({
    keys: [['address-holds']], apply: (before) => without(before, address), refused: 'Not released',
    send: () => outgoing('DELETE /api/v1/address-holds/:address', { params: { address } }),
  })
  if (held) toast({ text: `Mail goes to ${address} again`, tone: 'done' })
}

function HeldAddresses({ holds }: { holds: readonly Hold[] }) {
  const may = useMe().may('addressHold.release')
  return (
    <Table
      label="Held addresses" rows={holds} keyOf={({ address }) => address}
      empty={<Empty icon={MailCheck} title="No address is held">When a mail comes back for good, its address is listed here with what the server said.</Empty>}
      columns={[
        { id: 'address', name: 'Address', cell: ({ address, status, diagnostic }) => <span className="channels-two"><span>{address}</span><span className="channels-quiet" title={diagnostic ?? undefined}>{statusWords(status)}</span></span> },
        { id: 'case', name: 'Case', width: 110, wideOnly: true, cell: ({ caseNumber }) => (caseNumber ? <Link href={`/cases/${caseNumber}`}>#{caseNumber}</Link> : '-') },
        { id: 'since', name: 'Since', width: 140, wideOnly: true, cell: ({ heldAt }) => <Time at={heldAt} /> },
        ...(may ? [{ id: 'do', name: '', align: 'right' as const, width: 110, cell: ({ address }: Hold) => <Button size="small" onClick={() => void release(address)}>Release</Button> }] : []),
      ]}
    />
  )
}
