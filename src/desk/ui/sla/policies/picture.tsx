import { absolute, useReader } from '#web'
import type { Probed } from '../data.ts'
import { metricNames } from '../words.ts'

const [WIDTH, LEFT, ROW, TOP] = [320, 4, 26, 22]

/** Open hours as bands, from when the case is there; a line for each promise, with the warning and the end on it. */
export function ProbePicture({ probed }: { probed: Probed }) {
  const reader = useReader()
  const from = Math.min(Date.parse(probed.at), ...probed.open.slice(0, 1).map((open) => Date.parse(open.from)))
  const to = Date.parse(probed.until)
  const x = (at: string | number) => LEFT + (WIDTH - 2 * LEFT) * Math.min(1, Math.max(0, ((typeof at === 'string' ? Date.parse(at) : at) - from) / Math.max(1, to - from)))
  const height = TOP + Math.max(1, probed.targets.length) * ROW + 6
  const begins = x(probed.at)
  return (
    <svg className="sla-picture" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={wordsOf(probed, (at) => absolute(new Date(at), reader))}>
      {probed.open.map((open) => <rect key={open.from} x={x(open.from)} y={TOP - 4} width={Math.max(0.5, x(open.to) - x(open.from))} height={height - TOP + 4} className="sla-picture-open"><title>{`Open ${absolute(new Date(open.from), reader)} to ${absolute(new Date(open.to), reader)}`}</title></rect>)}
      {daysBetween(from, to, reader.zone).map(({ at, name }) => <g key={at}><line x1={x(at)} x2={x(at)} y1={12} y2={height} className="sla-picture-day" /><text x={x(at) + 3} y={10} className="sla-picture-text">{name}</text></g>)}
      {probed.targets.map(({ metric, dueAt, warnAt }, index) => {
        const y = TOP + index * ROW + ROW / 2 + 5
        const ends = dueAt ? x(dueAt) : WIDTH - LEFT
        return (
          <g key={metric}>
            <text x={begins + 2} y={y - 6} className="sla-picture-name">{metricNames[metric]}</text>
            <line x1={begins} x2={ends} y1={y} y2={y} className="sla-picture-line" />
            {warnAt ? <line x1={x(warnAt)} x2={ends} y1={y} y2={y} className="sla-picture-risk"><title>{`At risk from ${absolute(new Date(warnAt), reader)}`}</title></line> : null}
            {dueAt ? <path d={`M${ends - 4} ${y} l4 -4 l4 4 l-4 4 z`} className="sla-picture-due"><title>{`${metricNames[metric]} due ${absolute(new Date(dueAt), reader)}`}</title></path> : null}
          </g>
        )
      })}
      <line x1={begins} x2={begins} y1={TOP - 6} y2={height} className="sla-picture-begin" />
    </svg>
  )
}

const wordsOf = (probed: Probed, moment: (at: string) => string) =>
  [`From ${moment(probed.at)}`, ...probed.targets.map(({ metric, dueAt }) => `${metricNames[metric]} ${dueAt ? `due ${moment(dueAt)}` : 'never due'}`)].join('; ')

const HOUR_MS = 3_600_000
const LABELS_MAX = 7

/** Where days begin for the reader; for long stretches only some of them. */
function daysBetween(from: number, to: number, zone: string): { at: number; name: string }[] {
  const name = new Intl.DateTimeFormat(undefined, { timeZone: zone, weekday: 'short', day: 'numeric' })
  const found: { at: number; name: string }[] = []
  let last = name.format(from)
  for (let at = Math.ceil(from / HOUR_MS) * HOUR_MS; at < to; at += HOUR_MS) {
    const now = name.format(at)
    if (now !== last) found.push({ at, name: now })
    last = now
  }
  const step = Math.ceil(found.length / LABELS_MAX)
  return found.filter((_, index) => index % step === 0)
}
