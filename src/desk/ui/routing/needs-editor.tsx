import { Plus, X } from 'lucide-react'
import { Button, Combobox, IconButton, Select, TextField } from '#web'
import type { NeedBody, Skill } from './data.ts'

const LEVELS = ['1', '2', '3', '4', '5'] as const

interface NeedsEditorProps {
  needs: readonly NeedBody[]
  onChange: (needs: NeedBody[]) => void
  skills: readonly Skill[]
  disabled?: boolean
}

/** Which skills are asked for, at which level, and after which wait one does without. */
export function NeedsEditor({ needs, onChange, skills, disabled }: NeedsEditorProps) {
  const put = (index: number, change: Partial<NeedBody>) => onChange(needs.map((need, at) => (at === index ? { ...need, ...change } : need)))
  const free = skills.filter(({ id }) => !needs.some(({ skillId }) => skillId === id))
  const add = () => { const [first] = free; if (first) onChange([...needs, { skillId: first.id, level: 1, dropAfterMinutes: null }]) }
  return (
    <fieldset className="desk-fieldset" disabled={disabled}>
      <legend>Skills that are asked for</legend>
      <div className="routing-needs-list">
        {needs.map((need, index) => {
          const named = skills.find(({ id }) => id === need.skillId)?.name ?? 'Skill'
          return (
            <div className="routing-need" key={need.skillId}>
              <Combobox label="Skill" hideLabel={index > 0} value={need.skillId} onChange={(skillId) => { if (skillId) put(index, { skillId }) }} options={skills.filter(({ id }) => id === need.skillId || free.some((other) => other.id === id)).map(({ id, name }) => ({ value: id, label: name }))} />
              <Select label="Level" hideLabel={index > 0} value={LEVELS.find((level) => level === String(need.level)) ?? '1'} onChange={(level) => put(index, { level: Number(level) })} options={LEVELS.map((level) => ({ value: level, label: level === '5' ? '5' : `${level}+` }))} />
              <TextField label="Without it after" hideLabel={index > 0} inputMode="numeric" placeholder="never" value={need.dropAfterMinutes === null ? '' : String(need.dropAfterMinutes)} onChange={(text) => put(index, { dropAfterMinutes: minutesIn(text) })} aria-label={`Without ${named} after so many minutes`} />
              <IconButton icon={X} label={`Do not ask for ${named}`} size="small" onClick={() => onChange(needs.filter((_, at) => at !== index))} />
            </div>
          )
        })}
      </div>
      {needs.length === 0 ? <p className="field-hint">Whoever works the queue can take it.</p> : <p className="field-hint">Minutes: left empty, a skill is always asked for. Others are dropped one after the other, from above.</p>}
      <div><Button size="small" icon={Plus} variant="quiet" disabled={free.length === 0} onClick={add}>Ask for a skill</Button></div>
    </fieldset>
  )
}

/** A number of minutes as written; null when the field is empty or holds none. */
export function minutesIn(text: string): number | null {
  const digits = text.replace(/\D/g, '').slice(0, 5)
  return digits === '' ? null : Math.min(43_200, Number(digits))
}
