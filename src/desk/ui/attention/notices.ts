import { queries, remember, remembered, tellRefusal, toast, useFact, useMe, useQuery } from '#web'
import { isQuiet, sayNotice } from '../../attention/notices/model.ts'
import { api } from '../data.ts'
import type { Notice, Settings } from './wire.ts'

/** What one is told of: count, list, marks, and what the browser itself may say. */

export const useNoticeCount = () => useQuery({ queryKey: ['notices', 'count'], queryFn: () => api('GET /api/v1/notices/count'), enabled: useMe().may('notice.read') })

/** Without a notice's own things it is about many cases: the list that shows them, or what it was made by. */
export function addressOf({ case: about, data, kind }: Pick<Notice, 'case' | 'data' | 'kind'>): string {
  if (about) return `/cases/${about.number}`
  const id = (name: string) => (typeof data[name] === 'string' ? data[name] : null)
  if (kind === 'handOver' && id('handover')) return `/handovers/${id('handover')}`
  if (kind === 'bulkDone' && id('run')) return `/bulk/${id('run')}`
  return kind === 'mention' ? '/lists/mentions' : '/lists/mine'
}

type Mark = 'read' | 'unread' | 'done' | 'undone'
const opposite: Readonly<Record<Mark, Mark>> = { read: 'unread', unread: 'read', done: 'undone', undone: 'done' }

/** Marks notices; the live fact brings the list as it is then. @returns the ids of those that this changed */
export async function mark(as: Mark, which: { ids?: string[]; case?: number } = {}): Promise<string[]> {
  try {
    const { ids } = await api('POST /api/v1/notices/marks', { body: { as, ...which } })
    await queries.invalidateQueries({ queryKey: ['notices'] })
    return ids
  } catch (error) {
    tellRefusal(error, 'Not marked')
    return []
  }
}

/** The same, and it can be taken back while the toast stands. */
export async function markWithUndo(as: Mark, which: { ids?: string[]; case?: number }, words: (count: number) => string): Promise<void> {
  const ids = await mark(as, which)
  if (ids.length > 0) toast({ text: words(ids.length), undo: () => void mark(opposite[as], { ids }) })
}

const BROWSER = 'meridian.browserNotices'

/** Whether this browser may say notices beside the program: chosen here, and allowed by the browser. */
export const browserSays = (): 'on' | 'off' | 'denied' | 'unknown' =>
  (typeof Notification === 'undefined' ? 'unknown' : Notification.permission === 'denied' ? 'denied' : Notification.permission === 'granted' && remembered(BROWSER) === 'on' ? 'on' : 'off')

/** Asked by a button only: a page that asks by itself is refused by people and browsers alike. */
export async function letBrowserSay(on: boolean): Promise<void> {
  if (on && typeof Notification !== 'undefined') await Notification.requestPermission()
  remember(BROWSER, on ? 'on' : 'off')
}

/** New notices, said by the browser while nobody looks at this page. One of several windows says it: the same tag replaces itself. */
export function useBrowserNotices(): void {
  const me = useMe()
  useFact((fact) => {
    if (fact.kind !== 'notice.made' || browserSays() !== 'on' || document.visibilityState === 'visible') return
    void newestUnread(me.timeZone).then((notice) => { if (notice) show(notice) }, () => { /* it stands in the list */ })
  })
}

async function newestUnread(zone: string | null): Promise<Notice | null> {
  const settings = await queries.ensureQueryData<Settings>({ queryKey: ['notices', 'settings'], queryFn: () => api('GET /api/v1/me/notice-settings') })
  if (isQuiet(settings, new Date(), zone ?? settings.timeZone)) return null
  return (await api('GET /api/v1/notices', { query: { state: 'unread', limit: 1 } })).items[0] ?? null
}

function show(notice: Notice) {
  const shown = new Notification(sayNotice(notice), { tag: `${notice.id} ${notice.count}`, body: notice.case ? `#${notice.case.number} ${notice.case.subject}` : '' })
  shown.onclick = () => { window.focus(); location.assign(addressOf(notice)) }
}
