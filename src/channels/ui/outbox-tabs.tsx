import { navigate, Tabs } from '#web'

const places = { mails: '/outbox', holds: '/address-holds' } as const

/** Outgoing mail, and the addresses that take none. */
export function OutboxTabs({ at }: { at: keyof typeof places }) {
  return <Tabs label="Outbox" value={at} onChange={(next) => navigate(places[next])} tabs={[{ value: 'mails', label: 'Mails' }, { value: 'holds', label: 'Held addresses' }]} />
}
