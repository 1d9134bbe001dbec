import { navigate, useCommands, useMe } from '#web'
import { useBrowserNotices, useNoticeCount } from './notices.ts'

/** How many notices are unread, live. Drawn with the rail, so it is there on every screen: what is said and done from everywhere begins here. */
export function useNoticeBadge(): number | undefined {
  const me = useMe()
  useBrowserNotices()
  useCommands([{ id: 'shift.end', name: 'End my shift', section: 'You', words: 'hand over leave go home off', when: () => me.may('handover.make') && me.kind === 'agent', perform: () => navigate('/handover') }], [me])
  return useNoticeCount().data?.unread
}
