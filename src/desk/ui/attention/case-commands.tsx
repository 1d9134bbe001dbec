import { AlarmClock, AlarmClockOff, BellOff, Eye, EyeOff } from 'lucide-react'
import { runCommand, useCommands, useMe, useReader } from '#web'
import { isUnsolved } from '../../cases/model.ts'
import type { Doing } from '../actions.ts'
import { canChange } from '../can-change.ts'
import { putOff, snoozeChoices, snoozeTyped, wake } from './snooze.ts'
import { setWatching, useWatchers } from './watching.ts'

/** Putting a case off and following it, by key and by name, whether it is open or only selected. */
export function AttentionCommands({ doing }: { doing: Doing }) {
  const [me, reader] = [useMe(), useReader()]
  const { row } = doing
  const section = `Case #${row.number}`
  const mine = useWatchers(row.number).data?.mine ?? 'none'
  const works = () => me.may('case.change') && canChange(row) && isUnsolved(row.status)
  const watches = () => me.kind === 'agent'
  const choose = (until: Date | null) => { runCommand('list.next'); void putOff(doing, until, reader) }
  useCommands([
    {
      id: 'case.snooze', name: row.snoozed ? 'Put off for another time' : 'Put off', keys: ['shift+s'], section, icon: AlarmClock, words: 'snooze later remind', question: 'Put off until … (“fri 9am”, “2h”, “24 dec”)', when: works,
      choices: () => snoozeChoices(reader, choose), typed: (letters) => snoozeTyped(letters, reader, choose),
    },
    { id: 'case.wake', name: 'Bring back now', keys: ['shift+r'], section, icon: AlarmClockOff, words: 'wake unsnooze', when: () => works() && row.snoozed !== null, perform: () => void wake(doing) },
    {
      id: 'case.watch', name: mine === 'watching' ? 'Watch no longer' : 'Watch', keys: ['w'], section, icon: mine === 'watching' ? EyeOff : Eye, words: 'follow subscribe unfollow', when: watches,
      perform: () => void setWatching(row.number, mine === 'watching' ? 'left' : 'watching'),
    },
    { id: 'case.mute', name: mine === 'muted' ? 'Hear of it again' : 'Mute', section, icon: BellOff, words: 'silence notifications', when: watches, perform: () => void setWatching(row.number, mine === 'muted' ? 'left' : 'muted') },
  ], [doing, me, reader, mine])
  return null
}
