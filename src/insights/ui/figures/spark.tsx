/** A series as a small picture from an honest zero; what has no value is a gap. */
export function Spark({ values, bars, label }: { values: readonly (number | null)[]; bars: boolean; label: string }) {
  const [width, height] = [160, 36]
  const top = Math.max(1e-9, ...values.map((value) => value ?? 0))
  const step = width / Math.max(1, values.length)
  const y = (value: number) => height - 1 - (value / top) * (height - 4)
  return (
    <svg className="insights-spark" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <line className="insights-grid" x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} vectorEffect="non-scaling-stroke" />
      {bars
        ? values.map((value, index) => (value ? <rect key={index} x={index * step + step * 0.12} width={step * 0.76} y={y(value)} height={height - 1 - y(value)} /> : null))
        : runs(values).map((run) => <polyline key={run[0]?.index} points={(run.length === 1 ? [run[0], run[0]] : run).map((point, index) => `${((point?.index ?? 0) + 0.5) * step + (run.length === 1 ? index * 2 - 1 : 0)},${y(point?.value ?? 0)}`).join(' ')} vectorEffect="non-scaling-stroke" />)}
    </svg>
  )
}

interface Point { index: number; value: number }

/** Stretches of values without a gap between them. */
export function runs(values: readonly (number | null)[]): Point[][] {
  const found: Point[][] = []
  values.forEach((value, index) => {
    if (value === null) return
    const last = found.at(-1)
    if (last && last.at(-1)?.index === index - 1) last.push({ index, value })
    else found.push([{ index, value }])
  })
  return found
}
