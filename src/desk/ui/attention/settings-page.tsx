import { Button, Page, Problem, queries, Section, Select, Skeleton, Switch, tellRefusal, toast, useQuery, etagOf } from '#web'
import { useState } from 'react'
import { digests, noticeKinds, ways, type Digest, type NoticeKind, type Way } from '../../attention/notices/model.ts'
import { api } from '../data.ts'
import './attention.css'
import './case.css'
import { browserSays, letBrowserSay } from './notices.ts'
import type { Settings, SettingsChange } from './wire.ts'

const kindWords: Readonly<Record<NoticeKind, { name: string; says: string }>> = {
  assigned: { name: 'A case comes to you', says: 'By routing, or from a colleague' }, handOver: { name: 'A case is handed over to you', says: 'With a note, also at the end of a shift' }, mention: { name: 'Somebody mentions you', says: 'Or a team that you are in' },
  customerReplied: { name: 'A customer writes', says: 'In your cases and those that you watch' }, colleagueWrote: { name: 'A colleague writes', says: 'Replies and notes, in your cases and those that you watch' },
  slaAtRisk: { name: 'A promise is due soon', says: 'In your cases' }, slaBreached: { name: 'A promise is late', says: 'In your cases' }, woke: { name: 'A case is back', says: 'Its time came, after you or somebody put it off' },
  undelivered: { name: 'A reply does not arrive', says: 'Refused, came back, or nobody knows' }, sideAnswered: { name: 'A partner answers', says: 'In side conversations' }, sideOverdue: { name: 'A partner keeps you waiting', says: 'A side conversation is overdue' },
  bulkDone: { name: 'A bulk run is finished', says: 'That you began' },
}
const wayWords: Readonly<Record<Way, string>> = { app: 'In the program', mail: 'In the digest', both: 'Both', off: 'Not at all' }
const digestWords: Readonly<Record<Digest, string>> = { off: 'No mail', hourly: 'At most once an hour', fourHourly: 'At most every four hours', daily: 'Once a day' }

const key = ['notices', 'settings']

/** What one is told of, and how: `/settings/notifications`. */
export default function NoticeSettingsPage() {
  const found = useQuery({ queryKey: key, queryFn: () => api('GET /api/v1/me/notice-settings') })
  return (
    <Page title="Notifications" detail="What you are told of, and how. Your own deeds never count, and whatever belongs together is told once.">
      {found.data ? <Choices settings={found.data} /> : found.error ? <Problem error={found.error} what="Your choices" onRetry={() => void found.refetch()} /> : <Skeleton rows={12} />}
    </Page>
  )
}

/** Each choice holds at once; what somebody chose in another window is read anew before it is chosen over. */
async function choose(settings: Settings, change: SettingsChange, seen: Partial<Settings>): Promise<void> {
  const ifMatch = etagOf(settings)
  queries.setQueryData<Settings>(key, (before) => before && { ...before, ...seen })
  try {
    queries.setQueryData(key, await api('PATCH /api/v1/me/notice-settings', { body: change, ...(ifMatch ? { ifMatch } : {}) }))
  } catch (error) {
    tellRefusal(error, 'Not changed')
    await queries.invalidateQueries({ queryKey: key })
  }
}

function Choices({ settings }: { settings: Settings }) {
  const set = <K extends Exclude<keyof SettingsChange, 'ways'> & keyof Settings>(name: K, value: Settings[K] & SettingsChange[K]) => void choose(settings, { [name]: value }, { [name]: value })
  const setWay = (kind: NoticeKind, way: Way) => void choose(settings, { ways: { [kind]: way } }, { ways: { ...settings.ways, [kind]: way } })
  return (
    <>
      <Section title="What you are told of">
        <ul className="attention-kinds">
          {noticeKinds.map((kind) => (
            <li key={kind} className="attention-kind">
              <span><span className="attention-kind-name">{kindWords[kind].name}</span><span className="attention-quiet">{kindWords[kind].says}</span></span>
              <Select hideLabel label={kindWords[kind].name} value={settings.ways[kind]} onChange={(way) => setWay(kind, way)} options={ways.map((value) => ({ value, label: wayWords[value] }))} />
            </li>
          ))}
        </ul>
      </Section>
      <DigestSection settings={settings} set={set} />
      <Section title="Quiet hours" detail={`On your clock (${settings.timeZone}). Notices come in quietly: no mail, and the browser says nothing.`}><Quiet settings={settings} set={set} /></Section>
      <Section title="Watching" detail="What happens in a case that you watch is told to you as if it were yours.">
        <Switch label="Watch cases in which I write a note" checked={settings.watchOnNote} onChange={(on) => set('watchOnNote', on)} />
        <Switch label="Watch cases in which I am mentioned" checked={settings.watchOnMention} onChange={(on) => set('watchOnMention', on)} />
      </Section>
      <BrowserSection />
    </>
  )
}

type Set = <K extends Exclude<keyof SettingsChange, 'ways'> & keyof Settings>(name: K, value: Settings[K] & SettingsChange[K]) => void
const hours = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: `${String(hour).padStart(2, '0')}:00` }))

function DigestSection({ settings, set }: { settings: Settings; set: Set }) {
  return (
    <Section title="Digest by mail" detail={`To ${settings.address}: what is still unread, with links. Never when there is nothing to tell.`}>
      <div className="attention-fields">
        <Select label="How often" value={settings.digest} onChange={(digest) => set('digest', digest)} options={digests.map((value) => ({ value, label: digestWords[value] }))} />
        {settings.digest === 'daily' ? <Select label="At" value={String(settings.digestHour)} onChange={(hour) => set('digestHour', Number(hour))} options={hours} /> : null}
      </div>
      {settings.digest === 'off' ? null : (
        <>
          <Switch label="Also while I am at work" hint="Otherwise it waits until your presence is Away or Off." checked={settings.mailWhileHere} onChange={(on) => set('mailWhileHere', on)} />
          <Switch label="With names and the beginnings of messages" hint="Otherwise it holds only numbers and subjects of cases." checked={settings.mailWords} onChange={(on) => set('mailWords', on)} />
        </>
      )}
    </Section>
  )
}

const clockOf = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const halves = Array.from({ length: 48 }, (_, half) => ({ value: String(half * 30), label: clockOf(half * 30) }))
const NIGHT = { from: 20 * 60, to: 8 * 60 }

function Quiet({ settings: { quiet }, set }: { settings: Settings; set: Set }) {
  return (
    <>
      <Switch label="Have quiet hours" checked={quiet !== null} onChange={(on) => set('quiet', on ? NIGHT : null)} />
      {quiet ? (
        <div className="attention-fields">
          <Select label="From" value={String(quiet.from)} onChange={(from) => set('quiet', { ...quiet, from: Number(from) })} options={halves} />
          <Select label="To" value={String(quiet.to)} onChange={(to) => set('quiet', { ...quiet, to: Number(to) })} options={halves} />
        </div>
      ) : null}
    </>
  )
}

const saysWords = { on: 'This browser says new notices while you look at something else.', off: 'Off in this browser.', denied: 'The browser refuses it. Its own settings for this site can allow it again.', unknown: 'This browser cannot do it.' }

function BrowserSection() {
  const [says, setSays] = useState(browserSays)
  const change = (on: boolean) => void letBrowserSay(on).then(() => { setSays(browserSays()); if (on && browserSays() === 'on') toast({ text: 'This browser says new notices', tone: 'done' }) })
  return (
    <Section title="This browser" detail={saysWords[says]}>
      {says === 'on' ? <div><Button onClick={() => change(false)}>Switch off here</Button></div> : says === 'off' ? <div><Button onClick={() => change(true)}>Let this browser say them</Button></div> : null}
    </Section>
  )
}
