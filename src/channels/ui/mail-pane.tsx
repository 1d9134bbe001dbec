import { Link, navigate, Problem, Skeleton, SplitPane, useCommands, VirtualList } from '#web'
import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'

export interface MailPaneProps<T extends { id: string }> {
  /** Where it lives: `/outbox`; what is open is named behind it. */
  place: string
  /** The query that the list is filtered by, carried along from mail to mail. */
  search: string
  label: string
  title: string
  open: string | undefined
  list: { items: T[] | undefined; error: unknown; retry: () => void; more: () => void; loadingMore: boolean }
  /** A title, tabs, filters above the list. */
  head: ReactNode
  row: (item: T) => ReactNode
  /** Shown in place of rows. */
  empty: ReactNode
  /** Shown while nothing is open. */
  idle: ReactNode
  detail: (id: string) => ReactNode
  /** Said between the head and the list. */
  note?: ReactNode
}

const ROW_HEIGHT = 58

/** A list of mails at the left and the one that is open at the right; moving through the list opens as it goes. */
export function MailPane<T extends { id: string }>({ place, search, label, title, open, list, head, row, empty, idle, detail, note }: MailPaneProps<T>) {
  const show = (id: string | null, how?: { replace: boolean }) => navigate(`${id === null ? place : `${place}/${id}`}${search ? `?${search}` : ''}`, how)
  useCommands([{ id: 'mailPane.close', name: 'Back to the list', keys: ['Escape', 'u'], section: 'Lists', when: () => open !== undefined, perform: () => show(null) }], [open, place, search])
  return (
    <div className="channels-pane">
      <SplitPane
        showing={open === undefined ? 'list' : 'detail'} listLabel={label} detailLabel="The open mail"
        list={(
          <div className="channels-list">
            <header className="channels-list-head">{head}</header>
            {note}
            {list.error ? <Problem error={list.error} what="The list" onRetry={list.retry} compact /> : null}
            {!list.items && !list.error ? <Skeleton rows={9} rowHeight={ROW_HEIGHT} /> : null}
            {list.items ? (
              <VirtualList
                label={label} items={list.items} keyOf={keyOf} row={row} rowHeight={ROW_HEIGHT} selected={open ?? null} listKey={search} empty={empty}
                onSelect={(id) => show(id, { replace: open !== undefined })} onEndReached={list.more} loadingMore={list.loadingMore}
              />
            ) : null}
          </div>
        )}
        detail={open === undefined ? <div className="channels-idle">{idle}</div> : <div className="channels-detail" key={open}><Link href={`${place}${search ? `?${search}` : ''}`} className="split-back"><ArrowLeft size={15} aria-hidden />{title}</Link>{detail(open)}</div>}
      />
    </div>
  )
}

const keyOf = ({ id }: { id: string }) => id
