import { useMemo } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { useMe } from '../me.tsx'
import { Empty } from '../parts/states.tsx'
import { useTitle } from '../parts/page.tsx'
import type { SettingsPage } from '../room.ts'
import { Link, useLocation } from '../routing.ts'

const address = (page: SettingsPage) => `/settings/${page.path.replace(/\/:.*$/, '')}`

/** The rooms' settings pages that this reader may see, with their names at the left. */
export function SettingsScreen({ pages }: { pages: readonly SettingsPage[] }) {
  const me = useMe()
  const mine = useMemo(() => pages.filter(({ permission }) => permission === undefined || me.may(permission)), [pages, me])
  const sections = useMemo(() => [...Map.groupBy(mine, (page) => page.section ?? 'Centre')], [mine])
  const [path] = useLocation()
  const at = mine.find((page) => path === address(page) || path.startsWith(`${address(page)}/`))
  useTitle(at ? `${at.name} · Settings` : 'Settings')
  return (
    <div className="settings" data-showing={path === '/settings' ? 'list' : 'page'}>
      <nav className="settings-nav" aria-label="Settings">
        <h1 className="settings-title">Settings</h1>
        {sections.map(([name, entries]) => (
          <section key={name} aria-label={name}>
            <h2 className="settings-heading">{name}</h2>
            <ul>{entries.map((page) => <li key={page.path}><NavLink page={page} here={page === at} /></li>)}</ul>
          </section>
        ))}
      </nav>
      <div className="settings-page">
        <Link href="/settings" className="settings-back">Settings</Link>
        <Switch>
          {mine.map((page) => <Route key={page.path} path={`/settings/${page.path}`} component={page.component} />)}
          <Route path="/settings">{mine[0] && matchMedia('(min-width: 900px)').matches ? <Redirect to={address(mine[0])} replace /> : null}</Route>
          <Route><div className="page-middle"><Empty title="There is no such page here">Either the address is wrong, or your role does not show it to you.</Empty></div></Route>
        </Switch>
      </div>
    </div>
  )
}

function NavLink({ page, here }: { page: SettingsPage; here: boolean }) {
  const Drawn = page.icon
  return <Link href={address(page)} className={here ? 'settings-link settings-link-here' : 'settings-link'} aria-current={here ? 'page' : undefined}>{Drawn ? <Drawn size={15} aria-hidden /> : null}{page.name}</Link>
}
