import { Button, Combobox, Dialog, Form, queries, Select, Switch, TextField } from '#web'
import { useState } from 'react'
import { takeBacks, type Mode, type TakeBack } from '../../routing/model.ts'
import { api } from '../data.ts'
import type { NeedBody, QueueRoutingView, Skill } from './data.ts'
import { minutesIn, NeedsEditor } from './needs-editor.tsx'

const CHANNELS = ['email', 'form', 'api'] as const
const channelNames = { email: 'Mail', form: 'Form', api: 'API' } as const
const takeBackNames: Readonly<Record<TakeBack, string>> = { never: 'Nothing', unbegun: 'What they have not opened yet', waiting: 'Everything that waits for us' }
const modes: { value: Mode; label: string; detail: string }[] = [{ value: 'pull', label: 'Taken', detail: 'People take their next case' }, { value: 'push', label: 'Given out', detail: 'Each goes to the best person' }]

const wordsOf = ({ needs, overflow, ...queue }: QueueRoutingView) => ({
  mode: queue.mode, weights: queue.weights, percent: String(queue.capacityPercent), prefers: queue.stickyMinutes !== null, sticky: String(queue.stickyMinutes ?? 0), accept: queue.acceptMinutes === null ? '' : String(queue.acceptMinutes), awayWhenMissed: queue.awayWhenMissed,
  takeBack: queue.takeBack, overflow: overflow?.queueId ?? null, overflowAfter: String(overflow?.afterMinutes ?? 60), skills: needs.map(({ skillId, level, dropAfterMinutes }): NeedBody => ({ skillId, level, dropAfterMinutes })),
})
type Words = ReturnType<typeof wordsOf>

const bodyOf = (words: Words) => ({
  mode: words.mode, weights: words.weights, capacityPercent: Math.min(100, Math.max(1, minutesIn(words.percent) ?? 100)), stickyMinutes: words.prefers ? minutesIn(words.sticky) ?? 0 : null,
  acceptMinutes: minutesIn(words.accept) || null, awayWhenMissed: words.awayWhenMissed, takeBack: words.takeBack, skills: words.skills,
  overflow: words.overflow === null ? null : { queue: words.overflow, afterMinutes: Math.max(1, minutesIn(words.overflowAfter) ?? 60) },
})

interface DialogProps {
  queue: QueueRoutingView
  queues: readonly QueueRoutingView[]
  skills: readonly Skill[]
  onClose: () => void
}

/** How one queue gives its cases out. */
export function QueueRoutingDialog({ queue, queues, skills, onClose }: DialogProps) {
  const [words, setWords] = useState(() => wordsOf(queue))
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const put = (change: Partial<Words>) => setWords((now) => ({ ...now, ...change }))
  const submit = () => {
    setBusy(true)
    api('PATCH /api/v1/routing/queues/:id', { params: { id: queue.queueId }, body: bodyOf(words), ...(queue.version > 0 ? { ifMatch: queue.version } : {}) })
      .then(() => queries.invalidateQueries({ queryKey: ['routing'] })).then(onClose, setProblem).finally(() => setBusy(false))
  }
  return (
    <Dialog open onClose={onClose} title={queue.name} size="large">
      <Form onSubmit={submit} problem={problem} actions={<><Button variant="quiet" onClick={onClose}>Cancel</Button><Button variant="primary" type="submit" busy={busy}>Save</Button></>}>
        <Select label="Cases are" name="mode" value={words.mode} onChange={(mode) => put({ mode })} options={modes} />
        <NeedsEditor needs={words.skills} onChange={(asked) => put({ skills: asked })} skills={skills} />
        {words.mode === 'push' ? <Pushed words={words} put={put} /> : null}
        <Overflow words={words} put={put} queues={queues.filter(({ queueId }) => queueId !== queue.queueId)} />
      </Form>
    </Dialog>
  )
}

interface PartProps {
  words: Words
  put: (change: Partial<Words>) => void
}

function Pushed({ words, put }: PartProps) {
  const weigh = (channel: string, text: string) => { const { [channel]: _, ...others } = words.weights; put({ weights: minutesIn(text) ? { ...others, [channel]: Math.min(100, minutesIn(text) ?? 1) } : others }) }
  return (
    <>
      <div className="desk-pair">
        <TextField label="Fills people up to (% of their room)" name="capacityPercent" inputMode="numeric" value={words.percent} onChange={(percent) => put({ percent })} hint="Less than 100 leaves room for other queues." />
        <TextField label="To be opened within (minutes)" name="acceptMinutes" inputMode="numeric" placeholder="no limit" value={words.accept} onChange={(accept) => put({ accept })} hint="Otherwise it goes to another." />
      </div>
      {words.accept === '' ? null : <Switch label="Then they are away" hint="Who does not open a case in time is set to away, until they say otherwise." checked={words.awayWhenMissed} onChange={(awayWhenMissed) => put({ awayWhenMissed })} />}
      <Switch label="Prefer whoever answered the customer last" checked={words.prefers} onChange={(prefers) => put({ prefers })} />
      {words.prefers ? <TextField label="Wait for them (minutes)" name="stickyMinutes" inputMode="numeric" value={words.sticky} onChange={(sticky) => put({ sticky })} hint="While they are at work and only have no room. 0: not at all." /> : null}
      <Select label="When somebody goes, this comes back" name="takeBack" value={words.takeBack} onChange={(takeBack) => put({ takeBack })} options={takeBacks.map((value) => ({ value, label: takeBackNames[value] }))} />
      <fieldset className="desk-fieldset"><legend>A case counts as</legend>
        <div className="routing-weights">{CHANNELS.map((channel) => <TextField key={channel} label={channelNames[channel]} inputMode="numeric" placeholder="1" value={words.weights[channel] === undefined ? '' : String(words.weights[channel])} onChange={(text) => weigh(channel, text)} />)}</div>
      </fieldset>
    </>
  )
}

function Overflow({ words, put, queues }: PartProps & { queues: readonly QueueRoutingView[] }) {
  return (
    <div className="desk-pair">
      <Combobox label="What waits too long goes on to" name="overflow" clearable placeholder="nowhere" value={words.overflow} onChange={(overflow) => put({ overflow })} options={queues.map(({ queueId, name }) => ({ value: queueId, label: name }))} />
      <TextField label="After (minutes)" name="overflowMinutes" inputMode="numeric" disabled={words.overflow === null} value={words.overflowAfter} onChange={(overflowAfter) => put({ overflowAfter })} />
    </div>
  )
}
