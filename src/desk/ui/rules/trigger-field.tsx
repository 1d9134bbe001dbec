import { Checkbox, Select, TextField } from '#web'
import { AFTER_MINUTES_MAX, happenings, happeningNames, sinceNames, sinces, type Since, type Trigger } from '../../rules/model.ts'

const units = [['minutes', 1], ['hours', 60], ['days', 1440]] as const
const unitOf = (minutes: number) => units.findLast(([, size]) => minutes % size === 0) ?? units[0]

/** When a rule looks: on what happens, or some time after. */
export function TriggerField({ value, onChange }: { value: Trigger; onChange: (next: Trigger) => void }) {
  const isOn = 'on' in value
  return (
    <fieldset className="desk-fieldset desk-trigger">
      <legend>When</legend>
      <Select label="It looks" value={isOn ? 'on' : 'after'} options={[{ value: 'on', label: 'When something happens' }, { value: 'after', label: 'After a time' }]}
        onChange={(how) => onChange(how === 'on' ? { on: ['opened'] } : { after: 1440, since: 'waiting' })} />
      {isOn ? <Happenings value={value.on} onChange={(on) => onChange({ on })} /> : <After value={value} onChange={onChange} />}
    </fieldset>
  )
}

function Happenings({ value, onChange }: { value: readonly (keyof typeof happenings)[]; onChange: (next: (keyof typeof happenings)[]) => void }) {
  return (
    <div className="desk-happenings" role="group" aria-label="What happens">
      {happeningNames.map((name) => (
        <Checkbox key={name} label={happenings[name].words} checked={value.includes(name)} onChange={(is) => onChange(happeningNames.filter((other) => (other === name ? is : value.includes(other))))} />
      ))}
    </div>
  )
}

function After({ value: { after, since }, onChange }: { value: { after: number; since: Since }; onChange: (next: Trigger) => void }) {
  const [unit, size] = unitOf(after)
  const set = (count: number, times: number) => onChange({ after: Math.min(AFTER_MINUTES_MAX, Math.max(1, Math.round(count * times))), since })
  return (
    <div className="desk-after">
      <TextField label="How long" type="number" value={String(after / size)} onChange={(text) => set(Number(text) || 1, size)} />
      <Select label="Unit" value={unit} options={units.map(([name]) => ({ value: name, label: name }))} onChange={(name) => set(after / size, units.find(([other]) => other === name)?.[1] ?? 1)} />
      <Select label="After" value={since} options={sinceNames.map((name) => ({ value: name, label: sinces[name].words }))} onChange={(name) => onChange({ after, since: sinceNames.find((other) => other === name) ?? since })} />
      <p className="field-hint">{since === 'solved' ? 'It looks at cases that are solved and not closed' : 'It looks at cases that are not solved'}, and at what comes due from when it is switched on.</p>
    </div>
  )
}
