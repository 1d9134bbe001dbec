import { Combobox, useNow } from '#web'
import { useState } from 'react'
import { placeTime, zones } from '../words.ts'

export interface ZoneFieldProps {
  label: string
  value: string | null
  onChange: (zone: string | null) => void
  hint?: string
  /** What no zone means; without it there has to be one. */
  empty?: string
}

/** A time zone with its clock of this moment, so that one sees whether it is the right one. */
export function ZoneField({ label, value, onChange, hint, empty }: ZoneFieldProps) {
  const [all] = useState(zones)
  const now = useNow()
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  const says = value ? `${placeTime(value, now, here).time} there now. ${hint ?? ''}` : hint
  return (
    <Combobox
      label={label} name="timeZone" value={value} onChange={onChange} clearable={empty !== undefined} placeholder={empty ?? 'Search, such as Dublin'} {...(says ? { hint: says } : {})}
      options={all.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
    />
  )
}
