import { Moon } from 'lucide-react'
import { Button, Combobox, Empty, navigate, Page, Problem, queries, Section, Select, Skeleton, Switch, tellRefusal, TextArea, toast, useCommands, useIntent, useMe, useNow, useQuery, useReader, type ComboboxOption } from '#web'
import { useCallback, useMemo, useState } from 'react'
import { handoverDeeds, proposedDeed, suggestedNote, type HandoverDeed } from '../../attention/handover/model.ts'
import { presetsAt, workingMorning } from '../../attention/snooze/model.ts'
import { api, useAgents, useNames } from '../data.ts'
import { PriorityMark, StatusMark } from '../marks.tsx'
import { counted } from '../words.ts'
import './attention.css'
import './case.css'
import { deedWords, dueWords, inNote, standingFrom, standingWords } from './handover-words.ts'
import { momentWords } from './snooze.ts'
import type { HandingOver, OpenCase } from './wire.ts'

/** The end of a shift: `/handover`. */
export default function HandoverPage() {
  const work = useQuery({ queryKey: ['cases', 'openWork'], queryFn: async () => (await api('GET /api/v1/me/open-work')).items, staleTime: 0 })
  return (
    <Page wide title="End my shift" detail="Say of each open case what becomes of it while you are away. Whoever takes one on finds your note in the case, and all of it in one record." back={{ to: '/handovers', name: 'Hand-overs' }}>
      {work.data ? <Form work={work.data} /> : work.error ? <Problem error={work.error} what="Your open cases" onRetry={() => void work.refetch()} /> : <Skeleton rows={8} rowHeight={72} />}
    </Page>
  )
}

interface Chosen {
  deed: HandoverDeed
  agent: string | null
  /** Null while it is the suggested one. */
  note: string | null
}

function Form({ work }: { work: readonly OpenCase[] }) {
  const [me, reader, now, intent] = [useMe(), useReader(), useNow(), useIntent()]
  const backs = useMemo(() => presetsAt(now, reader.zone).filter(({ id, until }) => id !== 'laterToday' && until !== null).map(({ until }) => ({ value: until?.toISOString() ?? '', label: until ? momentWords(until, reader) : '' })), [now, reader])
  const [back, setBack] = useState(() => workingMorning(new Date(), reader.zone, 1).toISOString())
  const [leave, setLeave] = useState(true)
  const [note, setNote] = useState('')
  const [chosen, setChosen] = useState<ReadonlyMap<number, Chosen>>(new Map())
  const [busy, setBusy] = useState(false)
  const backAt = useMemo(() => new Date(back), [back])
  const choiceOf = useCallback((one: OpenCase): Chosen => chosen.get(one.number) ?? { deed: proposedDeed(standingFrom(one), backAt), agent: null, note: null }, [chosen, backAt])
  const missing = work.filter((one) => { const { deed, agent } = choiceOf(one); return deed === 'give' && agent === null })
  const send = async () => {
    const body = { backAt, leave, note, cases: work.map((one) => handing(one, choiceOf(one), (at) => inNote(at, reader))) }
    setBusy(true)
    try {
      const made = await api('POST /api/v1/handovers', { body, idempotencyKey: intent.key(body) })
      intent.done()
      void queries.invalidateQueries({ queryKey: ['me'] })
      const refused = made.counts.refused
      toast({ text: refused > 0 ? `Your shift is handed over, but for ${counted(refused, 'case')}` : 'Your shift is handed over', tone: refused > 0 ? 'late' : 'done', undo: () => void undo(made.id), ms: 20_000 })
      navigate(`/handovers/${made.id}`)
    } catch (error) {
      tellRefusal(error, 'Not handed over')
    }
    setBusy(false)
  }
  const ready = missing.length === 0 && !busy
  useCommands([{ id: 'handover.send', name: 'End my shift now', keys: ['mod+Enter'], section: 'Hand-over', when: () => ready, perform: () => void send() }], [ready, chosen, back, leave, note])
  return (
    <>
      <Section title="When you are back">
        <div className="attention-fields">
          <Select label="I am back" value={back} onChange={setBack} options={backs.some(({ value }) => value === back) ? backs : [{ value: back, label: momentWords(backAt, reader) }, ...backs]} />
          {me.presence === 'off' ? null : <Switch label="Set my presence to Off" checked={leave} onChange={setLeave} />}
        </div>
        <TextArea label="For the lead and whoever takes over" value={note} onChange={setNote} hint="What the record begins with. May stay empty." />
      </Section>
      <Section title="Open cases" count={work.length}>
        {work.length === 0 ? <Empty icon={Moon} title="Nothing is open">You have no open cases to hand over. Have a good evening.</Empty>
          : <ul className="attention-cases">{work.map((one) => <CaseRow key={one.number} one={one} chosen={choiceOf(one)} choose={(next) => setChosen((before) => new Map(before).set(one.number, next))} />)}</ul>}
      </Section>
      <div className="attention-send">
        {missing.length > 0 ? <span className="attention-quiet">{counted(missing.length, 'case')} still {missing.length === 1 ? 'needs' : 'need'} a colleague.</span> : null}
        <Button variant="primary" command="handover.send" busy={busy} disabled={!ready} onClick={() => void send()}>End my shift</Button>
      </div>
    </>
  )
}

function handing(one: OpenCase, { deed, agent, note }: Chosen, say: (at: Date) => string): HandingOver {
  const text = note ?? (deed === 'give' || deed === 'queue' ? suggestedNote(standingFrom(one), new Date(), say) : '')
  return { number: one.number, deed, version: one.version, ...(deed === 'give' && agent ? { agent } : {}), ...(text.trim() ? { note: text } : {}) }
}

async function undo(id: string) {
  try {
    const { cases } = await api('POST /api/v1/handovers/:id/undoing', { params: { id }, body: undefined })
    const left = cases.filter(({ undone }) => undone === 'movedOn').length
    void queries.invalidateQueries({ queryKey: ['me'] })
    toast({ text: left > 0 ? `Taken back, but for ${counted(left, 'case')} that somebody went on with` : 'Taken back: every case is as it was', tone: left > 0 ? 'late' : 'done' })
  } catch (error) {
    tellRefusal(error, 'Not taken back')
  }
}

interface RowProps {
  one: OpenCase
  chosen: Chosen
  choose: (next: Chosen) => void
}

function CaseRow({ one, chosen, choose }: RowProps) {
  const [reader, now] = [useReader(), useNow()]
  const standing = standingFrom(one)
  const suggested = chosen.deed === 'give' || chosen.deed === 'queue' ? suggestedNote(standing, now, (at) => inNote(at, reader)) : ''
  return (
    <li className="attention-case">
      <div className="attention-case-words">
        <p className="attention-case-subject"><StatusMark status={one.status} /><a href={`/cases/${one.number}`} onClick={(event) => { event.preventDefault(); navigate(`/cases/${one.number}`) }}><span className="figure">#{one.number}</span> {one.subject}</a><PriorityMark priority={one.priority} /></p>
        <p className="attention-quiet">{[one.customer, one.queue.name, ...standingWords(standing, now, reader)].filter(Boolean).join(' · ')}{standing.dueAt ? <> · <span className={standing.dueAt <= now ? 'attention-late' : 'attention-soon'}>{dueWords(standing.dueAt, now, reader)}</span></> : null}</p>
        {one.note ? <p className="attention-case-note">{one.note}</p> : null}
      </div>
      <div className="attention-case-choice">
        <Select hideLabel label={`What becomes of #${one.number}`} value={chosen.deed} onChange={(deed) => choose({ ...chosen, deed })} options={handoverDeeds.map((value) => ({ value, label: value === 'queue' ? `Back to ${one.queue.name}` : deedWords[value].name }))} />
        {chosen.deed === 'give' ? <Colleague number={one.number} value={chosen.agent} onChange={(agent) => choose({ ...chosen, agent })} /> : null}
        <TextArea hideLabel label={`Note on #${one.number}`} placeholder="Next step, for colleagues" value={chosen.note ?? suggested} onChange={(note) => choose({ ...chosen, note })} />
      </div>
    </li>
  )
}

function Colleague({ number, value, onChange }: { number: number; value: string | null; onChange: (id: string | null) => void }) {
  const [agents, names] = [useAgents().data, useNames()]
  const options = useMemo((): ComboboxOption[] => (agents ?? []).filter(({ id, deactivated }) => !deactivated && id !== names.me)
    .sort((a, b) => Number(b.presence === 'available') - Number(a.presence === 'available'))
    .map(({ id, name, presence, teamId }) => ({ value: id, label: name, detail: [teamId === null ? null : names.team(teamId), presence === 'off' ? 'off work' : presence].filter(Boolean).join(' · ') })), [agents, names])
  return <Combobox hideLabel label={`Colleague for #${number}`} value={value} onChange={onChange} options={options} placeholder="A colleague" />
}
