import { ChartNoAxesCombined, LayoutDashboard } from 'lucide-react'
import { lazy } from 'react'
import type { RoomUi } from '#web'

const Board = lazy(() => import('./board/board.tsx').then(({ Board: component }) => ({ default: component })))
const BoardCases = lazy(() => import('./board/cases.tsx').then(({ BoardCases: component }) => ({ default: component })))
const Insights = lazy(() => import('./figures/insights.tsx').then(({ Insights: component }) => ({ default: component })))
const CountedCases = lazy(() => import('./figures/cases.tsx').then(({ CountedCases: component }) => ({ default: component })))
const Definitions = lazy(() => import('./figures/definitions.tsx').then(({ Definitions: component }) => ({ default: component })))

/** What insights brings to the screens: the board of a team, and the centre's numbers. */
export const insightsUi: RoomUi = {
  screens: [
    { path: '/board', component: Board, title: 'Board' },
    { path: '/board/cases', component: BoardCases, title: 'Cases of the board' },
    { path: '/insights', component: Insights, title: 'Insights' },
    { path: '/insights/definitions', component: Definitions, title: 'How each number is defined' },
    { path: '/insights/:key/cases', component: CountedCases, title: 'Cases behind a figure' },
  ],
  rail: [
    { path: '/board', name: 'Board', icon: LayoutDashboard, keys: ['g b'], permission: 'board.read', order: 30 },
    { path: '/insights', name: 'Insights', icon: ChartNoAxesCombined, keys: ['g k'], permission: 'insights.read', order: 31 },
  ],
}
