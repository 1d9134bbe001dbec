import { ChevronLeft, ChevronRight } from 'lucide-react'
import { classes, IconButton, useReader } from '#web'
import { useState } from 'react'
import { dateOf, dayOf, hoursOn, isZone, shiftOn, weekdayOf, type Calendar } from '../../../sla/model.ts'
import { minutesWords } from '../words.ts'
import { hoursWords, minutesOf, weekdays } from './hours.ts'

/** A month as the calendar has it, in its own zone: open hours, holidays, and the days on which the clocks change. */
export function Month({ calendar }: { calendar: Calendar }) {
  const { locale } = useReader()
  const [first, setFirst] = useState(() => `${dateOf(Math.floor(Date.now() / 86_400_000)).slice(0, 8)}01`)
  const turn = (by: number) => setFirst(new Date(Date.UTC(Number(first.slice(0, 4)), Number(first.slice(5, 7)) - 1 + by, 1)).toISOString().slice(0, 10))
  if (!isZone(calendar.timeZone)) return null
  const start = dayOf(first)
  const length = new Date(Date.UTC(Number(first.slice(0, 4)), Number(first.slice(5, 7)), 0)).getUTCDate()
  const days = Array.from({ length }, (_, index) => start + index)
  const total = days.reduce((sum, day) => sum + minutesOf(hoursOn(calendar, day)), 0)
  return (
    <section className="sla-month" aria-label="A month by this calendar">
      <header>
        <h2>{new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(start * 86_400_000)}</h2>
        <span className="sla-month-total figure">{minutesWords(total)} open</span>
        <IconButton icon={ChevronLeft} size="small" label="The month before" onClick={() => turn(-1)} />
        <IconButton icon={ChevronRight} size="small" label="The month after" onClick={() => turn(1)} />
      </header>
      <div className="sla-month-days">
        {weekdays.map((name) => <span key={name} className="sla-month-head" aria-hidden>{name.slice(0, 2)}</span>)}
        {days.map((day, index) => <Day key={day} day={day} calendar={calendar} column={index === 0 ? weekdayOf(day) : null} />)}
      </div>
    </section>
  )
}

function Day({ day, calendar, column }: { day: number; calendar: Calendar; column: number | null }) {
  const [date, hours, shift] = [dateOf(day), hoursOn(calendar, day), shiftOn(calendar.timeZone, day)]
  const special = calendar.openDays.find((open) => open.date === date)
  const holiday = calendar.holidays.find((each) => (each.yearly ? each.date.slice(5) === date.slice(5) : each.date === date))
  const named = special ? special.name || 'Special hours' : holiday ? holiday.name || 'Holiday' : null
  const clocks = shift === 0 ? null : `Clocks go ${shift > 0 ? 'forward' : 'back'} ${minutesWords(Math.abs(shift))}`
  const title = [`${weekdays[weekdayOf(day) - 1]}, ${date}`, named, hours.length > 0 ? hoursWords(hours) : 'Closed', clocks].filter(Boolean).join('\n')
  return (
    <span className={classes('sla-month-day', hours.length === 0 && 'sla-month-closed', holiday !== undefined && special === undefined && 'sla-month-holiday', special !== undefined && 'sla-month-special')} title={title}
      style={column === null ? undefined : { gridColumnStart: column }}>
      <span className="sla-month-number figure">{Number(date.slice(8))}</span>
      {clocks ? <span className="sla-month-shift" role="img" aria-label={clocks}>{shift > 0 ? '+' : '−'}{Math.abs(shift) % 60 === 0 ? `${Math.abs(shift) / 60} h` : `${Math.abs(shift)} m`}</span> : null}
      <span className="sla-month-hours figure">{hours.length > 0 ? minutesWords(minutesOf(hours)) : named ? '' : '–'}</span>
      {named ? <span className="sla-month-name">{named}</span> : null}
    </span>
  )
}
