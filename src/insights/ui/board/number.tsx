import { classes, Link } from '#web'

/** A number that opens what it counts; a nought opens nothing, and a reader who may not see cases has the number alone. */
export function Opens({ value, to, label, late, className }: { value: number; to: string | null; label: string; late?: boolean; className?: string }) {
  const looks = classes('insights-number figure', late && value > 0 && 'insights-late', value === 0 && 'insights-nought', className)
  if (value === 0 || to === null) return <span className={looks} aria-label={label}>{value.toLocaleString('en-GB')}</span>
  return <Link href={to} className={looks} aria-label={label}>{value.toLocaleString('en-GB')}</Link>
}
