import { Bell, BookUser, CalendarDays, CircleDashed, Inbox, Layers, ListTree, MessageSquareShare, Moon, Search, Split, Tags, TextQuote, Timer, Users, Zap } from 'lucide-react'
import { navigate, useMe, type RoomUi } from '#web'
import { lazy, useEffect } from 'react'
import './desk.css'
import { useNoticeBadge } from './attention/badge.ts'
import { useCounts } from './data.ts'
import { deskFills } from './fills.tsx'
import SearchScreen from './search.tsx'
import { useOverdueSides } from './merging/data.ts'
import { Workspace } from './workspace.tsx'

const QueuesPage = lazy(() => import('./settings/queues.tsx').then(({ QueuesPage: component }) => ({ default: component })))
const TopicsPage = lazy(() => import('./settings/topics.tsx').then(({ TopicsPage: component }) => ({ default: component })))

const RoutingBoard = lazy(() => import('./routing/board.tsx'))
const RoutingSettings = lazy(() => import('./routing/settings.tsx'))
const NoticesPage = lazy(() => import('./attention/notices-page.tsx'))
const NoticeSettingsPage = lazy(() => import('./attention/settings-page.tsx'))
const HandoverPage = lazy(() => import('./attention/handover-page.tsx'))
const HandoversPage = lazy(() => import('./attention/handovers-page.tsx'))
const HandoverRecord = lazy(() => import('./attention/handover-record.tsx'))
const AllViews = lazy(() => import('./views/all.tsx'))
const ViewEditor = lazy(() => import('./views/editor.tsx'))
const SidesPage = lazy(() => import('./sides/sides-page.tsx'))
const RulesPage = lazy(() => import('./rules/page.tsx'))
const PoliciesPage = lazy(() => import('./sla/policies/page.tsx'))
const CalendarsPage = lazy(() => import('./sla/calendars/page.tsx'))
const PartnersPage = lazy(() => import('./sides/partners-page.tsx'))

/** The first place in the morning: one's own cases, and when there are none, those that wait for somebody. */
function Home() {
  const [reads, counts] = [useMe().may('case.read'), useCounts()]
  useEffect(() => {
    // Who reads no cases would only be refused there.
    if (!reads) return navigate('/settings', { replace: true })
    if (counts.isPending) return
    navigate(counts.data && counts.data.mine === 0 && counts.data.unassigned > 0 ? '/lists/unassigned' : '/lists/mine', { replace: true })
  }, [reads, counts.isPending, counts.data])
  return null
}

const counting = (name: 'mine' | 'team' | 'unassigned') => function useBadge() {
  return useCounts().data?.[name]
}

const LibraryPage = lazy(() => import('./macros/library-page.tsx'))
const MacroPage = lazy(() => import('./macros/macro-page.tsx'))
const RunsPage = lazy(() => import('./bulk/runs-page.tsx').then((module) => ({ default: module.RunsPage })))
const RunPage = lazy(() => import('./bulk/run-page.tsx').then((module) => ({ default: module.RunPage })))

/** What the desk brings to the screens. */
export const deskUi: RoomUi = {
  screens: [
    { path: '/', component: Home },
    { path: '/lists/:list/:number?', component: Workspace },
    { path: '/views', component: AllViews, title: 'Views' },
    { path: '/views/new', component: ViewEditor },
    { path: '/views/:view/edit', component: ViewEditor },
    { path: '/views/:view/:number?', component: Workspace },
    { path: '/cases/:number', component: Workspace },
    { path: '/search', component: SearchScreen, title: 'Search' },
    { path: '/notices', component: NoticesPage, title: 'Notices' },
    { path: '/handover', component: HandoverPage, title: 'End my shift' },
    { path: '/handovers', component: HandoversPage, title: 'Hand-overs' },
    { path: '/handovers/:id', component: HandoverRecord, title: 'Hand-over' },
    { path: '/routing', component: RoutingBoard, title: 'Routing' },
    { path: '/macros', component: LibraryPage, title: 'Macros' },
    { path: '/macros/:id', component: MacroPage, title: 'Macros' },
    { path: '/bulk', component: RunsPage, title: 'Many cases' },
    { path: '/bulk/:id', component: RunPage, title: 'Many cases' },
    { path: '/sides', component: SidesPage, title: 'Waiting for partners' },
  ],
  rail: [
    { path: '/notices', name: 'Notices', icon: Bell, keys: ['g h'], permission: 'notice.read', order: 5, badge: useNoticeBadge },
    { path: '/handovers', name: 'Hand-overs', icon: Moon, keys: ['g y'], permission: 'handover.read', order: 17 },
    { path: '/lists/mine', name: 'My cases', icon: Inbox, keys: ['g m', 'g i'], permission: 'case.read', order: 10, badge: counting('mine') },
    { path: '/lists/team', name: 'My team', icon: Users, keys: ['g t'], permission: 'case.read', order: 11, badge: counting('team') },
    { path: '/lists/unassigned', name: 'Unassigned', icon: CircleDashed, keys: ['g u'], permission: 'case.read', order: 12, badge: counting('unassigned') },
    { path: '/lists/all', name: 'All at hand', icon: Layers, keys: ['g a'], permission: 'case.read', order: 13 },
    { path: '/sides', name: 'Partners', icon: MessageSquareShare, keys: ['g p'], permission: 'case.read', order: 15, badge: useOverdueSides },
    { path: '/macros', name: 'Macros', icon: TextQuote, keys: ['g shift+m'], permission: 'macro.read', order: 28 },
    { path: '/search', name: 'Search', icon: Search, keys: ['/'], permission: 'case.read', order: 14 },
    { path: '/routing', name: 'Routing', icon: Split, keys: ['g d'], permission: 'routing.read', order: 20 },
  ],
  settings: [
    { path: 'notifications', name: 'Notifications', icon: Bell, component: NoticeSettingsPage, permission: 'notice.read', order: 2, section: 'You' },
    { path: 'routing', name: 'Routing', icon: Split, component: RoutingSettings, permission: 'routing.read', order: 32, section: 'Centre' },
    { path: 'queues', name: 'Queues', icon: ListTree, component: QueuesPage, permission: 'queue.read', order: 30, section: 'Centre' },
    { path: 'rules', name: 'Rules', icon: Zap, component: RulesPage, permission: 'rule.read', order: 40, section: 'Centre' },
    { path: 'sla', name: 'SLA policies', icon: Timer, component: PoliciesPage, permission: 'sla.read', order: 33, section: 'Centre' },
    { path: 'calendars', name: 'Calendars', icon: CalendarDays, component: CalendarsPage, permission: 'sla.read', order: 34, section: 'Centre' },
    { path: 'topics', name: 'Topics', icon: Tags, component: TopicsPage, permission: 'queue.read', order: 31, section: 'Centre' },
    { path: 'partners', name: 'Partners', icon: BookUser, component: PartnersPage, permission: 'case.read', order: 32, section: 'Centre' },
  ],
  fills: deskFills,
}
