import { Suspense, useEffect, useMemo } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { ApiProblem } from '../api/problem.ts'
import { startLive } from '../live/live.ts'
import { MeProvider, useMe, useMeQuery } from '../me.tsx'
import { useTitle } from '../parts/page.tsx'
import { Empty, Problem } from '../parts/states.tsx'
import type { RoomUi, Screen } from '../room.ts'
import { useLocation } from '../routing.ts'
import { Boundary } from './boundary.tsx'
import { useFrameCommands } from './commands.ts'
import { OfflineBanner } from './connection.tsx'
import { Overlays } from './overlays.tsx'
import { Rail, TopBar } from './rail.tsx'
import { SequenceHint } from './sequence.tsx'
import { SettingsScreen } from './settings.tsx'
import { SIGN_IN } from './sign-in.ts'
import { FrameSkeleton } from './skeleton.tsx'

/** The frame around every room's screens; it waits until it is known who is signed in. */
export function Framed({ rooms }: { rooms: readonly RoomUi[] }) {
  const me = useMeQuery()
  useEffect(() => { if (me.data) startLive() }, [me.data])
  if (me.data) return <MeProvider answer={me.data}><Frame rooms={rooms} /></MeProvider>
  if (me.error instanceof ApiProblem && me.error.status === 401) return <Redirect to={SIGN_IN} replace />
  if (me.error) return <div className="page-middle"><Problem error={me.error} what="Meridian" onRetry={() => void me.refetch()} /></div>
  return <FrameSkeleton />
}

function Frame({ rooms }: { rooms: readonly RoomUi[] }) {
  const me = useMe()
  const [path] = useLocation()
  const rail = useMemo(() => rooms.flatMap((room) => room.rail ?? []).filter(({ permission }) => permission === undefined || me.may(permission)).sort((a, b) => a.order - b.order), [rooms, me])
  const settings = useMemo(() => rooms.flatMap((room) => room.settings ?? []).sort((a, b) => a.order - b.order), [rooms])
  const visible = useMemo(() => settings.filter(({ permission }) => permission === undefined || me.may(permission)), [settings, me])
  useFrameCommands(rail, visible)
  const here = [...rail].reverse().find((item) => path === item.path || path.startsWith(`${item.path}/`))
  return (
    <div className="frame">
      <a className="skip" href="#main">Skip to the content</a>
      <Rail items={rail} />
      <div className="frame-body">
        <TopBar name={here?.name ?? (path.startsWith('/settings') ? 'Settings' : undefined)} />
        <OfflineBanner />
        <main id="main" className="frame-main" tabIndex={-1}>
          <Boundary at={path}><Suspense fallback={null}><Screens rooms={rooms} settings={settings} home={rail[0]?.path ?? '/settings'} /></Suspense></Boundary>
        </main>
      </div>
      <Overlays />
      <SequenceHint />
    </div>
  )
}

function Screens({ rooms, settings, home }: { rooms: readonly RoomUi[]; settings: NonNullable<RoomUi['settings']>; home: string }) {
  const screens = rooms.flatMap((room) => room.screens).filter((screen) => screen.frame !== 'none')
  return (
    <Switch>
      {screens.map((screen) => <Route key={screen.path} path={screen.path}><Titled screen={screen} /></Route>)}
      <Route path="/settings"><SettingsScreen pages={settings} /></Route>
      <Route path="/settings/*"><SettingsScreen pages={settings} /></Route>
      <Route path="/"><Redirect to={home} replace /></Route>
      <Route><div className="page-middle"><Empty title="There is nothing at this address">It may have moved, or the address was cut. The places at the left still work.</Empty></div></Route>
    </Switch>
  )
}

/** A screen with its name in the browser's tab. */
export function Titled({ screen }: { screen: Screen }) {
  useTitle(screen.title)
  return <screen.component />
}
