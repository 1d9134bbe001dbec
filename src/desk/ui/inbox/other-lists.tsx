import { Badge, density, Empty, Problem, Skeleton, Time, useCell, useQuery, VirtualList } from '#web'
import { useCallback, type ReactNode } from 'react'
import { api } from '../data.ts'
import type { List } from './lists.ts'

interface OtherListProps {
  list: List
  narrow: boolean
  selected: number | null
  onSelect: (number: number) => void
  onOpen: (number: number) => void
}

/** A row of a list that holds no cases but what happened in some: drafts, mentions, mail in trouble. */
interface Entry {
  key: string
  number: number
  subject: string
  text: string
  who: string
  at: string
  fresh: boolean
  badge: ReactNode
}

/** What one is shown of the newest; older ones are found through their cases. */
const SHOWN = 200

async function entriesOf(list: List): Promise<Entry[]> {
  const query = { limit: SHOWN }
  if (list.kind === 'drafts') {
    const { items } = await api('GET /api/v1/drafts', { query })
    return items.map((draft) => ({
      key: draft.id, number: draft.case.number, subject: draft.case.subject, text: draft.body, who: `#${draft.case.number}`, at: draft.updatedAt, fresh: false,
      badge: draft.visibility === 'note' ? <Badge>Note</Badge> : null,
    }))
  }
  if (list.kind === 'mentions') {
    const { items } = await api('GET /api/v1/mentions', { query })
    return items.map((mention) => ({
      key: mention.messageId, number: mention.caseNumber, subject: mention.subject, text: mention.text, who: mention.by, at: mention.at, fresh: mention.seenAt === null, badge: null,
    }))
  }
  const { items } = await api('GET /api/v1/troubled-replies', { query })
  return items.map((mail) => ({
    key: mail.messageId, number: mail.caseNumber, subject: mail.subject, text: `To ${mail.to.join(', ')}`, who: `#${mail.caseNumber}`, at: mail.at, fresh: false,
    badge: <Badge tone={mail.delivery === 'uncertain' ? 'soon' : 'late'}>{troubles[mail.delivery]}</Badge>,
  }))
}

const troubles: Readonly<Record<string, string>> = { uncertain: 'Uncertain', failed: 'Not sent', bounced: 'Came back' }
/** Live facts refresh these by their first word. */
const nouns: Readonly<Record<string, string>> = { drafts: 'drafts', mentions: 'mentions', troubled: 'cases' }
const keyOf = (entry: Entry) => entry.key

export function OtherList({ list, narrow, selected, onSelect, onOpen }: OtherListProps) {
  const entries = useQuery({ queryKey: [nouns[list.kind], 'entries', list.key], queryFn: () => entriesOf(list), refetchOnMount: 'always' })
  const rowHeight = useCell(density) === 'compact' ? 44 : 52
  const row = useCallback((entry: Entry) => <EntryRow entry={entry} />, [])
  if (entries.isPending) return <Skeleton rows={6} />
  if (entries.isError && !entries.data) return <Problem error={entries.error} what={list.name} onRetry={() => void entries.refetch()} />
  const numberOf = (key: string) => entries.data.find((entry) => entry.key === key)?.number
  return (
    <VirtualList
      label={list.name} items={entries.data} keyOf={keyOf} row={row} selected={entries.data.find(({ number }) => number === selected)?.key ?? null} listKey={list.key} {...(narrow ? { rowHeight } : {})}
      onSelect={(key) => { const number = numberOf(key); if (number !== undefined) onSelect(number) }} onOpen={({ number }) => onOpen(number)}
      empty={<Empty title={list.empty.title}>{list.empty.text}</Empty>}
    />
  )
}

function EntryRow({ entry }: { entry: Entry }) {
  return (
    <div className={entry.fresh ? 'desk-row desk-row-entry desk-row-unread' : 'desk-row desk-row-entry'}>
      <span className="desk-row-mark">{entry.fresh ? <span className="desk-unread" role="img" aria-label="Unread" /> : null}</span>
      <span className="desk-row-subject" title={entry.subject}>{entry.subject}</span>
      <span className="desk-row-people">{entry.badge}</span>
      <span className="desk-row-who">{entry.who}</span>
      <span className="desk-row-topic">{entry.text}</span>
      <span className="desk-row-time"><Time at={entry.at} form="short" /></span>
    </div>
  )
}
