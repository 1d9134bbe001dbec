import { useEffect, useRef, useState } from 'react'
import UPlot from 'uplot'
import './chart.css'
import { shown, type Valued } from '../words.ts'

export interface Series {
  name: string
  values: readonly (number | null)[]
  /** A colour's name in the tokens. */
  colour: 'accent' | 'soon' | 'ink-faint' | 'edge'
  look: 'line' | 'faint' | 'bars'
}

export interface ChartProps {
  measure: Valued
  label: string
  /** What stands below each place. */
  names: readonly string[]
  series: readonly Series[]
  /** A click at a place opens its cases. */
  onOpen?: (place: number) => void
}

const HEIGHT = 240

/** Values over the periods of a range, drawn on a canvas. Those who do not see it have the table below. */
export default function Chart({ measure, label, names, series, onOpen }: ChartProps) {
  const box = useRef<HTMLDivElement>(null)
  const open = useRef(onOpen)
  useEffect(() => { open.current = onOpen })
  const theme = useThemeChanges()
  useEffect(() => {
    const element = box.current
    if (!element) return
    const chart = new UPlot(optionsFor({ measure, names, series, width: element.clientWidth, element }), [names.map((_, index) => index), ...series.map(({ values }) => [...values])], element)
    const sized = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: HEIGHT }))
    sized.observe(element)
    const onClick = () => { if (typeof chart.cursor.idx === 'number') open.current?.(chart.cursor.idx) }
    chart.over.addEventListener('click', onClick)
    return () => { sized.disconnect(); chart.destroy() }
  }, [measure, names, series, theme])
  return <div ref={box} className="insights-chart" role="img" aria-label={label} />
}

/** A canvas does not follow the colours of the page by itself. */
function useThemeChanges(): number {
  const [count, add] = useState(0)
  useEffect(() => {
    const again = () => add((before) => before + 1)
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const watch = new MutationObserver(again)
    dark.addEventListener('change', again)
    watch.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    return () => { dark.removeEventListener('change', again); watch.disconnect() }
  }, [])
  return count
}

/** A token as the colour that it is here and now. */
function colourOf(element: HTMLElement, name: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(--${name})`
  element.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

interface Given { measure: Valued; names: readonly string[]; series: readonly Series[]; width: number; element: HTMLElement }

function optionsFor({ measure, names, series, width, element }: Given): UPlot.Options {
  const [ink, line] = [colourOf(element, 'ink-quiet'), colourOf(element, 'line')]
  const font = `11px ${getComputedStyle(element).fontFamily}`
  const value = (raw: number | null | undefined) => shown(measure, raw ?? null)
  const axis = { stroke: ink, font, grid: { stroke: line, width: 1 }, ticks: { show: false } }
  return {
    width, height: HEIGHT, padding: [12, 8, 0, 0], cursor: { drag: { x: false, y: false }, y: false, points: { size: 7 } }, legend: { live: true },
    scales: { x: { time: false, range: (_, min, max) => [min - 0.5, max + 0.5] }, y: { range: (_, __, max) => [0, max > 0 ? max * 1.06 : 1] } },
    axes: [
      { ...axis, size: 30, grid: { show: false }, incrs: [1, 2, 5, 7, 10, 14, 30], space: 64, values: (_, splits) => splits.map((split) => names[split] ?? '') },
      { ...axis, size: 74, values: (_, splits) => splits.map((split) => value(split)), ...(measure.kind === 'time' ? { incrs: TIME_STEPS } : measure.kind === 'share' ? {} : { incrs: WHOLE_STEPS }) },
    ],
    series: [{ label: 'When', value: (_, raw) => names[raw] ?? '' }, ...series.map((one): UPlot.Series => ({
      label: one.name, stroke: colourOf(element, one.colour), width: one.look === 'faint' ? 1.25 : 2, spanGaps: false, points: { show: one.look === 'line' && names.length <= 40, size: 5 }, value: (_, raw) => value(raw),
      ...(one.look === 'faint' ? { dash: [5, 4] } : {}), ...(one.look === 'bars' && UPlot.paths.bars ? { paths: UPlot.paths.bars({ size: [0.7, 40] }), fill: colourOf(element, one.colour), width: 0 } : {}),
    }))],
  }
}

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000]
const TIME_STEPS = [1_000, 5_000, 15_000, 30_000, MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 12 * HOUR, DAY, 2 * DAY, 4 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 56 * DAY]
const WHOLE_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000]
