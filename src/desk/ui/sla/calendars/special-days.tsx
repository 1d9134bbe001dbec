import { FileUp, Plus, X } from 'lucide-react'
import { Button, Checkbox, IconButton, Section, tellRefusal, toast } from '#web'
import { useRef, useState } from 'react'
import type { Holiday, Hours, OpenDay } from '../../../sla/model.ts'
import { api } from '../../data.ts'
import { hoursWords, readHours } from './hours.ts'

interface Part<D> {
  days: readonly D[]
  onChange: (days: D[]) => void
  disabled: boolean
}

const today = () => new Date().toISOString().slice(0, 10)
const replace = <D,>(days: readonly D[], index: number, next: D) => days.map((day, at) => (at === index ? next : day))
const without = <D,>(days: readonly D[], index: number) => days.filter((_, at) => at !== index)

/** Days that are closed, whole or in part; written by hand, or read from a file as offices publish it. */
export function Holidays({ days, onChange, disabled }: Part<Holiday>) {
  return (
    <Section title="Holidays" count={days.length} detail="Closed all day, or between these hours." actions={disabled ? null : <>
      <ImportDays days={days} onChange={onChange} />
      <Button size="small" icon={Plus} onClick={() => onChange([...days, { date: today(), name: '' }])}>Add a day</Button>
    </>}>
      <ul className="sla-days">
        {days.map((day, index) => (
          // eslint-disable-next-line react/no-array-index-key -- a day may stand twice, and is edited in place
          <li key={index}>
            <DateInput value={day.date} disabled={disabled} name={day.name} onChange={(date) => onChange(replace(days, index, { ...day, date }))} />
            <input className="input" aria-label="Name of the day" placeholder="Name" maxLength={200} disabled={disabled} value={day.name} onChange={(event) => onChange(replace(days, index, { ...day, name: event.target.value }))} />
            <PartInput label={`Closed hours of ${day.name || day.date}`} hours={day.hours ? [day.hours] : []} placeholder="All day" disabled={disabled} onChange={([hours]) => {
              const { hours: _, ...rest } = day
              onChange(replace(days, index, hours ? { ...rest, hours } : rest))
            }} />
            <Checkbox label="Every year" checked={day.yearly ?? false} disabled={disabled} onChange={(yearly) => onChange(replace(days, index, { ...day, yearly }))} />
            <IconButton icon={X} size="small" label={`Take ${day.name || day.date} away`} disabled={disabled} onClick={() => onChange(without(days, index))} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Dates with hours of their own, which hold instead of the week's and over a holiday. */
export function OpenDays({ days, onChange, disabled }: Part<OpenDay>) {
  return (
    <Section title="Special hours" count={days.length} detail="On these dates the hours here hold, whatever the week and the holidays say." actions={disabled ? null : <Button size="small" icon={Plus} onClick={() => onChange([...days, { date: today(), name: '', from: 540, to: 1_020 }])}>Add hours</Button>}>
      <ul className="sla-days sla-days-open">
        {days.map((day, index) => (
          // eslint-disable-next-line react/no-array-index-key -- as above
          <li key={index}>
            <DateInput value={day.date} disabled={disabled} name={day.name} onChange={(date) => onChange(replace(days, index, { ...day, date }))} />
            <input className="input" aria-label="Name of the day" placeholder="Name" maxLength={200} disabled={disabled} value={day.name} onChange={(event) => onChange(replace(days, index, { ...day, name: event.target.value }))} />
            <PartInput label={`Open hours of ${day.name || day.date}`} hours={[day]} placeholder="9-17" disabled={disabled} onChange={([hours]) => { if (hours) onChange(replace(days, index, { ...day, ...hours })) }} />
            <IconButton icon={X} size="small" label={`Take ${day.name || day.date} away`} disabled={disabled} onClick={() => onChange(without(days, index))} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function DateInput({ value, name, disabled, onChange }: { value: string; name: string; disabled: boolean; onChange: (date: string) => void }) {
  return <input type="date" className="input figure" aria-label={`Date${name ? ` of ${name}` : ''}`} required disabled={disabled} value={value} onChange={(event) => { if (event.target.value) onChange(event.target.value) }} />
}

function PartInput({ label, hours, placeholder, disabled, onChange }: { label: string; hours: readonly Hours[]; placeholder: string; disabled: boolean; onChange: (hours: Hours[]) => void }) {
  const [text, setText] = useState<string | null>(null)
  const read = text === null ? null : readHours(text)
  const wrong = text !== null && (read === null || read.length > 1)
  const leave = () => { if (read && !wrong) { onChange(read); setText(null) } }
  return (
    <input className={wrong ? 'input figure sla-wrong' : 'input figure'} aria-label={label} aria-invalid={wrong || undefined} placeholder={placeholder} title="Such as 12-18; empty is all day" disabled={disabled}
      value={text ?? hoursWords(hours)} onChange={(event) => setText(event.target.value)} onBlur={leave} onKeyDown={(event) => { if (event.key === 'Enter') { event.preventDefault(); leave() } }} />
  )
}

/** Three years: as far as offices publish. */
const YEARS = 3

function ImportDays({ days, onChange }: Pick<Part<Holiday>, 'days' | 'onChange'>) {
  const chooser = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const take = async (file: File) => {
    setBusy(true)
    try {
      const year = new Date().getFullYear()
      const found = await api('POST /api/v1/calendars/holidays', { body: { ics: await file.text(), from: `${year}-01-01`, to: `${year + YEARS - 1}-12-31` } })
      const fresh = found.days.filter(({ date, name }) => !days.some((day) => day.date === date && day.name === name))
      onChange([...days, ...fresh].toSorted((a, b) => a.date.localeCompare(b.date)))
      toast({ text: importWords(fresh.length, found.days.length - fresh.length, found.skipped), ...(fresh.length > 0 ? { undo: () => onChange([...days]) } : {}) })
    } catch (problem) {
      tellRefusal(problem, 'Not imported')
    } finally {
      setBusy(false)
      if (chooser.current) chooser.current.value = ''
    }
  }
  return (
    <>
      <input ref={chooser} type="file" accept=".ics,text/calendar" className="unseen" tabIndex={-1} aria-label="A calendar file with holidays" onChange={(event) => { const [file] = event.target.files ?? []; if (file) void take(file) }} />
      <Button size="small" icon={FileUp} busy={busy} onClick={() => chooser.current?.click()}>Import .ics</Button>
    </>
  )
}

function importWords(fresh: number, known: number, skipped: number): string {
  if (fresh === 0) return known > 0 ? 'All of its days are here already' : 'There are no days of these years in it'
  const also = [known > 0 ? `${known} were here already` : '', skipped > 0 ? `${skipped} could not be read` : ''].filter(Boolean)
  return [`${fresh} ${fresh === 1 ? 'day' : 'days'} added; save to keep them`, ...also].join(', ')
}
