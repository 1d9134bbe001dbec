import { classes } from '#web'
import type { ReactNode } from 'react'

/** What stands alone before anybody is signed in: one card in the middle of the page. */
export function Door({ title, says, children, foot, wide }: { title: string; says?: ReactNode; children: ReactNode; foot?: ReactNode; wide?: boolean }) {
  return (
    <main className="people-door">
      <div className={classes('people-door-card', wide && 'people-door-wide')}>
        <p className="people-door-brand"><Mark />Meridian</p>
        <h1 className="people-door-title">{title}</h1>
        {says ? <p className="people-door-says">{says}</p> : null}
        {children}
        {foot ? <div className="people-door-foot">{foot}</div> : null}
      </div>
    </main>
  )
}

const Mark = () => <svg className="mark" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><circle cx="10" cy="10" r="8.25" /><path d="M10 1.75c-5.2 4.6-5.2 11.9 0 16.5" /></svg>
