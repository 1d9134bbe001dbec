import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'

export interface SplitPaneProps {
  /** 340 px at the left. */
  list: ReactNode
  /** What is open; takes the room that is left. */
  detail: ReactNode
  /** 320 px at the right; slides over where there is little room. */
  panel?: ReactNode
  /** Which one is seen where only one has room (below 900 px). */
  showing: 'list' | 'detail'
  /** The way back from what is open to the list, shown only there. */
  back?: { to: string; name: string }
  panelOpen?: boolean
  onClosePanel?: () => void
  listLabel: string
  detailLabel: string
  panelLabel?: string
}

/** List, what is open, and a side panel; one at a time below 900 px. */
export function SplitPane({ list, detail, panel, showing, back, panelOpen = false, onClosePanel, listLabel, detailLabel, panelLabel }: SplitPaneProps) {
  return (
    <div className="split" data-showing={showing} data-panel={panel && panelOpen ? 'open' : 'closed'}>
      <section className="split-list" aria-label={listLabel}>{list}</section>
      <section className="split-detail" aria-label={detailLabel}>
        {back ? <Link href={back.to} className="split-back"><ArrowLeft size={15} aria-hidden />{back.name}</Link> : null}
        {detail}
      </section>
      {panel && panelOpen ? (
        <>
          <button type="button" className="split-veil" aria-label="Close the panel" tabIndex={-1} onClick={onClosePanel} />
          <aside className="split-panel" aria-label={panelLabel ?? 'About it'}>{panel}</aside>
        </>
      ) : null}
    </div>
  )
}
