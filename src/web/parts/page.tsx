import { ArrowLeft } from 'lucide-react'
import { useEffect, useId, type ReactNode } from 'react'
import { Link } from 'wouter'
import { classes } from './classes.ts'

export interface PageHeaderProps {
  title: ReactNode
  /** A quiet line below: what this is, how many. */
  detail?: ReactNode
  /** At the right; the one primary action last. */
  actions?: ReactNode
  /** 1 unless the page is shown inside of another. */
  level?: 1 | 2 | 3
  /** Where Back goes. */
  back?: { to: string; name: string }
}

/** The head of a page: what it is, and what to do with it. */
export function PageHeader({ title, detail, actions, back, level = 1 }: PageHeaderProps) {
  const Heading = `h${level}` as const
  return (
    <header className="page-head">
      <div className="page-head-words">
        {back ? <Link href={back.to} className="page-back"><ArrowLeft size={14} aria-hidden />{back.name}</Link> : null}
        <Heading className="page-title">{title}</Heading>
        {detail ? <div className="page-detail">{detail}</div> : null}
      </div>
      {actions ? <div className="page-actions">{actions}</div> : null}
    </header>
  )
}

/** A column of readable width with a head: settings, an account, a report. */
export function Page({ children, wide, ...head }: PageHeaderProps & { children: ReactNode; wide?: boolean }) {
  return (
    <div className="page-scroll">
      <div className={classes('page', wide && 'page-wide')}><PageHeader {...head} />{children}</div>
    </div>
  )
}

export interface SectionProps {
  title: ReactNode
  detail?: ReactNode
  /** How many are in it. */
  count?: number
  actions?: ReactNode
  children: ReactNode
  /** In the side panel: smaller, the title in capitals. */
  compact?: boolean
}

/** A part of a page under a heading of its own. */
export function Section({ title, detail, count, actions, children, compact }: SectionProps) {
  const id = useId()
  return (
    <section className={classes('section', compact && 'section-compact')} aria-labelledby={id}>
      <div className="section-head">
        <h2 className="section-title" id={id}>{title}{count === undefined ? null : <span className="section-count figure">{count}</span>}</h2>
        {actions ? <div className="section-actions">{actions}</div> : null}
      </div>
      {detail ? <p className="section-detail">{detail}</p> : null}
      {children}
    </section>
  )
}

/** What the browser's tab says, while mounted. */
export function useTitle(title: string | null | undefined): void {
  useEffect(() => {
    if (title) document.title = `${title} · Meridian`
  }, [title])
}
