import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { Route, Switch } from 'wouter'
import './css/index.css'
import { queries } from './api/queries.ts'
import { listenToKeys } from './commands/registry.ts'
import { Boundary } from './frame/boundary.tsx'
import { Framed, Titled } from './frame/frame.tsx'
import { watchSignIn } from './frame/sign-in.ts'
import { Toasts } from './frame/toasts.tsx'
import { TooltipProvider } from './parts/tooltip.tsx'
import type { RoomUi } from './room.ts'
import { FillsProvider } from './slots.tsx'

/** Draws the program with the rooms' screens into the page. Called once, by src/screens.tsx. */
export function startWeb(rooms: readonly RoomUi[]): void {
  const root = document.getElementById('root')
  if (!root) throw new Error('the page has no #root')
  watchSignIn()
  listenToKeys()
  createRoot(root).render(<StrictMode><Program rooms={rooms} /></StrictMode>)
}

function Program({ rooms }: { rooms: readonly RoomUi[] }) {
  const alone = rooms.flatMap((room) => room.screens).filter((screen) => screen.frame === 'none')
  return (
    <QueryClientProvider client={queries}>
      <FillsProvider value={rooms.flatMap((room) => room.fills ?? [])}>
        <TooltipProvider delayDuration={400} skipDelayDuration={200}>
          <Boundary at="program">
            <Suspense fallback={null}>
              <Switch>
                {alone.map((screen) => <Route key={screen.path} path={screen.path}><Titled screen={screen} /></Route>)}
                <Route><Framed rooms={rooms} /></Route>
              </Switch>
            </Suspense>
          </Boundary>
          <Toasts />
        </TooltipProvider>
      </FillsProvider>
    </QueryClientProvider>
  )
}
