import { Printer, Undo2 } from 'lucide-react'
import { Badge, Button, etagOf, Link, Page, Problem, queries, Section, Skeleton, tellRefusal, Time, toast, useMe, useNow, useParams, useQuery, useReader } from '#web'
import { api } from '../data.ts'
import { PriorityMark, StatusMark } from '../marks.tsx'
import { counted } from '../words.ts'
import './attention.css'
import './case.css'
import { deedWords, dueWords, refusalWords, standingFrom, standingWords } from './handover-words.ts'
import type { Handover } from './wire.ts'

/** One hand-over as whoever takes over reads it, and as it is printed: `/handovers/:id`. */
export default function HandoverRecord() {
  const { id = '' } = useParams<{ id: string }>()
  const found = useQuery({ queryKey: ['handovers', id], queryFn: () => api('GET /api/v1/handovers/:id', { params: { id } }) })
  if (found.error && !found.data) return <Problem error={found.error} what="The hand-over" onRetry={() => void found.refetch()} />
  if (!found.data) return <Page title="Hand-over" back={{ to: '/handovers', name: 'Hand-overs' }}><Skeleton rows={8} /></Page>
  return <Record made={found.data} />
}

function Record({ made }: { made: Handover }) {
  const me = useMe()
  const { cases } = made
  const given = cases.filter(({ deed, refused, to }) => deed === 'give' && refused === null && to?.id === me.id)
  const others = cases.filter((one) => !given.includes(one))
  return (
    <Page
      title={`${made.agent.name}’s hand-over`} back={{ to: '/handovers', name: 'Hand-overs' }}
      detail={<><Time at={made.at} form="full" />{made.team ? ` · ${made.team.name}` : ''}{made.backAt ? <> · back <Time at={made.backAt} form="full" /></> : null}</>}
      actions={<>
        {made.agent.id === me.id && !made.undoneAt ? <Button icon={Undo2} onClick={() => void takeBack(made)} className="attention-no-print">Take back</Button> : null}
        <Button icon={Printer} onClick={() => window.print()} className="attention-no-print">Print</Button>
      </>}
    >
      {made.undoneAt ? <p className="attention-undone">Taken back <Time at={made.undoneAt} />: every case is as it was before, but for those that somebody went on with.</p> : null}
      {made.note ? <p className="attention-record-note">{made.note}</p> : null}
      {given.length > 0 ? <Section title="Yours now" count={given.length}><Cases cases={given} /></Section> : null}
      <Section title={given.length > 0 ? 'The others' : 'Cases'} count={others.length}>{others.length > 0 ? <Cases cases={others} /> : <p className="attention-quiet">Nothing else was open.</p>}</Section>
    </Page>
  )
}

async function takeBack(made: Handover) {
  const ifMatch = etagOf(made)
  try {
    const answer = await api('POST /api/v1/handovers/:id/undoing', { params: { id: made.id }, body: undefined, ...(ifMatch ? { ifMatch } : {}) })
    queries.setQueryData(['handovers', made.id], answer)
    void queries.invalidateQueries({ queryKey: ['me'] })
    const left = answer.cases.filter(({ undone }) => undone === 'movedOn').length
    toast({ text: left > 0 ? `Taken back, but for ${counted(left, 'case')} that somebody went on with` : 'Taken back: every case is as it was', tone: left > 0 ? 'late' : 'done' })
  } catch (error) {
    tellRefusal(error, 'Not taken back')
  }
}

const Cases = ({ cases }: { cases: Handover['cases'] }) => <ul className="attention-cases">{cases.map((one) => <OneCase key={one.number} one={one} />)}</ul>

function OneCase({ one }: { one: Handover['cases'][number] }) {
  const reader = useReader()
  const standing = standingFrom(one)
  const now = useNow()
  return (
    <li className="attention-case">
      <div className="attention-case-words">
        <p className="attention-case-subject"><StatusMark status={one.status} /><Link href={`/cases/${one.number}`}><span className="figure">#{one.number}</span> {one.subject}</Link><PriorityMark priority={one.priority} /></p>
        <p className="attention-quiet">{[one.customer, ...standingWords(standing, now, reader)].filter(Boolean).join(' · ')}{standing.dueAt ? <> · <span className={standing.dueAt <= now ? 'attention-late' : 'attention-soon'}>{dueWords(standing.dueAt, now, reader)}</span></> : null}</p>
        {one.note ? <p className="attention-case-note">{one.note}</p> : null}
      </div>
      <div className="attention-case-choice">
        <Outcome one={one} />
      </div>
    </li>
  )
}

function Outcome({ one: { deed, to, until, refused, undone } }: { one: Handover['cases'][number] }) {
  if (refused !== null) return <Badge tone="late">Not handed over: {refusalWords(refused)}</Badge>
  const words = deed === 'give' ? `Given to ${to?.name ?? 'a colleague'}` : deed === 'queue' ? `Back in ${to?.name ?? 'the queue'}` : deedWords[deed].done
  return <span className="attention-outcome"><Badge tone={deed === 'keep' ? 'neutral' : 'info'}>{words}{deed === 'snooze' && until ? <> until <Time at={until} form="clock" /></> : null}</Badge>{undone === 'movedOn' ? <Badge tone="soon">Went on meanwhile</Badge> : null}</span>
}
