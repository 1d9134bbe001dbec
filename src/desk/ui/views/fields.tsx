import { Select, useMe, type SelectOption } from '#web'
import { sharings, viewColours, viewIcons, type ViewColour, type ViewIcon } from '../../views/model.ts'
import { useTeams } from '../data.ts'
import { ViewMark, colourNames, iconNames } from './mark.tsx'
import type { ViewForm } from './data.ts'

interface FieldsProps<F> {
  form: F
  change: (changes: Partial<ViewForm>) => void
}

/** The sign by which a view is known at a glance: its shape and its colour. */
export function MarkFields({ form, change }: FieldsProps<{ icon: ViewIcon; colour: ViewColour }>) {
  return (
    <div className="desk-view-marks">
      <Picks label="Sign" values={viewIcons} value={form.icon} name={(icon) => iconNames[icon]} draw={(icon) => <ViewMark icon={icon} colour={form.colour} />} onChange={(icon) => change({ icon })} />
      <Picks label="Colour" values={viewColours} value={form.colour} name={(colour) => colourNames[colour]} draw={(colour) => <ViewMark icon="dot" colour={colour} />} onChange={(colour) => change({ colour })} />
    </div>
  )
}

interface PicksProps<V extends string> {
  label: string
  values: readonly V[]
  value: V
  name: (value: V) => string
  draw: (value: V) => React.ReactNode
  onChange: (value: V) => void
}

function Picks<V extends string>({ label, values, value, name, draw, onChange }: PicksProps<V>) {
  return (
    <fieldset className="desk-picks">
      <legend>{label}</legend>
      {values.map((one) => (
        <label key={one} className="desk-pick" title={name(one)}>
          <input type="radio" className="unseen" name={label} checked={one === value} onChange={() => onChange(one)} />
          <span className="unseen">{name(one)}</span>{draw(one)}
        </label>
      ))}
    </fieldset>
  )
}

const sharingNames = { no: 'Only me', team: 'A team', all: 'Everybody' } as const

/** With whom a view is shared. Leads share with their own team and with all, administrators with every team. */
export function SharingFields({ form, change }: FieldsProps<{ shared: ViewForm['shared']; team: string | null }>) {
  const me = useMe()
  const teams = (useTeams().data ?? []).filter(({ id, archivedAt }) => archivedAt === null && (me.roles.includes('admin') || id === me.team?.id))
  if (!me.may('view.share')) return null
  const options: SelectOption<ViewForm['shared']>[] = sharings.map((value) => ({ value, label: sharingNames[value], disabled: value === 'team' && teams.length === 0 }))
  return (
    <div className="desk-pair">
      <Select label="Shared with" value={form.shared} options={options} onChange={(shared) => change({ shared, team: shared === 'team' ? form.team ?? me.team?.id ?? teams[0]?.id ?? null : null })} />
      {form.shared === 'team' ? <Select label="Team" value={form.team} options={teams.map(({ id, name }) => ({ value: id, label: name }))} onChange={(team) => change({ team })} /> : null}
    </div>
  )
}
